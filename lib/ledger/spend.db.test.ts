import { expect, it } from "vitest";
import { systemDb } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { advanceClockForTests, now, setClockForTests } from "@/lib/clock";
import { newId, type TenantId } from "@/lib/ids";
import { toCurrency } from "@/lib/money/currency";
import { negate, toMinor } from "@/lib/money/minor";
import { openAccount } from "./accounts";
import { postNow } from "./post";
import { readSpend } from "./spend";
import type { Posting } from "./types";

useTestDatabase();
const USD = toCurrency("USD");
const HOUR_MS = 3_600_000;

const movement = (kind: Posting["kind"], amount: number, other: Posting["legs"][number]["account"]): Posting => ({
  kind,
  sourceId: newId(),
  legs: [
    { account: "prepaid", amountMinor: toMinor(amount) },
    { account: other, amountMinor: negate(toMinor(amount)) },
  ],
});
const post = (tenant: TenantId, ...postings: Posting[]) => postNow(tenant, USD, postings, { enforceFloor: false });

it("is what debits, captures and usage took since then, whatever else moved", async () => {
  setClockForTests("2026-11-01T12:00:00Z");
  const tenant = newId<TenantId>();
  const other = newId<TenantId>();
  await systemDb().transaction((tx) => openAccount(tx, tenant, USD));
  await systemDb().transaction((tx) => openAccount(tx, other, USD));
  expect(await readSpend(systemDb(), tenant, new Date(0))).toEqual({ spentMinor: 0, firstAt: null });

  const begunAt = now();
  const spent: { at: Date; amount: number }[] = [];
  for (let hour = 1; hour <= 40; hour++) {
    advanceClockForTests(HOUR_MS);
    await post(other, movement("debit", -7, "usage_revenue"));
    if (hour % 5 === 0) await post(tenant, movement("recharge", 1_000, "stripe"));
    if (hour % 7 === 0) await post(tenant, movement("adjustment", -33, "adjustments"));
    if (hour % 3 === 0) continue;
    const kind = hour % 3 === 1 ? "hold_capture" : "usage";
    await post(tenant, movement(kind, -hour, "usage_revenue"), movement("debit", -1, "usage_revenue"));
    spent.push({ at: now(), amount: hour + 1 });
  }
  for (let hour = 0; hour <= 41; hour++) {
    // Just after each hour: what was in the hour itself is before it.
    const since = new Date(begunAt.getTime() + hour * HOUR_MS + 1);
    const after = spent.filter(({ at }) => at >= since);
    expect(await readSpend(systemDb(), tenant, since)).toEqual({
      spentMinor: after.reduce((sum, { amount }) => sum + amount, 0),
      firstAt: after[0]?.at ?? null,
    });
  }
});
