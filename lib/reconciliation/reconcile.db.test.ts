import { eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { systemDb } from "@/db/client";
import { ledgerTransactions, rechargeRules, reconciliationDifferences, refunds, transactions } from "@/db/schema";
import { useTestDatabase } from "@/db/testing";
import { now, setClockForTests } from "@/lib/clock";
import { newId, type PaymentIntentId, type TransactionId, type UserId } from "@/lib/ids";
import { postNow } from "@/lib/ledger/post";
import { toCurrency } from "@/lib/money/currency";
import { toMinor } from "@/lib/money/minor";
import { ensureCustomer } from "@/lib/payment-methods/commands";
import { evaluateTenant } from "@/lib/recharge/evaluate";
import { recordTransaction } from "@/lib/transactions/record";
import { refundTransaction } from "@/lib/transactions/refund";
import type { Customer } from "@/sandbox/testing/customer";
import { openInvoice, pay } from "@/sandbox/testing/invoiced";
import { useWorld } from "@/sandbox/testing/world";
import { listSigned, monthReport, signOff } from "./months";
import { explain, listOpen } from "./queries";
import { reconcile } from "./run";

useTestDatabase();
const world = useWorld();
const USD = toCurrency("USD");

/** A customer whose balance of −50.00 was filled to 600.00 by one charge of 668.85. */
async function recharged(card = "pm_card_visa") {
  const customer = await world.customer(-5_000);
  await customer.card(card);
  await customer.rule();
  await world.drain();
  await systemDb().update(rechargeRules).set({ enabled: false }).where(eq(rechargeRules.tenantId, customer.tenantId));
  const listed = await systemDb().select().from(transactions).where(eq(transactions.tenantId, customer.tenantId));
  const paid = listed.find((row) => row.type === "payment");
  if (!paid?.stripePaymentIntentId) throw new Error("nothing was charged");
  return { customer, paid, intentId: paid.stripePaymentIntentId };
}

/** A payment made at Stripe past us. */
async function paidPastUs(
  customer: Customer | null,
  more: { currency?: string; metadata?: Record<string, string> } = {},
) {
  const stripeCustomer = customer
    ? await ensureCustomer(customer.tenantId)
    : (await world.stripeSdk.customers.create({ name: "Somebody else" })).id;
  const intent = await world.stripeSdk.paymentIntents.create({
    amount: 10_000,
    currency: "usd",
    customer: stripeCustomer,
    payment_method: "pm_card_visa",
    confirm: true,
    automatic_payment_methods: { enabled: true, allow_redirects: "never" },
    ...more,
  });
  return intent.id as PaymentIntentId;
}

async function credit(
  { tenantId }: Customer,
  paymentId: string,
  { amount = 10_000, fee = 0, kind = "recharge" as "recharge" | "invoice_payment", isListed = true } = {},
) {
  const account = kind === "recharge" ? ("prepaid" as const) : ("invoice_revenue" as const);
  const legs = [
    { account: "stripe" as const, amountMinor: toMinor(-amount) },
    { account, amountMinor: toMinor(amount - fee) },
    { account: "fee_revenue" as const, amountMinor: toMinor(fee) },
  ].filter((leg) => leg.amountMinor !== 0);
  await postNow(tenantId, USD, [{ kind, sourceId: paymentId, legs }], { enforceFloor: false });
  if (!isListed) return;
  await systemDb().transaction((tx) =>
    recordTransaction(tx, {
      tenantId,
      type: "payment",
      status: "succeeded",
      currency: USD,
      amountMinor: toMinor(amount),
      feeMinor: toMinor(fee),
      description: "by hand",
      sourceKind: "recharge",
      sourceId: paymentId,
      stripePaymentIntentId: paymentId as PaymentIntentId,
    }),
  );
}

/** What happens meanwhile at Stripe is told us, and forgotten. */
async function unheard<T>(work: () => Promise<T>): Promise<T> {
  const result = await work();
  // Disputes come after a while.
  setClockForTests(new Date(now().getTime() + 120_000));
  await fetch(`${world.stripe.url}/_sandbox/run-due`, { method: "POST" });
  world.loseEvents();
  return result;
}

/** A while passes, in which everything is told. */
async function heard(): Promise<void> {
  setClockForTests(new Date(now().getTime() + 120_000));
  await world.drain();
}

async function disputeOf(intentId: string): Promise<string> {
  const [dispute] = (await world.stripeSdk.disputes.list({ payment_intent: intentId })).data;
  if (!dispute) throw new Error("there is no dispute");
  return dispute.id;
}

const TOP_UP = { evenkeel_purpose: "recharge" };
const expected = new Map<string, string>();
const expectIt = (subjectId: string | null | undefined, what: string) => expected.set(String(subjectId), what);

/** One customer for each kind of drift, and three to whom nothing happened that was not noticed. */
beforeAll(async () => {
  const lost = await world.customer(-5_000);
  await lost.card("pm_card_visa");
  await world.fault({ match: { method: "POST", path: "/v1/payment_intents" }, do: "reset_after", times: 3 });
  await unheard(async () => {
    await lost.rule();
    await evaluateTenant(lost.tenantId, "rule_saved");
  });
  await world.clearFaults();
  expectIt((await lost.paid())[0]?.id, "paid_not_credited");

  const invoiced = await world.customer(0);
  await invoiced.card("pm_card_visa");
  await openInvoice(world, invoiced);
  await unheard(async () => {
    const customer = await ensureCustomer(invoiced.tenantId);
    const [open] = (await world.stripeSdk.invoices.list({ customer })).data;
    const [method] = (await world.stripeSdk.customers.listPaymentMethods(customer)).data;
    await world.stripeSdk.invoices.pay(open?.id ?? "", { payment_method: method?.id });
  });
  expectIt((await invoiced.paid())[0]?.id, "paid_not_credited");

  const odd = await world.customer(0);
  await unheard(async () => {
    await credit(odd, "pi_nowhere");
    expectIt("pi_nowhere", "credited_not_paid");
    const amount = await paidPastUs(odd, { metadata: TOP_UP });
    await credit(odd, amount, { amount: 9_000 });
    expectIt(amount, "amount_differs");
    const currency = await paidPastUs(odd, { metadata: TOP_UP, currency: "eur" });
    await credit(odd, currency);
    expectIt(currency, "currency_differs");
    const fee = await paidPastUs(odd, { metadata: { ...TOP_UP, evenkeel_fee_minor: "290" } });
    await credit(odd, fee, { fee: 100 });
    expectIt(fee, "fee_differs");
    const twice = await paidPastUs(odd, { metadata: TOP_UP });
    await credit(odd, twice);
    await credit(odd, twice, { kind: "invoice_payment", isListed: false });
    expectIt(twice, "duplicate_credit");
    const unlisted = await paidPastUs(odd, { metadata: TOP_UP });
    await credit(odd, unlisted, { isListed: false });
    expectIt(unlisted, "list_differs");
    expectIt(await paidPastUs(odd), "purpose_unknown");
    expectIt(await paidPastUs(null), "customer_unknown");
  });

  const refunded = await recharged();
  await unheard(async () => {
    const made = await world.stripeSdk.refunds.create({ payment_intent: refunded.intentId, amount: 10_000 });
    expectIt(made.id, "refund_missing");
  });

  const given = await recharged();
  const input = { amountMinor: toMinor(5_000), reason: null, requestKey: newId() };
  const refund = await refundTransaction(given.customer.scope, given.paid.transactionId, input);
  await world.drain();
  await systemDb()
    .update(refunds)
    .set({ amountMinor: toMinor(refund.amountMinor + 100), principalMinor: toMinor(refund.principalMinor + 100) })
    .where(eq(refunds.refundId, refund.refundId));
  expectIt(refund.stripeRefundId, "refund_differs");
  await systemDb()
    .insert(refunds)
    .values({ ...refund, refundId: newId(), requestKey: null, stripeRefundId: "re_nowhere" });
  expectIt("re_nowhere", "refund_unknown_at_stripe");

  const disputed = await unheard(async () => {
    const intent = await world.stripeSdk.paymentIntents.create({
      amount: 2_000,
      currency: "usd",
      customer: await ensureCustomer(odd.tenantId),
      payment_method: "pm_card_createDispute",
      confirm: true,
      metadata: TOP_UP,
      automatic_payment_methods: { enabled: true, allow_redirects: "never" },
    });
    await credit(odd, intent.id, { amount: 2_000 });
    return intent.id;
  });
  expectIt(await disputeOf(disputed), "dispute_missing");

  const lostDispute = await recharged("pm_card_createDispute");
  await heard();
  const dispute = await disputeOf(lostDispute.intentId);
  await unheard(() => world.stripeSdk.disputes.close(dispute));
  expectIt(dispute, "dispute_differs");

  await systemDb()
    .insert(transactions)
    .values({
      ...given.paid,
      transactionId: newId<TransactionId>(),
      number: "TX-900001",
      sourceId: newId(),
      stripePaymentIntentId: null,
      status: "pending",
      processedAt: null,
      createdAt: new Date("2026-10-01T00:00:00Z"),
    });
  const [waiting] = await systemDb().select().from(transactions).where(eq(transactions.number, "TX-900001"));
  expectIt(waiting?.transactionId, "pending_too_long");

  // Nothing to be found: a top-up, one given back in part, a dispute that everybody knows of, an invoice paid as it should be.
  await recharged();
  const part = await recharged();
  await refundTransaction(part.customer.scope, part.paid.transactionId, { ...input, requestKey: newId() });
  const known = await recharged("pm_card_createDispute");
  await heard();
  await disputeOf(known.intentId);
  const regular = await world.customer(0);
  await regular.card("pm_card_visa");
  await pay(regular, await openInvoice(world, regular));
  await world.drain();
  setClockForTests(new Date(now().getTime() + 30 * 60_000));
}, 120_000);

const stored = async () => systemDb().select().from(reconciliationDifferences);

test("every kind of drift is found, none is invented, what is safe is repaired, and nothing twice", async () => {
  const credits = () => systemDb().$count(ledgerTransactions);
  const before = await credits();
  const run = await reconcile("nightly", "job");
  expect(run?.error).toBeNull();
  const rows = await stored();
  expect(Object.fromEntries(rows.map((row) => [row.subjectId, row.class]))).toEqual(Object.fromEntries(expected));
  expect(new Set(rows.map((row) => row.class)).size).toBe(15);
  const repaired = rows.filter((row) => row.state === "repaired").map((row) => row.class);
  expect(repaired.sort()).toEqual(["paid_not_credited", "paid_not_credited", "refund_missing"]);
  expect(run).toMatchObject({ state: "done", found: expected.size, foundNew: expected.size, repaired: 3 });
  expect(await credits()).toBe(before + 3);

  expect(await reconcile("nightly", "job")).toBeNull();
  const again = await reconcile("manual", "opal");
  expect(again).toMatchObject({ state: "done", found: expected.size - 3, foundNew: 0, repaired: 0 });
  expect(await credits()).toBe(before + 3);
  expect(await stored()).toHaveLength(expected.size);
});

const month = (readiness: string) => ({ month: "2026-11", readiness });

test("a difference that an operator has explained stays so, until its amounts change", async () => {
  const [open] = (await listOpen()).filter((row) => row.class === "customer_unknown");
  await explain(open?.differenceId ?? "", "opal", "A payment of our other shop");
  await reconcile("manual", "opal");
  expect((await listOpen()).map((row) => row.class)).not.toContain("customer_unknown");
  await expect(explain(open?.differenceId ?? "", "opal", "twice")).rejects.toMatchObject({ code: "not_found" });
  await systemDb()
    .update(reconciliationDifferences)
    .set({ stripeMinor: toMinor(1) });
  await reconcile("manual", "opal");
  expect((await listOpen()).map((row) => row.class)).toContain("customer_unknown");
});

test("what is not so any more is closed", async () => {
  const [waiting] = (await listOpen()).filter((row) => row.class === "pending_too_long");
  await systemDb().update(transactions).set({ status: "failed" }).where(eq(transactions.number, "TX-900001"));
  await reconcile("manual", "opal");
  const rows = await stored();
  expect(rows.find((row) => row.differenceId === waiting?.differenceId)).toMatchObject({ state: "gone" });
});

test("a month is signed off once it is over, compared and explained, and its figures stay", async () => {
  const operator = { userId: newId<UserId>(), name: "Opal" };
  expect(await monthReport("2026-11")).toMatchObject(month("running"));
  setClockForTests("2026-12-01T02:00:00Z");
  expect(await monthReport("2026-11")).toMatchObject(month("not_compared"));
  await reconcile("nightly", "job");
  expect(await monthReport("2026-11")).toMatchObject(month("open"));
  await expect(signOff("2026-11", operator, null)).rejects.toMatchObject({ code: "invalid_request" });
  for (const row of await listOpen()) await explain(row.differenceId, "opal", "seeded");
  const signed = await signOff("2026-11", operator, "All of it was seeded");
  const charged = await world.stripeSdk.charges.list({ limit: 100 });
  const gross = charged.data.filter((one) => one.currency === "usd" && one.status === "succeeded");
  expect(signed.figures.USD?.stripe.charge).toBe(gross.reduce((sum, one) => sum + one.amount, 0));
  const moved = Object.values(signed.figures.USD?.ledger ?? {});
  expect(moved.reduce((sum, one) => sum + one, 0)).toBe(0);
  expect(signed.differences["paid_not_credited:repaired"]).toBe(2);
  await expect(signOff("2026-11", operator, null)).rejects.toMatchObject({ code: "invalid_request" });
  expect(await listSigned()).toEqual([signed]);
});

test("when Stripe does not answer, nothing is known, and the day's run is made later", async () => {
  setClockForTests("2026-12-02T02:00:00Z");
  await world.fault({ match: { method: "GET", path: "/v1/charges" }, do: "status", status: 500, times: 9 });
  await expect(reconcile("nightly", "job")).rejects.toThrow();
  await world.clearFaults();
  expect(await reconcile("nightly", "job")).toMatchObject({ state: "done", error: null });
  expect(await reconcile("nightly", "job")).toBeNull();
});
