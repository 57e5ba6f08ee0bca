import { sql } from "drizzle-orm";
import { afterEach, expect, test } from "vitest";
import { systemDb } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { systemScope, type TenantScope } from "@/lib/auth/scope";
import { setClockForTests } from "@/lib/clock";
import { newId } from "@/lib/ids";
import { toCurrency } from "@/lib/money/currency";
import { dayName, startOfDayNamed } from "@/lib/recharge/calendar";
import { createTenant } from "@/lib/tenants/commands";
import { PERIODS, summarise, summariseMonths } from "./summary";

useTestDatabase();
afterEach(() => setClockForTests(null));

/** A payment of 1.00 at every hour. */
async function hourly(timeZone: string, from: string, hours: number): Promise<TenantScope> {
  const tenantId = await systemDb().transaction((tx) =>
    createTenant(tx, { slug: `t-${newId()}`, name: "Test", currency: toCurrency("USD"), timeZone }),
  );
  await systemDb().execute(sql`
    insert into transactions (tenant_id, transaction_id, number, type, status, currency, amount_minor, fee_minor, net_minor,
      description, source_kind, source_id, created_at, processed_at)
    select ${tenantId}::uuid, gen_random_uuid(), 'TX-' || n, 'payment', 'succeeded', 'USD', 100, 0, 100, 'x', 'recharge', n::text,
      at, at from (select n, ${from}::timestamptz + n * interval '1 hour' as at from generate_series(0, ${hours - 1}) n) hours`);
  return systemScope(tenantId);
}

const year = { from: new Date("2027-01-01T00:00:00Z"), to: new Date("2029-01-01T00:00:00Z") };

test.each([
  ["America/New_York", "2027-03-12T05:00:00Z", "2027-03-14", 23],
  ["America/New_York", "2027-11-05T04:00:00Z", "2027-11-07", 25],
  ["Asia/Shanghai", "2027-02-26T16:00:00Z", "2027-03-01", 24],
  ["America/Havana", "2027-03-12T05:00:00Z", "2027-03-14", 23],
  ["America/Havana", "2027-11-05T04:00:00Z", "2027-11-07", 25],
])("in %s from %s on, %s has %i hours and every hour is in one day", async (timeZone, from, day, hours) => {
  const scope = await hourly(timeZone, from, 120);
  const buckets = await summarise(scope, "day", year, timeZone);
  expect(buckets.reduce((count, { total }) => count + total.count, 0)).toBe(120);
  const days = buckets.map(({ start }) => dayName(start, timeZone));
  expect(new Set(days).size).toBe(buckets.length);
  expect(buckets.map(({ start }) => start)).toEqual(days.map((name) => startOfDayNamed(name, timeZone)));
  expect(buckets[days.indexOf(day)]?.total).toMatchObject({ count: hours, amountMinor: hours * 100 });
});

test("a month that begins where midnight comes twice is found", async () => {
  // In Havana clocks go back from one to midnight on 1 November 2026.
  const scope = await hourly("America/Havana", "2026-11-01T04:00:00Z", 2);
  setClockForTests("2026-12-01T12:00:00Z");
  const months = await summariseMonths(scope, 3, "America/Havana");
  expect(months.map(({ total }) => total.count)).toEqual([0, 2, 0]);
});

test.each(["America/New_York", "Asia/Shanghai"])(
  "weeks, months, quarters and years of %s leave no hour out",
  async (timeZone) => {
    const from = startOfDayNamed("2027-12-01", timeZone);
    const hours = (startOfDayNamed("2028-04-01", timeZone).getTime() - from.getTime()) / 3_600_000;
    const scope = await hourly(timeZone, from.toISOString(), hours);
    for (const period of PERIODS) {
      const buckets = await summarise(scope, period, year, timeZone);
      expect(buckets.reduce((sum, { total }) => sum + total.amountMinor, 0)).toBe(hours * 100);
    }
    const months = await summarise(scope, "month", year, timeZone);
    expect(months.map(({ start }) => dayName(start, timeZone))).toEqual([
      "2027-12-01",
      "2028-01-01",
      "2028-02-01",
      "2028-03-01",
    ]);
    // February of a leap year; March in New York is an hour shorter.
    const zoneHours = timeZone === "Asia/Shanghai" ? 744 : 743;
    expect(months.map(({ total }) => total.count)).toEqual([744, 744, 696, zoneHours]);
    setClockForTests("2028-03-31T03:00:00Z");
    const shown = await summariseMonths(scope, 4, timeZone);
    expect(shown.map(({ start, total }) => [start, total.count])).toEqual(
      months.map(({ start, total }) => [start, total.count]),
    );
  },
);
