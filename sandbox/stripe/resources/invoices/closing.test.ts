import { afterEach, beforeEach, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { billedCustomer, countEvents, draftOver, intentOf, newEvents, openOver } from "../../testing/billing";
import { chargeOffSession, customerWith, failure, standIn } from "../../testing/stand-in";

beforeEach(() => setClockForTests("2030-03-04T15:00:00Z"));
afterEach(() => setClockForTests(null));

test("voided: the intent is cancelled and the balance that was used is back", async () => {
  const { stripe } = await standIn();
  const customer = await billedCustomer(stripe);
  await stripe.customers.createBalanceTransaction(customer, { amount: -1_000, currency: "usd" });
  const invoice = await openOver(stripe, customer, 4_200);
  expect(invoice).toMatchObject({ starting_balance: -1_000, ending_balance: 0, amount_due: 3_200, total: 4_200 });
  const known = await countEvents(stripe);
  const voided = await stripe.invoices.voidInvoice(invoice.id);
  expect(voided).toMatchObject({
    status: "void",
    auto_advance: false,
    status_transitions: { voided_at: voided.created },
  });
  expect(await intentOf(stripe, invoice.id)).toMatchObject({ status: "canceled", cancellation_reason: "void_invoice" });
  expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: -1_000 });
  expect(await newEvents(stripe, known)).toEqual([
    "payment_intent.canceled",
    "invoice.updated",
    "invoice.voided",
    "customer.updated",
  ]);
  expect((await failure(stripe.invoices.voidInvoice(invoice.id))).statusCode).toBe(400);
  expect((await failure(stripe.invoices.pay(invoice.id))).statusCode).toBe(400);
});

test("given up as uncollectible, and paid after all", async () => {
  const { stripe } = await standIn();
  const customer = await billedCustomer(stripe);
  const invoice = await openOver(stripe, customer, 4_200);
  expect(await stripe.invoices.markUncollectible(invoice.id)).toMatchObject({
    status: "uncollectible",
    status_details: { uncollectible: { reason: "user_forgiven" } },
  });
  expect((await stripe.invoices.pay(invoice.id)).status).toBe("paid");
});

test("paid out of band: no charge is made", async () => {
  const { stripe } = await standIn();
  const invoice = await openOver(stripe, await billedCustomer(stripe), 4_200);
  expect(await stripe.invoices.pay(invoice.id, { paid_out_of_band: true })).toMatchObject({
    status: "paid",
    amount_paid: 4_200,
    amount_paid_off_stripe: 4_200,
    amount_remaining: 0,
  });
  expect((await intentOf(stripe, invoice.id)).status).toBe("canceled");
  expect((await stripe.charges.list()).data).toEqual([]);
});

test("payments made elsewhere are attached: in part, in full, too much", async () => {
  const { stripe } = await standIn();
  const saved = await customerWith(stripe, "pm_card_visa");
  const invoice = await openOver(stripe, saved.customer, 4_000);
  const part = await chargeOffSession(stripe, saved, 1_500);
  expect(await stripe.invoices.attachPayment(invoice.id, { payment_intent: part.id })).toMatchObject({
    status: "open",
    amount_paid: 1_500,
    amount_remaining: 2_500,
  });
  const rest = await chargeOffSession(stripe, saved, 3_000);
  const known = await countEvents(stripe);
  expect(await stripe.invoices.attachPayment(invoice.id, { payment_intent: rest.id })).toMatchObject({
    status: "paid",
    amount_paid: 4_500,
    amount_remaining: 0,
    amount_overpaid: 500,
  });
  expect(await newEvents(stripe, known)).toEqual([
    "invoice.updated",
    "invoice.paid",
    "invoice.payment_succeeded",
    "invoice_payment.paid",
    "customer.updated",
    "invoice.overpaid",
    "payment_intent.canceled",
  ]);
  expect(await stripe.customers.retrieve(saved.customer)).toMatchObject({ balance: -500 });
  const payments = await stripe.invoicePayments.list({ invoice: invoice.id });
  expect(payments.data.map(({ status, is_default }) => [status, is_default])).toEqual([
    ["paid", false],
    ["paid", false],
    ["canceled", true],
  ]);
});

test("a credit pays, a debt is added, and what is too little waits for the next invoice", async () => {
  const { stripe } = await standIn();
  const customer = await billedCustomer(stripe);
  const balance = async () => stripe.customers.retrieve(customer).then((found) => "balance" in found && found.balance);
  const minus = await openOver(stripe, customer, -3_000);
  expect(minus).toMatchObject({ status: "paid", total: -3_000, amount_due: 0, ending_balance: -3_000 });
  const covered = await openOver(stripe, customer, 2_980);
  expect(covered).toMatchObject({ status: "paid", amount_due: 0, amount_paid: 0, ending_balance: -20 });
  const tooLittle = await openOver(stripe, customer, 60);
  expect(tooLittle).toMatchObject({ status: "paid", total: 60, amount_due: 0, ending_balance: 40 });
  const next = await openOver(stripe, customer, 1_000);
  expect(next).toMatchObject({ status: "open", starting_balance: 40, amount_due: 1_040, ending_balance: 0 });
  expect(await balance()).toBe(0);
  const types = (await stripe.customers.listBalanceTransactions(customer)).data.map(({ type }) => type);
  expect(types.reverse()).toEqual([
    "applied_to_invoice",
    "applied_to_invoice",
    "applied_to_invoice",
    "invoice_too_small",
    "applied_to_invoice",
  ]);
});

test("what is less than the steps of a currency waits for the next invoice", async () => {
  const { stripe } = await standIn();
  const customer = await billedCustomer(stripe);
  const first = await openOver(stripe, customer, 13_074, { currency: "kwd" });
  expect(first).toMatchObject({ status: "open", total: 13_074, amount_due: 13_070, ending_balance: 4 });
  expect(await stripe.invoices.pay(first.id)).toMatchObject({ status: "paid", amount_paid: 13_070 });
  const second = await openOver(stripe, customer, 8_998, { currency: "kwd" });
  expect(second).toMatchObject({ starting_balance: 4, total: 8_998, amount_due: 9_000, ending_balance: 2 });
});

test("a revision corrects an open invoice and voids it when it is final", async () => {
  const { stripe } = await standIn();
  const customer = await billedCustomer(stripe);
  const original = await openOver(stripe, customer, 4_200, { description: "March" });
  const revision = await stripe.invoices.create({
    customer,
    from_invoice: { action: "revision", invoice: original.id },
  });
  expect(revision).toMatchObject({ status: "draft", total: 4_200, description: "March" });
  await stripe.invoices.addLines(revision.id, { lines: [{ amount: -200, description: "Discount" }] });
  const final = await stripe.invoices.finalizeInvoice(revision.id);
  expect(final.total).toBe(4_000);
  expect(await stripe.invoices.retrieve(original.id)).toMatchObject({ status: "void", latest_revision: final.id });
});

test("a deleted draft lets go of what it had pulled in, not of its own items", async () => {
  const { stripe } = await standIn();
  const { id: customer } = await stripe.customers.create({});
  const waiting = await stripe.invoiceItems.create({ customer, amount: 500, currency: "usd" });
  const draft = await draftOver(stripe, customer, 4_200, { pending_invoice_items_behavior: "include" });
  expect(draft.total).toBe(4_700);
  expect(await stripe.invoices.del(draft.id)).toEqual({ id: draft.id, object: "invoice", deleted: true });
  expect((await failure(stripe.invoices.retrieve(draft.id))).code).toBe("resource_missing");
  expect((await stripe.invoiceItems.list({ customer })).data).toMatchObject([{ id: waiting.id, invoice: null }]);
  const open = await openOver(stripe, customer, 4_200);
  expect((await failure(stripe.invoices.del(open.id))).code).toBe("invoice_not_editable");
});
