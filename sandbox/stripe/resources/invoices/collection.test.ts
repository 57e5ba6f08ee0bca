import { afterEach, beforeEach, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { billedCustomer, countEvents, draftOver, intentOf, newEvents, openOver } from "../../testing/billing";
import { answerChallenge, customerWith, failure, standIn } from "../../testing/stand-in";

beforeEach(() => setClockForTests("2030-03-04T15:00:00Z"));
afterEach(() => setClockForTests(null));

test("a draft that advances is final and paid an hour later", async () => {
  const { stripe, advance } = await standIn();
  const customer = await billedCustomer(stripe);
  const draft = await draftOver(stripe, customer, 4_200, { auto_advance: true });
  expect(draft.automatically_finalizes_at).toBe(draft.created + 3_600);
  expect(draft.next_payment_attempt).toBe(draft.created + 3_600);
  await advance("59m");
  expect((await stripe.invoices.retrieve(draft.id)).status).toBe("draft");
  await advance("2m");
  expect(await stripe.invoices.retrieve(draft.id)).toMatchObject({
    status: "paid",
    attempt_count: 1,
    automatically_finalizes_at: null,
    next_payment_attempt: null,
    status_transitions: { finalized_at: draft.created + 3_600, paid_at: draft.created + 3_600 },
  });
  const [final] = (await stripe.events.list({ type: "invoice.finalized" })).data;
  expect(final?.data.object).toMatchObject({ attempt_count: 0, attempted: false });
  const [updated] = (await stripe.events.list({ type: "invoice.updated" })).data;
  expect(updated?.data).toMatchObject({
    object: { attempt_count: 1, attempted: true },
    previous_attributes: { attempt_count: 0, attempted: false },
  });
});

test("finalised by hand it is charged an hour later; without auto_advance never", async () => {
  const { stripe, advance } = await standIn();
  const customer = await billedCustomer(stripe);
  const waiting = await draftOver(stripe, customer, 4_200);
  const final = await stripe.invoices.finalizeInvoice(waiting.id, { auto_advance: true });
  expect(final.next_payment_attempt).toBe(final.created + 3_600);
  const left = await openOver(stripe, customer, 4_200);
  await advance("2h");
  expect((await stripe.invoices.retrieve(final.id)).status).toBe("paid");
  expect(await stripe.invoices.retrieve(left.id)).toMatchObject({ status: "open", attempted: false });
});

test("a declining card is tried again after 3, 5 and 7 days, and then no more", async () => {
  const { stripe, advance } = await standIn();
  const customer = await billedCustomer(stripe, "pm_card_chargeCustomerFail");
  const { id } = await draftOver(stripe, customer, 4_200, { auto_advance: true });
  const known = await countEvents(stripe);
  await advance("1h");
  const first = await stripe.invoices.retrieve(id);
  expect(first).toMatchObject({ status: "open", attempted: true, attempt_count: 1 });
  expect(first.next_payment_attempt).toBe((first.status_transitions.finalized_at ?? 0) + 3 * 86_400);
  expect(await newEvents(stripe, known)).toEqual([
    "payment_intent.created",
    "invoice.finalized",
    "charge.failed",
    "payment_intent.payment_failed",
    "invoice.updated",
    "invoice.payment_failed",
    "customer.updated",
  ]);
  expect(await stripe.customers.retrieve(customer)).toMatchObject({ delinquent: true });
  await advance("3d");
  expect(await stripe.invoices.retrieve(id)).toMatchObject({ attempt_count: 2 });
  // An attempt by hand changes neither the count nor the plan.
  const second = await stripe.invoices.retrieve(id);
  expect((await failure(stripe.invoices.pay(id))).code).toBe("card_declined");
  expect(await stripe.invoices.retrieve(id)).toMatchObject({
    attempt_count: 2,
    next_payment_attempt: second.next_payment_attempt,
  });
  await advance("12d");
  expect(await stripe.invoices.retrieve(id)).toMatchObject({
    attempt_count: 4,
    next_payment_attempt: null,
    status: "open",
  });
  await advance("30d");
  expect((await stripe.invoices.retrieve(id)).attempt_count).toBe(4);
});

test("a card that is refused for good is counted but not asked again; another one is", async () => {
  const { stripe, advance } = await standIn();
  const customer = await billedCustomer(stripe, "pm_card_riskLevelHighest");
  const { id } = await draftOver(stripe, customer, 4_200, { auto_advance: true });
  await advance("1h");
  await advance("3d");
  expect(await stripe.invoices.retrieve(id)).toMatchObject({ attempt_count: 2, status: "open" });
  expect((await stripe.charges.list({ customer })).data).toHaveLength(1);
  const method = await stripe.paymentMethods.attach("pm_card_visa", { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: method.id } });
  await advance("5d");
  expect(await stripe.invoices.retrieve(id)).toMatchObject({ attempt_count: 3, status: "paid" });
});

test("without any method every attempt fails; the retry takes the card that was saved meanwhile", async () => {
  const { stripe, advance } = await standIn();
  const { id: customer } = await stripe.customers.create({});
  const { id } = await draftOver(stripe, customer, 4_200, { auto_advance: true });
  await advance("1h");
  expect(await stripe.invoices.retrieve(id)).toMatchObject({ status: "open", attempt_count: 1 });
  expect((await failure(stripe.invoices.pay(id))).message).toContain("no attached payment source");
  const method = await stripe.paymentMethods.attach("pm_card_visa", { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: method.id } });
  await advance("3d");
  expect(await stripe.invoices.retrieve(id)).toMatchObject({ status: "paid", attempt_count: 2 });
  expect(await stripe.customers.retrieve(customer)).toMatchObject({ delinquent: false });
});

test("3-D Secure: the invoice waits for its customer, who pays it with the same intent", async () => {
  const standin = await standIn();
  const { stripe } = standin;
  const customer = await billedCustomer(stripe, "pm_card_authenticationRequired");
  const invoice = await openOver(stripe, customer, 4_200);
  const known = await countEvents(stripe);
  const error = await failure(stripe.invoices.pay(invoice.id));
  expect(error).toMatchObject({ code: "invoice_payment_intent_requires_action", statusCode: 402 });
  expect(await newEvents(stripe, known)).toEqual([
    "payment_intent.requires_action",
    "invoice.updated",
    "invoice.payment_action_required",
    "invoice.updated",
    "invoice.payment_failed",
  ]);
  const intent = await intentOf(stripe, invoice.id);
  expect(intent.status).toBe("requires_action");
  await answerChallenge(standin, intent, "success");
  expect((await stripe.invoices.retrieve(invoice.id)).status).toBe("paid");
});

test("a bank debit: open while it is processed, then paid; a returned one is tried again", async () => {
  const { stripe, advance } = await standIn();
  const good = await billedCustomer(stripe, "pm_usBankAccount_success");
  const bad = await billedCustomer(stripe, "pm_usBankAccount_insufficientFunds");
  const first = await draftOver(stripe, good, 4_200, { auto_advance: true });
  const second = await draftOver(stripe, bad, 4_200, { auto_advance: true });
  await advance("1h");
  for (const { id } of [first, second])
    expect(await stripe.invoices.retrieve(id)).toMatchObject({
      status: "open",
      attempted: true,
      next_payment_attempt: null,
    });
  expect((await intentOf(stripe, first.id)).status).toBe("processing");
  expect((await failure(stripe.invoices.pay(first.id))).statusCode).toBe(400);
  await advance("6d");
  expect((await stripe.invoices.retrieve(first.id)).status).toBe("paid");
  const failed = await stripe.invoices.retrieve(second.id);
  expect(failed).toMatchObject({ status: "open", attempt_count: 1 });
  expect(failed.next_payment_attempt).toBeGreaterThan(failed.created);
});

test("a refund leaves the invoice paid", async () => {
  const { stripe } = await standIn();
  const invoice = await openOver(stripe, await billedCustomer(stripe), 4_200);
  await stripe.invoices.pay(invoice.id);
  await stripe.refunds.create({ payment_intent: (await intentOf(stripe, invoice.id)).id });
  expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({ status: "paid", amount_paid: 4_200 });
});

test("sent by mail: due in days, reminded before, overdue after, payable by intent", async () => {
  const { stripe, advance } = await standIn();
  const { id: customer } = await stripe.customers.create({ email: "olivia@acme.test" });
  expect((await failure(stripe.invoices.create({ customer, collection_method: "send_invoice" }))).param).toBe(
    "days_until_due",
  );
  const draft = await draftOver(stripe, customer, 4_200, {
    collection_method: "send_invoice",
    days_until_due: 14,
    auto_advance: true,
  });
  expect(draft).toMatchObject({ due_date: draft.created + 14 * 86_400, next_payment_attempt: null });
  const known = await countEvents(stripe);
  await advance("1h");
  await advance("16d");
  expect(await newEvents(stripe, known)).toEqual([
    "payment_intent.created",
    "invoice.finalized",
    "invoice.sent",
    "invoice.will_be_due",
    "customer.updated",
    "invoice.overdue",
  ]);
  const saved = await customerWith(stripe, "pm_card_visa");
  expect((await failure(stripe.invoices.pay(draft.id, { payment_method: saved.payment_method }))).statusCode).toBe(400);
  const method = await stripe.paymentMethods.attach("pm_card_visa", { customer });
  const loose = await failure(stripe.invoices.pay(draft.id, { payment_method: "pm_card_visa" }));
  expect(loose).toMatchObject({ statusCode: 400, param: "payment_method" });
  expect((await stripe.invoices.pay(draft.id, { payment_method: method.id })).status).toBe("paid");
});
