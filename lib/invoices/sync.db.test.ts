import { asc, eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { systemDb } from "@/db/client";
import { dunningCases, dunningSteps, invoices, ledgerEntries, transactions } from "@/db/schema";
import { useTestDatabase } from "@/db/testing";
import { setClockForTests } from "@/lib/clock";
import { newId } from "@/lib/ids";
import { cancelSubscription } from "@/lib/subscriptions/cancel";
import { liveSubscription } from "@/lib/subscriptions/queries";
import type { Customer } from "@/sandbox/testing/customer";
import { useWorld } from "@/sandbox/testing/world";
import { syncInvoice } from "./sync";

useTestDatabase();
const world = useWorld();

async function subscriber(): Promise<{ acme: Customer; stripeSubscriptionId: string }> {
  setClockForTests("2027-02-10T12:00:00Z");
  const acme = await world.customer();
  const paymentMethodId = await acme.card("pm_card_visa");
  const bought = await acme.subscribe({ paymentMethodId });
  await world.drain();
  return { acme, stripeSubscriptionId: String(bought.stripeSubscriptionId) };
}

const invoicesOf = (acme: Customer) =>
  systemDb()
    .select({
      number: invoices.number,
      status: invoices.status,
      reason: invoices.reason,
      total: invoices.totalMinor,
      stripeInvoiceId: invoices.stripeInvoiceId,
    })
    .from(invoices)
    .where(eq(invoices.tenantId, acme.tenantId))
    .orderBy(asc(invoices.createdAt));

const paymentsOf = (acme: Customer) =>
  systemDb()
    .select({ type: transactions.type, status: transactions.status, amount: transactions.amountMinor })
    .from(transactions)
    .where(sql`${transactions.tenantId} = ${acme.tenantId} and ${transactions.type} <> 'adjustment'`)
    .orderBy(asc(transactions.number));

async function revenueOf(acme: Customer): Promise<number> {
  const [row] = await systemDb()
    .select({ sum: sql<string>`coalesce(sum(${ledgerEntries.amountMinor}), 0)` })
    .from(ledgerEntries)
    .where(sql`${ledgerEntries.tenantId} = ${acme.tenantId} and ${ledgerEntries.account} = 'invoice_revenue'`);
  return Number(row?.sum);
}

const pass = (days: number) => world.pass(days * 1_440, 360);

test("each period has one invoice with the next number, in the ledger and in the list once", async () => {
  const { acme } = await subscriber();
  await pass(29);
  expect(await invoicesOf(acme)).toMatchObject([
    { number: "INV-000001", status: "paid", reason: "subscription_create", total: 2_900 },
    { number: "INV-000002", status: "paid", reason: "subscription_cycle", total: 2_900 },
  ]);
  expect(await revenueOf(acme)).toBe(5_800);
  expect(await paymentsOf(acme)).toEqual([
    { type: "payment", status: "succeeded", amount: 2_900 },
    { type: "payment", status: "succeeded", amount: 2_900 },
  ]);
  // Told again, in any order and at once, it stays so.
  const [first, second] = (await invoicesOf(acme)).map(({ stripeInvoiceId }) => String(stripeInvoiceId));
  await Promise.all([second, first, second, first].map((id) => syncInvoice(String(id))));
  expect(await revenueOf(acme)).toBe(5_800);
  expect(await paymentsOf(acme)).toHaveLength(2);
});

test("an invoice names the period that it pays for", async () => {
  const { acme } = await subscriber();
  await pass(29);
  const rows = await systemDb()
    .select({ start: invoices.periodStart, end: invoices.periodEnd })
    .from(invoices)
    .where(eq(invoices.tenantId, acme.tenantId))
    .orderBy(asc(invoices.createdAt));
  const day = (at: Date | null) => at?.toISOString().slice(0, 10);
  expect(rows.map(({ start, end }) => [day(start), day(end)])).toEqual([
    ["2027-02-10", "2027-03-10"],
    ["2027-03-10", "2027-04-10"],
  ]);
});

test("a renewal that is declined starts one timetable, and access stays", async () => {
  const { acme, stripeSubscriptionId } = await subscriber();
  const bad = await acme.card("pm_card_chargeCustomerFail");
  await world.stripeSdk.subscriptions.update(stripeSubscriptionId, { default_payment_method: bad });
  await pass(29);
  expect(await liveSubscription(acme.scope)).toMatchObject({ plan: "starter", status: "past_due" });
  expect((await invoicesOf(acme)).map(({ status }) => status)).toEqual(["paid", "open"]);
  expect(await paymentsOf(acme)).toMatchObject([{ status: "succeeded" }, { status: "failed", amount: 2_900 }]);
  const [dunning] = await systemDb().select().from(dunningCases).where(eq(dunningCases.tenantId, acme.tenantId));
  expect(dunning).toMatchObject({ state: "active", strategy: "fixed", timeZone: "America/New_York" });
  const steps = await systemDb()
    .select({ kind: dunningSteps.kind })
    .from(dunningSteps)
    .where(eq(dunningSteps.tenantId, acme.tenantId))
    .orderBy(asc(dunningSteps.position));
  expect(steps.map(({ kind }) => kind)).toEqual(["attempt", "grace_warning", "attempt", "end"]);
  expect(await acme.notices()).toContain("invoice_failed");
  // Paid by another card, it has recovered.
  const good = await acme.card("pm_card_mastercard");
  const open = (await invoicesOf(acme)).at(-1);
  await world.stripeSdk.invoices.pay(String(open?.stripeInvoiceId), { payment_method: good });
  await world.drain();
  const [after] = await systemDb().select().from(dunningCases).where(eq(dunningCases.tenantId, acme.tenantId));
  expect(after).toMatchObject({ state: "recovered" });
  expect(await acme.notices()).toContain("dunning_recovered");
  expect(await revenueOf(acme)).toBe(5_800);
  expect(await paymentsOf(acme)).toMatchObject([{ status: "succeeded" }, { status: "succeeded" }]);
});

test("a bank debit counts when it has arrived", async () => {
  const { acme, stripeSubscriptionId } = await subscriber();
  await acme.bank("pm_usBankAccount_success");
  const methods = await world.stripeSdk.paymentMethods.list({
    customer: String((await acme.paid())[0]?.customer),
    type: "us_bank_account",
  });
  await world.stripeSdk.subscriptions.update(stripeSubscriptionId, {
    default_payment_method: String(methods.data[0]?.id),
  });
  await pass(29);
  expect(await revenueOf(acme)).toBe(2_900);
  expect((await paymentsOf(acme)).at(-1)).toMatchObject({ status: "pending" });
  await pass(6);
  expect(await revenueOf(acme)).toBe(5_800);
  expect((await paymentsOf(acme)).at(-1)).toMatchObject({ status: "succeeded" });
});

test("after the end nothing is invoiced any more", async () => {
  const { acme } = await subscriber();
  const { subscriptionId } = await liveSubscription(acme.scope);
  await cancelSubscription(acme.scope, subscriptionId, { when: "now", reason: null, requestKey: newId() });
  await pass(40);
  expect(await invoicesOf(acme)).toHaveLength(1);
});
