import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { systemDb } from "@/db/client";
import { notifications, subscriptions, tenants, usageCarry, usageDays, usagePeriods } from "@/db/schema";
import { useTestDatabase } from "@/db/testing";
import { now, setClockForTests } from "@/lib/clock";
import type { SubscriptionId } from "@/lib/ids";
import { newId } from "@/lib/ids";
import { readPrepaid } from "@/lib/ledger/queries";
import type { Customer } from "@/sandbox/testing/customer";
import { useWorld } from "@/sandbox/testing/world";
import { recordUsage, type UsageEvent } from "./record";

useTestDatabase();
const world = useWorld();

/** A customer whose plan is set as if bought. */
async function onPlan(plan: string, zone = "America/New_York"): Promise<{ customer: Customer; id: SubscriptionId }> {
  setClockForTests("2027-01-10T12:00:00Z");
  const customer = await world.customer();
  await systemDb().update(tenants).set({ timeZone: zone }).where(eq(tenants.tenantId, customer.tenantId));
  const [row] = await systemDb()
    .update(subscriptions)
    .set({ plan })
    .where(eq(subscriptions.tenantId, customer.tenantId))
    .returning({ id: subscriptions.subscriptionId });
  if (!row) throw new Error("every tenant has a subscription");
  return { customer, id: row.id };
}

const messages = (quantity: number, more: Partial<UsageEvent> = {}): UsageEvent => ({
  id: newId(),
  metric: "messages",
  quantity,
  usedAt: null,
  ...more,
});
const balanceOf = async ({ scope }: Customer) => (await readPrepaid(systemDb(), scope.tenantId))?.balanceMinor;

test("within the quota it costs nothing, beyond it the balance pays to the exact fraction", async () => {
  const { customer, id } = await onPlan("starter");
  await recordUsage(customer.scope, id, [messages(9_999)]);
  expect(await balanceOf(customer)).toBe(60_000);
  // 10,000 are included; a message more costs 0.4 cents.
  const [first] = (await recordUsage(customer.scope, id, [messages(2)])).metrics;
  expect(first).toMatchObject({ used: 10_001, included: 10_000, overage: 1, billedMinor: 0 });
  expect(await balanceOf(customer)).toBe(60_000);
  await recordUsage(customer.scope, id, [messages(1)]);
  expect(await balanceOf(customer)).toBe(60_000);
  await recordUsage(customer.scope, id, [messages(1)]);
  expect(await balanceOf(customer)).toBe(59_999);
  const [carry] = await systemDb().select().from(usageCarry).where(eq(usageCarry.tenantId, customer.tenantId));
  expect(Number(carry?.carryMinorExact)).toBe(0.2);
  await recordUsage(customer.scope, id, [messages(997)]);
  expect(await balanceOf(customer)).toBe(60_000 - 400);
});

test("an event counts once for ever, also in a batch that is sent again in part", async () => {
  const { customer, id } = await onPlan("starter");
  const events = [messages(12_000), messages(10), messages(10)];
  expect(await recordUsage(customer.scope, id, events)).toMatchObject({ recorded: 3, replayed: 0 });
  expect(await recordUsage(customer.scope, id, [...events, messages(5)])).toMatchObject({ recorded: 1, replayed: 3 });
  expect(await recordUsage(customer.scope, id, events)).toEqual({ recorded: 0, replayed: 3, metrics: [] });
  expect(await balanceOf(customer)).toBe(60_000 - 810);
});

test("an id that was used for other usage is refused by name, and nothing of the call is recorded", async () => {
  const { customer, id } = await onPlan("starter");
  const named = new Date(now().getTime() - 60_000);
  const [a, b] = [messages(10), messages(5, { usedAt: named })];
  await recordUsage(customer.scope, id, [a, b]);
  const reused: [UsageEvent, UsageEvent[]][] = [
    [a, [{ ...a, quantity: 11 }]],
    [a, [{ ...a, metric: "api_calls" }]],
    [a, [{ ...a, usedAt: named }]],
    [b, [{ ...b, usedAt: null }]],
    [b, [messages(7), a, { ...b, quantity: 6 }]],
  ];
  for (const [known, events] of reused)
    await expect(recordUsage(customer.scope, id, events)).rejects.toMatchObject({
      code: "usage_id_reused",
      options: {
        fields: [{ path: `events.${events.length - 1}.id`, message: `${known.id} was used for other usage` }],
      },
    });
  await expect(
    recordUsage(customer.scope, id, [{ ...a, quantity: 1 }, messages(1), { ...b, quantity: 1 }]),
  ).rejects.toMatchObject({ options: { fields: [{ path: "events.0.id" }, { path: "events.2.id" }] } });
  setClockForTests(new Date(now().getTime() + 3_600_000));
  expect(await recordUsage(customer.scope, id, [a, b])).toEqual({ recorded: 0, replayed: 2, metrics: [] });
  const periods = await systemDb().select().from(usagePeriods).where(eq(usagePeriods.tenantId, customer.tenantId));
  expect(periods.map(({ metric, used }) => [metric, used])).toEqual([["messages", 15]]);
});

test("of one id with other quantities at once, one counts and the others hear of it", async () => {
  const { customer, id } = await onPlan("starter");
  const event = messages(1);
  const outcomes = await Promise.allSettled(
    Array.from({ length: 20 }, (_, index) => recordUsage(customer.scope, id, [{ ...event, quantity: index + 1 }])),
  );
  const counted = outcomes.flatMap((one) => (one.status === "fulfilled" ? one.value.metrics : []));
  const refused = outcomes.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
  expect(refused.map(({ code }) => code)).toEqual(Array.from({ length: 19 }, () => "usage_id_reused"));
  const periods = await systemDb().select().from(usagePeriods).where(eq(usagePeriods.tenantId, customer.tenantId));
  expect(periods.map(({ used }) => used)).toEqual(counted.map(({ used }) => used));
});

test("200 reports at once, many of them the same, add up to the cent", async () => {
  const { customer, id } = await onPlan("starter");
  await recordUsage(customer.scope, id, [messages(10_000)]);
  const distinct = Array.from({ length: 100 }, () => messages(7));
  await Promise.all([...distinct, ...distinct].map((event) => recordUsage(customer.scope, id, [event])));
  expect(await balanceOf(customer)).toBe(60_000 - 280);
});

test("late usage lands in the period and on the day it was used, in the tenant's time zone", async () => {
  const { customer, id } = await onPlan("starter", "Asia/Shanghai");
  await recordUsage(customer.scope, id, [messages(3)]);
  setClockForTests("2027-02-12T12:00:00Z");
  const late = new Date("2027-02-09T20:00:00Z");
  await recordUsage(customer.scope, id, [messages(5, { usedAt: late }), messages(1)]);
  const periods = await systemDb()
    .select({ start: usagePeriods.periodStart, used: usagePeriods.used })
    .from(usagePeriods)
    .where(eq(usagePeriods.tenantId, customer.tenantId))
    .orderBy(usagePeriods.periodStart);
  expect(periods).toEqual([
    { start: new Date("2027-01-10T12:00:00Z"), used: 8 },
    { start: new Date("2027-02-10T12:00:00Z"), used: 1 },
  ]);
  const days = await systemDb()
    .select({ day: usageDays.day, quantity: usageDays.quantity })
    .from(usageDays)
    .where(eq(usageDays.tenantId, customer.tenantId))
    .orderBy(usageDays.day);
  expect(days).toEqual([
    { day: "2027-01-10", quantity: 3 },
    { day: "2027-02-10", quantity: 5 },
    { day: "2027-02-12", quantity: 1 },
  ]);
});

test("too late, too early and after the end are refused by name and change nothing", async () => {
  const { customer, id } = await onPlan("starter");
  const report = (usedAt: Date) => recordUsage(customer.scope, id, [messages(1), messages(1, { usedAt })]);
  const daysAgo = (days: number) => new Date(now().getTime() - days * 86_400_000);
  await expect(report(daysAgo(7.01))).rejects.toThrow("events.1.timestamp: must not be more than 7 days ago");
  await expect(report(daysAgo(-0.01))).rejects.toThrow("events.1.timestamp: must not be in the future");
  await expect(report(daysAgo(3))).rejects.toThrow("events.1.timestamp: must not be before the subscription began");
  await systemDb()
    .update(subscriptions)
    .set({ createdAt: daysAgo(10), endedAt: daysAgo(1), status: "canceled" })
    .where(eq(subscriptions.subscriptionId, id));
  await expect(report(now())).rejects.toMatchObject({ code: "subscription_ended" });
  expect(await systemDb().$count(usagePeriods, eq(usagePeriods.tenantId, customer.tenantId))).toBe(0);
  expect(await recordUsage(customer.scope, id, [messages(1, { usedAt: daysAgo(2) })])).toMatchObject({ recorded: 1 });
});

test("a plan without overage stops at its quota: the whole call is refused", async () => {
  const { customer, id } = await onPlan("free");
  await recordUsage(customer.scope, id, [messages(999)]);
  const tooMuch = [messages(1), messages(1)];
  const calls: UsageEvent = { ...messages(1), metric: "api_calls" };
  await expect(recordUsage(customer.scope, id, [calls, ...tooMuch])).rejects.toMatchObject({
    code: "quota_exceeded",
    options: { fields: [{ path: "events.1.metric", message: "the quota of messages is used up" }] },
  });
  expect(await recordUsage(customer.scope, id, tooMuch.slice(0, 1))).toMatchObject({ recorded: 1 });
  await expect(recordUsage(customer.scope, id, tooMuch)).rejects.toMatchObject({ code: "quota_exceeded" });
  expect(await balanceOf(customer)).toBe(60_000);
});

test("another tenant's subscription does not exist", async () => {
  const { id } = await onPlan("starter");
  const other = await world.customer();
  await expect(recordUsage(other.scope, id, [messages(1)])).rejects.toMatchObject({ code: "not_found" });
});

test("the customer is told at 80 and at 100 % of a quota, once each", async () => {
  const { customer, id } = await onPlan("starter");
  const told = async () =>
    (
      await systemDb()
        .select({ kind: notifications.kind })
        .from(notifications)
        .where(and(eq(notifications.tenantId, customer.tenantId)))
        .orderBy(notifications.notificationId)
    ).map(({ kind }) => kind);
  for (const quantity of [7_999, 1, 500, 1_499, 1, 100]) await recordUsage(customer.scope, id, [messages(quantity)]);
  expect(await told()).toEqual(["usage_80", "usage_100"]);
});

test("what goes over the quota makes the balance low, and that calls the recharge", async () => {
  const { customer, id } = await onPlan("starter");
  await customer.card("pm_card_visa");
  await customer.rule();
  await recordUsage(customer.scope, id, [messages(10_000 + 125_000)]);
  await world.drain();
  const [payment] = await customer.paid();
  expect(payment?.amount).toBe(51_450);
  expect(await balanceOf(customer)).toBe(60_000);
});
