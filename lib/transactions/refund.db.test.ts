import { and, asc, eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { systemDb } from "@/db/client";
import { ledgerEntries, rechargeRules, refunds, transactions } from "@/db/schema";
import { useTestDatabase } from "@/db/testing";
import { newId } from "@/lib/ids";
import { toMinor } from "@/lib/money/minor";
import type { Customer } from "@/sandbox/testing/customer";
import { useWorld } from "@/sandbox/testing/world";
import { refundTransaction } from "./refund";
import { resolveRefunds } from "./resolve-refunds";

useTestDatabase();
const world = useWorld();

/** A customer whose balance of −50.00 was filled to 600.00 by one charge of 668.85. */
async function recharged(card = "pm_card_visa"): Promise<{ customer: Customer; payment: string }> {
  const customer = await world.customer(-5_000);
  await customer.card(card);
  await customer.rule();
  await world.drain();
  const [row] = await listed(customer);
  if (row?.amount !== 66_885) throw new Error("the worked example did not happen");
  return { customer, payment: row.id };
}

const off = (customer: Customer) =>
  systemDb().update(rechargeRules).set({ enabled: false }).where(eq(rechargeRules.tenantId, customer.tenantId));

async function listed(customer: Customer) {
  return systemDb()
    .select({
      id: transactions.transactionId,
      number: transactions.number,
      type: transactions.type,
      status: transactions.status,
      amount: transactions.amountMinor,
      fee: transactions.feeMinor,
      net: transactions.netMinor,
      refunded: transactions.refundedMinor,
    })
    .from(transactions)
    .where(and(eq(transactions.tenantId, customer.tenantId), sql`${transactions.type} <> 'adjustment'`))
    .orderBy(asc(transactions.number));
}

async function balances(customer: Customer): Promise<Record<string, number>> {
  const rows = await systemDb()
    .select({ account: ledgerEntries.account, sum: sql<string>`sum(${ledgerEntries.amountMinor})` })
    .from(ledgerEntries)
    .where(eq(ledgerEntries.tenantId, customer.tenantId))
    .groupBy(ledgerEntries.account);
  const found = Object.fromEntries(rows.map((row) => [row.account, Number(row.sum)]));
  expect(Object.values(found).reduce((a, b) => a + b, 0)).toBe(0);
  return found;
}

const refund = (customer: Customer, payment: string, amountMinor: number | null, requestKey = newId()) =>
  refundTransaction(customer.scope, payment, {
    amountMinor: amountMinor === null ? null : toMinor(amountMinor),
    reason: "Customer request",
    requestKey,
  });

async function refundedAtStripe(customer: Customer): Promise<number> {
  const [intent] = await customer.paid();
  const made = await world.stripeSdk.refunds.list({ payment_intent: intent?.id ?? "", limit: 100 });
  return made.data
    .filter(({ status }) => status !== "failed" && status !== "canceled")
    .reduce((sum, { amount }) => sum + amount, 0);
}

test("the worked example is listed as one payment with its fee and net", async () => {
  const { customer } = await recharged();
  expect(await listed(customer)).toMatchObject([
    { type: "payment", status: "succeeded", amount: 66_885, fee: 1_885, net: 65_000, refunded: 0 },
  ]);
});

test("given back in parts, and then the rest: the fee goes back to the cent", async () => {
  const { customer, payment } = await recharged();
  await off(customer);
  expect(await refund(customer, payment, 10_000)).toMatchObject({
    state: "succeeded",
    principalMinor: 9_718,
    feeMinor: 282,
  });
  expect((await balances(customer)).prepaid).toBe(60_000 - 9_718);
  await customer.credit(5_000);
  expect(await refund(customer, payment, null)).toMatchObject({ amountMinor: 56_885, feeMinor: 1_603 });
  expect(await balances(customer)).toMatchObject({ prepaid: 0, stripe: 0, fee_revenue: 0 });
  expect(await refundedAtStripe(customer)).toBe(66_885);
  await world.drain();
  expect((await listed(customer)).map(({ type, status, amount, fee }) => [type, status, amount, fee])).toEqual([
    ["payment", "succeeded", 66_885, 1_885],
    ["refund", "succeeded", -10_000, -282],
    ["refund", "succeeded", -56_885, -1_603],
  ]);
  await expect(refund(customer, payment, null)).rejects.toMatchObject({ code: "not_refundable" });
});

test("what is spent stays spent: at most the unused balance goes back", async () => {
  const { customer, payment } = await recharged();
  await off(customer);
  await customer.spend(50_000);
  await expect(refund(customer, payment, 20_000)).rejects.toThrow("amount: must be at most 102.90");
  expect(await refund(customer, payment, null)).toMatchObject({ amountMinor: 10_290, principalMinor: 10_000 });
  expect((await balances(customer)).prepaid).toBe(0);
});

test("a refund that the rule would charge again at once is refused with the way out", async () => {
  const { customer, payment } = await recharged();
  await expect(refund(customer, payment, 50_000)).rejects.toMatchObject({ code: "recharge_would_follow" });
  expect(await refund(customer, payment, 10_000)).toMatchObject({ state: "succeeded" });
  await world.sweep();
  expect(await customer.paid()).toHaveLength(1);
});

test("the same request is one refund, and many at once never give back more than there is", async () => {
  const { customer, payment } = await recharged();
  await off(customer);
  const key = newId();
  const same = await Promise.all(Array.from({ length: 5 }, () => refund(customer, payment, 1_000, key)));
  expect(new Set(same.map(({ refundId }) => refundId)).size).toBe(1);
  const many = await Promise.allSettled(Array.from({ length: 20 }, () => refund(customer, payment, 10_000)));
  expect(many.filter(({ status }) => status === "fulfilled")).toHaveLength(6);
  expect(await refundedAtStripe(customer)).toBe(61_000);
  await world.drain();
  expect((await balances(customer)).stripe).toBe(-66_885 + 61_000);
});

test.each(["reset_after", "reset_before"])(
  "%s: nobody knows whether it happened, so Stripe is asked, and it happens once",
  async (fault) => {
    const { customer, payment } = await recharged();
    await off(customer);
    // Every try of the client's own meets it.
    await world.fault({
      match: { method: "POST", path: "/v1/refunds" },
      do: fault,
      times: 3,
    });
    const first = await refund(customer, payment, 10_000);
    await world.clearFaults();
    expect(["unknown", "succeeded"]).toContain(first.state);
    expect((await balances(customer)).prepaid).toBe(60_000 - 9_718);
    await world.pass(10);
    await resolveRefunds(100);
    await world.drain();
    expect(await refundedAtStripe(customer)).toBe(10_000);
    const [row] = await systemDb().select().from(refunds).where(eq(refunds.tenantId, customer.tenantId));
    expect(row).toMatchObject({ state: "succeeded" });
    expect((await balances(customer)).prepaid).toBe(60_000 - 9_718);
  },
);

test("a server error that Stripe stored under the key: what it does not list was not made, and comes back to the balance", async () => {
  const { customer, payment } = await recharged();
  await off(customer);
  await world.fault({ match: { method: "POST", path: "/v1/refunds" }, do: "status", status: 500, times: 1 });
  expect(await refund(customer, payment, 10_000)).toMatchObject({ state: "unknown" });
  expect((await balances(customer)).prepaid).toBe(60_000 - 9_718);
  await world.pass(10);
  await resolveRefunds(100);
  expect(await refundedAtStripe(customer)).toBe(0);
  expect((await balances(customer)).prepaid).toBe(60_000);
  expect(await refund(customer, payment, 10_000)).toMatchObject({ state: "succeeded" });
  expect(await refundedAtStripe(customer)).toBe(10_000);
});

test("a refund that the bank sends back later is taken back to the balance, and told", async () => {
  const { customer, payment } = await recharged("pm_card_refundFail");
  await off(customer);
  await refund(customer, payment, 20_000);
  await world.pass(30);
  expect((await listed(customer)).map(({ type, status, refunded }) => [type, status, refunded])).toEqual([
    ["payment", "succeeded", 0],
    ["refund", "failed", 0],
  ]);
  expect(await balances(customer)).toMatchObject({ prepaid: 60_000, fee_revenue: 1_885, stripe: -66_885 });
  expect(await customer.notices()).toContain("refund_failed");
});

test("a refund made in Stripe's dashboard reaches the ledger once, and is not charged again", async () => {
  const { customer } = await recharged();
  const [intent] = await customer.paid();
  await world.stripeSdk.refunds.create({ payment_intent: intent?.id ?? "", amount: 60_000 });
  await world.drain();
  await world.sweep();
  expect(await listed(customer)).toMatchObject([
    { type: "payment", refunded: 60_000 },
    { type: "refund", status: "succeeded", amount: -60_000, fee: -1_691 },
  ]);
  expect((await balances(customer)).prepaid).toBe(60_000 - 58_309);
  expect(await customer.paid()).toHaveLength(1);
});
