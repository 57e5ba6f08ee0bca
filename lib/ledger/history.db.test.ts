import { beforeEach, expect, it } from "vitest";
import { systemDb } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { advanceClockForTests, now, setClockForTests } from "@/lib/clock";
import { newId, type TenantId } from "@/lib/ids";
import { toCurrency } from "@/lib/money/currency";
import { negate, toMinor } from "@/lib/money/minor";
import { openAccount } from "./accounts";
import { readHistory } from "./history";
import { postNow } from "./post";
import type { Posting } from "./types";

useTestDatabase();
const USD = toCurrency("USD");
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
let tenant: TenantId;

const movement = (kind: "debit" | "recharge", amount: number): Posting => ({
  kind,
  sourceId: newId(),
  legs: [
    { account: "prepaid", amountMinor: toMinor(amount) },
    { account: kind === "debit" ? "usage_revenue" : "stripe", amountMinor: negate(toMinor(amount)) },
  ],
});
const spend = (amount: number) => movement("debit", -amount);
const post = (...postings: Posting[]) => postNow(tenant, USD, postings, { enforceFloor: false });
const history = (days: number, most = 200) =>
  readHistory(systemDb(), tenant, new Date(now().getTime() - days * DAY_MS), now(), most);
const balances = async (days: number, most?: number) => (await history(days, most)).map((p) => p.balanceMinor);

beforeEach(async () => {
  setClockForTests("2026-11-01T12:00:00Z");
  tenant = newId<TenantId>();
  await systemDb().transaction((tx) => openAccount(tx, tenant, USD));
});

it("gives every entry while they are few, led by the balance at the start of the period", async () => {
  expect(await history(30)).toEqual([{ at: new Date("2026-10-02T12:00:00Z"), balanceMinor: 0 }]);
  await post(movement("recharge", 60_000));
  advanceClockForTests(20 * DAY_MS);
  await post(spend(100));
  await post(spend(200));
  expect(await balances(30)).toEqual([0, 60_000, 59_900, 59_700]);
  advanceClockForTests(20 * DAY_MS);
  expect(await balances(30)).toEqual([60_000, 59_900, 59_700]);
  advanceClockForTests(20 * DAY_MS);
  expect(await history(30)).toEqual([{ at: new Date("2026-12-01T12:00:00Z"), balanceMinor: 59_700 }]);
});

it("shows a month of refills after a batch of 1,000, not a level line", async () => {
  await post(movement("recharge", 60_000));
  for (let day = 0; day < 30; day++) {
    advanceClockForTests(DAY_MS);
    // All within one stretch of the chart: what is left of it at its end is the target, every time.
    await post(spend(20_000), spend(25_000 + day), movement("recharge", 45_000 + day));
  }
  await post(...Array.from({ length: 1_000 }, () => spend(10)));
  const points = await history(28);
  expect(points.length).toBeLessThanOrEqual(200);
  const lows = points.filter((p) => p.balanceMinor < 20_000).map((p) => p.balanceMinor);
  expect(lows).toEqual(Array.from({ length: 28 }, (_, n) => 15_000 - (n + 2)));
  expect(points.at(-1)?.balanceMinor).toBe(50_000);
  expect(points.every((p, n) => n === 0 || p.at >= (points[n - 1]?.at ?? p.at))).toBe(true);
});

it("draws the hours of a new account that began with a batch", async () => {
  await post(movement("recharge", 60_000));
  for (let hour = 0; hour < 5; hour++) {
    advanceClockForTests(HOUR_MS);
    await post(...Array.from({ length: 100 }, () => spend(10)));
  }
  expect(await balances(30)).toEqual([0, 60_000, 59_000, 58_000, 57_000, 56_000, 55_000]);
});

it("keeps to the number of points when every stretch has refills", async () => {
  for (let n = 0; n < 150; n++) {
    advanceClockForTests(4 * HOUR_MS);
    await post(spend(5_000), movement("recharge", 4_990));
  }
  const points = await history(30, 60);
  expect(points.length).toBeLessThanOrEqual(60);
  expect(points.length).toBeGreaterThan(40);
  expect(points.at(-1)?.balanceMinor).toBe(-1_500);
});
