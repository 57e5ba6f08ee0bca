import { and, asc, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { systemDb } from "@/db/client";
import { usagePeriods } from "@/db/schema";
import { useTestDatabase } from "@/db/testing";
import { setClockForTests } from "@/lib/clock";
import { recordUsage } from "@/lib/usage/record";
import type { Customer } from "@/sandbox/testing/customer";
import { useWorld } from "@/sandbox/testing/world";
import { liveSubscription } from "./queries";
import { nextFreeRenewalAt, renewFree } from "./renew-free";

const { sql } = useTestDatabase();
const world = useWorld();

/** The only one with a plan that is to be renewed. */
async function customer(at: string): Promise<Customer> {
  await sql`update subscriptions set ended_at = current_period_start`;
  setClockForTests(at);
  return world.customer(0);
}

const use = async (by: Customer, quantity: number) =>
  recordUsage(by.scope, (await liveSubscription(by.scope)).subscriptionId, [
    { id: null, metric: "messages", quantity, usedAt: null },
  ]);

const periodsOf = (of: Customer) =>
  systemDb()
    .select({ start: usagePeriods.periodStart, end: usagePeriods.periodEnd, used: usagePeriods.used })
    .from(usagePeriods)
    .where(and(eq(usagePeriods.tenantId, of.tenantId), eq(usagePeriods.metric, "messages")))
    .orderBy(asc(usagePeriods.periodStart));

/** Each month begins when the one before it ends. */
function expectUnbroken(periods: { start: Date; end: Date }[]): void {
  for (const [index, { start }] of periods.entries()) if (index > 0) expect(start).toEqual(periods[index - 1]?.end);
}

test("at the end of a month a new one begins, and its quota with it", async () => {
  const acme = await customer("2027-01-31T22:00:00Z");
  await use(acme, 1_000);
  await expect(use(acme, 1)).rejects.toMatchObject({ code: "quota_exceeded" });
  expect(await nextFreeRenewalAt()).toEqual(new Date("2027-02-28T22:00:00Z"));
  setClockForTests("2027-02-28T21:59:59Z");
  expect(await renewFree(100)).toMatchObject({ due: 0, months: 0 });
  setClockForTests("2027-02-28T22:00:00Z");
  expect(await renewFree(100)).toMatchObject({ due: 1, months: 1 });
  expect(await liveSubscription(acme.scope)).toMatchObject({
    currentPeriodStart: new Date("2027-02-28T22:00:00Z"),
    currentPeriodEnd: new Date("2027-03-31T22:00:00Z"),
    usage: { messages: { used: 0, included: 1_000 } },
  });
  await use(acme, 1_000);
  expect((await periodsOf(acme)).map(({ used }) => used)).toEqual([1_000, 1_000]);
});

test("run twice at once, and again, each month begins once", async () => {
  const acme = await customer("2027-05-15T10:00:00Z");
  setClockForTests("2027-06-15T10:00:00Z");
  const runs = await Promise.all([renewFree(100), renewFree(100), renewFree(100)]);
  expect(runs.map(({ months }) => months).sort()).toEqual([0, 0, 1]);
  expect(await renewFree(100)).toMatchObject({ due: 0, months: 0 });
  expect(await periodsOf(acme)).toHaveLength(1);
});

test("fourteen months in which nobody looked are made up for, over the short February and the leap day", async () => {
  const acme = await customer("2027-01-31T05:00:00Z");
  await use(acme, 5);
  setClockForTests("2028-03-10T00:00:00Z");
  expect(await renewFree(100)).toMatchObject({ due: 1, months: 13 });
  const periods = await periodsOf(acme);
  expect(periods).toHaveLength(14);
  expectUnbroken(periods);
  expect(periods.map(({ end }) => end.toISOString().slice(5, 10))).toEqual([
    ...["02-28", "03-31", "04-30", "05-31", "06-30", "07-31", "08-31", "09-30", "10-31", "11-30", "12-31", "01-31"],
    ...["02-29", "03-31"],
  ]);
  expect(await liveSubscription(acme.scope)).toMatchObject({
    currentPeriodStart: new Date("2028-02-29T05:00:00Z"),
    currentPeriodEnd: new Date("2028-03-31T05:00:00Z"),
  });
});

test("a month that a report has opened before the job came is not opened again", async () => {
  const acme = await customer("2027-06-30T12:00:00Z");
  setClockForTests("2027-07-30T12:05:00Z");
  await use(acme, 7);
  expect(await renewFree(100)).toMatchObject({ due: 1, months: 1 });
  expect(await periodsOf(acme)).toEqual([
    { start: new Date("2027-07-30T12:00:00Z"), end: new Date("2027-08-30T12:00:00Z"), used: 7 },
  ]);
  expect((await liveSubscription(acme.scope)).usage.messages.used).toBe(7);
});

test("a run that is killed in between leaves nothing half done: the next one does it", async () => {
  const acme = await customer("2027-09-01T00:00:00Z");
  setClockForTests("2027-11-15T00:00:00Z");
  await sql`create function die() returns trigger language plpgsql as $$ begin raise exception 'killed'; end $$`;
  await sql`create trigger die before update on subscriptions for each row execute function die()`;
  expect(await renewFree(100)).toEqual({ due: 1, months: 0, failed: 1 });
  expect(await periodsOf(acme)).toEqual([]);
  await sql`drop trigger die on subscriptions`;
  expect(await renewFree(100)).toMatchObject({ due: 1, months: 2 });
  expectUnbroken(await periodsOf(acme));
  expect((await liveSubscription(acme.scope)).currentPeriodEnd).toEqual(new Date("2027-12-01T00:00:00Z"));
});
