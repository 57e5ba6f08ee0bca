import { eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { systemDb } from "@/db/client";
import { dunningCases, invoices, reportDays, subscriptions, transactions } from "@/db/schema";
import { useTestDatabase } from "@/db/testing";
import { setClockForTests } from "@/lib/clock";
import { type InvoiceId, newId, type SubscriptionId, type TenantId, type TransactionId } from "@/lib/ids";
import { postNow } from "@/lib/ledger/post";
import type { Posting } from "@/lib/ledger/types";
import { type Currency, toCurrency } from "@/lib/money/currency";
import { toMinor, ZERO } from "@/lib/money/minor";
import { createTenant } from "@/lib/tenants/commands";
import { keepDay, readDays } from "./day";
import { operatorReport } from "./operator-report";

const { sql } = useTestDatabase();
const USD = toCurrency("USD");
const JPY = toCurrency("JPY");
const day = (name: string) => new Date(`${name}T12:00:00Z`);

const tenantIn = (currency: Currency) =>
  systemDb().transaction((tx) =>
    createTenant(tx, { slug: `t-${newId()}`, name: "Test", currency, timeZone: "America/New_York" }),
  );

/** Moves money on a day: positive amounts are credits. */
async function post(
  tenantId: TenantId,
  currency: Currency,
  on: string,
  kind: Posting["kind"],
  legs: [string, number][],
) {
  setClockForTests(`${on}T12:00:00Z`);
  const named = legs.map(([account, minor]) => ({
    account: account as Posting["legs"][number]["account"],
    amountMinor: toMinor(minor),
  }));
  await postNow(tenantId, currency, [{ kind, sourceId: newId(), legs: named }], { enforceFloor: false });
}

type Sub = Partial<typeof subscriptions.$inferInsert>;
let count = 0;
async function subscribe(tenantId: TenantId, created: string, more: Sub = {}) {
  await systemDb().delete(subscriptions).where(eq(subscriptions.tenantId, tenantId));
  await systemDb()
    .insert(subscriptions)
    .values({
      tenantId,
      subscriptionId: newId<SubscriptionId>(),
      stripeSubscriptionId: `sub_${count++}`,
      plan: "starter",
      planVersion: "2026-11",
      billingCycle: "monthly",
      status: "active",
      currency: USD,
      currentPeriodStart: day("2027-02-20"),
      currentPeriodEnd: day("2027-03-20"),
      usageAnchorAt: day(created),
      createdAt: day(created),
      syncedAt: day(created),
      ...more,
    });
}

type Listed = Partial<typeof transactions.$inferInsert>;
async function list(tenantId: TenantId, on: string, amount: number, more: Listed = {}) {
  const id = newId<TransactionId>();
  await systemDb()
    .insert(transactions)
    .values({
      tenantId,
      transactionId: id,
      number: `TX-${count++}`,
      type: amount < 0 ? "refund" : "payment",
      status: "succeeded",
      currency: USD,
      amountMinor: toMinor(amount),
      netMinor: toMinor(amount),
      description: "",
      sourceKind: amount < 0 ? "refund" : "recharge",
      sourceId: id,
      createdAt: day(on),
      processedAt: day(on),
      ...more,
    });
}

async function bill(tenantId: TenantId, on: string, status: "paid" | "open", state: "recovered" | "active" | null) {
  const invoiceId = newId<InvoiceId>();
  await systemDb()
    .insert(invoices)
    .values({
      tenantId,
      invoiceId,
      number: `INV-${count++}`,
      status,
      reason: "manual",
      currency: USD,
      subtotalMinor: toMinor(2_900),
      totalMinor: toMinor(2_900),
      amountDueMinor: toMinor(2_900),
      createdBy: "test",
      createdAt: day(on),
      syncedAt: day(on),
    });
  if (state)
    await systemDb()
      .insert(dunningCases)
      .values({
        tenantId,
        caseId: newId(),
        invoiceId,
        strategy: "fixed",
        state,
        timeZone: "UTC",
        startedAt: day(on),
        graceEndsAt: day(on),
      });
  return invoiceId;
}

beforeAll(async () => {
  setClockForTests("2027-01-01T00:00:00Z");
  const [a, b, c, d] = [await tenantIn(USD), await tenantIn(USD), await tenantIn(USD), await tenantIn(USD)];
  const yen = await tenantIn(JPY);

  // January: topped up by 600.00 with 17.40 of fee, 250.00 used; an invoice of 29.00, 2.00 of it tax. In February 10.00 of it goes back.
  await post(a, USD, "2027-01-10", "recharge", [
    ["stripe", -61_740],
    ["prepaid", 60_000],
    ["fee_revenue", 1_740],
  ]);
  await post(a, USD, "2027-01-31", "debit", [
    ["prepaid", -25_000],
    ["usage_revenue", 25_000],
  ]);
  await post(b, USD, "2027-01-15", "invoice_payment", [
    ["stripe", -2_900],
    ["invoice_revenue", 2_700],
    ["tax_payable", 200],
  ]);
  await post(b, USD, "2027-02-03", "refund", [
    ["stripe", 1_000],
    ["invoice_revenue", -1_000],
  ]);
  // Used more than there was.
  await post(b, USD, "2027-02-28", "debit", [
    ["prepaid", -700],
    ["usage_revenue", 700],
  ]);
  await post(yen, JPY, "2027-02-10", "recharge", [
    ["stripe", -5_000],
    ["prepaid", 5_000],
  ]);

  await subscribe(a, "2026-12-05");
  await subscribe(b, "2026-12-20", {
    plan: "professional",
    billingCycle: "yearly",
    currentPeriodEnd: day("2027-12-20"),
  });
  const half = { couponId: "half", name: null, promotionCode: null, amountOffMinor: null, endsAt: null };
  await subscribe(c, "2027-02-02", { discount: { ...half, percentOff: "50" }, cancelAt: day("2027-03-20") });
  await subscribe(d, "2026-12-01", { status: "canceled", endedAt: day("2027-02-15"), canceledAt: day("2027-02-15") });
  // Tried and never paid, and a first payment that never came: no customers of a paid plan.
  await subscribe(await tenantIn(USD), "2027-01-02", {
    status: "canceled",
    endedAt: day("2027-01-16"),
    trialEnd: day("2027-01-16"),
  });
  await subscribe(await tenantIn(USD), "2027-01-02", { status: "incomplete_expired", endedAt: day("2027-01-03") });
  await subscribe(await tenantIn(USD), "2027-02-25", {
    status: "trialing",
    trialEnd: day("2027-03-11"),
    currentPeriodEnd: day("2027-03-11"),
  });
  await subscribe(yen, "2027-01-05", { currency: JPY, currentPeriodEnd: day("2027-05-05") });

  await list(a, "2027-01-10", 61_740);
  await list(b, "2027-01-15", 2_900, { sourceKind: "invoice" });
  await list(a, "2027-02-01", 10_000, { status: "failed" });
  await list(a, "2027-02-05", 10_000);
  await list(c, "2027-02-07", 10_000, { status: "failed" });
  await list(c, "2027-02-27", 10_000);
  await list(b, "2027-02-03", -1_000);
  await list(b, "2027-02-04", -2_000, { sourceKind: "dispute" });
  await list(b, "2027-02-04", -9_000, { status: "pending", processedAt: null });
  await bill(c, "2027-02-10", "paid", "recovered");
  await bill(c, "2027-02-11", "open", "active");
  // Of an invoice that dunning has: told of once.
  const dunned = await bill(c, "2027-02-12", "open", "active");
  await list(c, "2027-02-12", 2_900, { status: "failed", sourceKind: "invoice", invoiceId: dunned });
  // The customer's own try at an invoice, which was paid after all.
  await list(c, "2027-02-13", 2_900, {
    status: "failed",
    sourceKind: "invoice",
    invoiceId: await bill(c, "2027-02-13", "paid", null),
  });
}, 60_000);

const NOW = "2027-03-01T00:03:00Z";
const reportOf = async (currency: Currency) => {
  const found = (await operatorReport()).find((one) => one.currency === currency);
  if (!found) throw new Error(`nothing in ${currency}`);
  return found;
};

test("revenue by month and kind, what was given back taken off when it was", async () => {
  setClockForTests(NOW);
  const { months } = await reportOf(USD);
  expect(months).toHaveLength(12);
  expect(months.slice(-3).map(({ month, revenue, revenueMinor }) => ({ month, revenue, revenueMinor }))).toEqual([
    {
      month: "2027-01",
      revenue: { usage_revenue: 25_000, invoice_revenue: 2_700, fee_revenue: 1_740 },
      revenueMinor: 29_440,
    },
    { month: "2027-02", revenue: { usage_revenue: 700, invoice_revenue: -1_000, fee_revenue: 0 }, revenueMinor: -300 },
    { month: "2027-03", revenue: { usage_revenue: 0, invoice_revenue: 0, fee_revenue: 0 }, revenueMinor: 0 },
  ]);
});

test("recurring revenue: a year in twelfths, discounts off, trials not in it; currencies apart", async () => {
  setClockForTests(NOW);
  // 29.00 + 990.00 / 12 + half of 29.00
  expect((await reportOf(USD)).today).toMatchObject({ mrrMinor: 2_900 + 8_250 + 1_450, paidSubscriptions: 3 });
  expect((await reportOf(JPY)).today).toMatchObject({ mrrMinor: 4_300, paidSubscriptions: 1 });
});

test("deferred is what is not used up; what others owe is not set off against it", async () => {
  setClockForTests(NOW);
  expect((await reportOf(USD)).today).toMatchObject({ deferredMinor: 35_000, owedMinor: 700 });
  expect((await reportOf(JPY)).today).toMatchObject({ deferredMinor: 5_000, owedMinor: 0 });
});

test("churn is of those who were there at the beginning", async () => {
  setClockForTests(NOW);
  const { months } = await reportOf(USD);
  expect(months.slice(-4).map(({ month, churn: { atStart, begun, lost } }) => [month, atStart, begun, lost])).toEqual([
    ["2026-12", 0, 3, 0],
    ["2027-01", 3, 0, 0],
    ["2027-02", 3, 1, 1],
    ["2027-03", 3, 0, 0],
  ]);
});

test("failures, what was recovered of them, refunds and disputes", async () => {
  setClockForTests(NOW);
  const { months } = await reportOf(USD);
  expect(months.at(-3)?.collection).toMatchObject({ paid: 2, paidMinor: 64_640, failed: 0, refundedMinor: 0 });
  // Failed: two top-ups, three invoices in dunning, one tried by its customer. Made good: the first top-up, one case, that invoice.
  expect(months.at(-2)?.collection).toMatchObject({
    paid: 2,
    paidMinor: 20_000,
    failed: 6,
    recovered: 3,
    refundedMinor: 1_000,
    disputedMinor: 2_000,
  });
});

test("the forecast: renewals of 30 days that will come, and usage at the pace of those before", async () => {
  setClockForTests(NOW);
  // Starter, and the trial that turns into one; the one that ends does not renew. 257.00 in the 29 days from January 31st on.
  const pace = Math.round((25_700 / 29) * 30);
  expect((await reportOf(USD)).today).toMatchObject({ day: "2027-02-28", forecastMinor: 2_900 + 2_900 + pace });
  expect((await reportOf(JPY)).today.forecastMinor).toBe(0);
});

test("a day is kept once, and shown for its month; forecasts are measured when their days are over", async () => {
  setClockForTests(NOW);
  expect(await keepDay()).toBe(2);
  const [kept] = await systemDb().select().from(reportDays).where(eq(reportDays.currency, USD));
  await sql`update subscriptions set status = 'paused' where status = 'active'`;
  await keepDay();
  expect((await systemDb().select().from(reportDays).where(eq(reportDays.currency, USD)))[0]).toEqual(kept);
  await sql`update subscriptions set status = 'active' where status = 'paused'`;
  const { months, error } = await reportOf(USD);
  expect(months.at(-2)).toMatchObject({ month: "2027-02", mrrMinor: 12_600, deferredMinor: 35_000 });
  expect(months.at(-3)).toMatchObject({ mrrMinor: null, deferredMinor: null });
  expect(error).toEqual({ forecasts: 0, forecastMinor: ZERO, actualMinor: ZERO, share: null });

  const [{ tenant_id: tenantId } = { tenant_id: "" }] =
    await sql`select tenant_id from ledger_accounts where currency = 'USD' limit 1`;
  await post(tenantId as TenantId, USD, "2027-03-30", "debit", [
    ["prepaid", -20_000],
    ["usage_revenue", 20_000],
  ]);
  setClockForTests("2027-04-02T00:00:00Z");
  const measured = (await reportOf(USD)).error;
  const forecast = kept?.forecastMinor ?? 0;
  expect(measured).toMatchObject({ forecasts: 1, forecastMinor: forecast, actualMinor: 20_000 });
  expect(measured.share).toBeCloseTo(Math.abs(forecast - 20_000) / 20_000, 10);
});

test("nights that were missed repeat the last one that was kept", async () => {
  await sql`delete from report_days`;
  setClockForTests("2027-04-02T00:03:00Z");
  await keepDay();
  const [kept] = await readDays("2027-04-01");
  await sql`update subscriptions set status = 'paused' where status = 'active'`;
  setClockForTests("2027-04-06T00:03:00Z");
  await keepDay();
  await keepDay();
  const days = (await readDays("2027-04-01")).filter((day) => day.currency === kept?.currency);
  expect(days.map(({ day }) => day)).toEqual(["2027-04-01", "2027-04-02", "2027-04-03", "2027-04-04", "2027-04-05"]);
  expect(days.slice(0, 4).map(({ mrrMinor, takenAt }) => ({ mrrMinor, takenAt }))).toEqual(
    Array.from({ length: 4 }, () => ({ mrrMinor: kept?.mrrMinor, takenAt: kept?.takenAt })),
  );
  expect(days.at(-1)).toMatchObject({ mrrMinor: 0 });
  await sql`update subscriptions set status = 'active' where status = 'paused'`;
});

test("a day that was kept is no tenant's to read", async () => {
  const [row] = await sql`select has_table_privilege('evenkeel_tenant', 'report_days', 'select') as may`;
  expect(row?.may).toBe(false);
});
