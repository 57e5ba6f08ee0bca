import { expect, it } from "vitest";
import { systemDb } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { systemScope } from "@/lib/auth/scope";
import { debit, placeHold } from "@/lib/balance/commands";
import { advanceClockForTests, setClockForTests } from "@/lib/clock";
import { newId } from "@/lib/ids";
import { postNow } from "@/lib/ledger/post";
import { toCurrency } from "@/lib/money/currency";
import { toMinor } from "@/lib/money/minor";
import { createTenant } from "@/lib/tenants/commands";
import { getRunway } from "./runway";

useTestDatabase();
const USD = toCurrency("USD");
const DAY_MS = 86_400_000;

it("lasts as long as what is not held does, at the pace of the last seven days", async () => {
  setClockForTests("2026-11-01T12:00:00Z");
  const tenantId = await systemDb().transaction((tx) =>
    createTenant(tx, { slug: `t-${newId()}`, name: "Test", currency: USD, timeZone: "UTC" }),
  );
  const scope = systemScope(tenantId);
  const spend = (amount: number) => debit(scope, { sourceId: newId(), amountMinor: toMinor(amount) });
  await postNow(
    tenantId,
    USD,
    [
      {
        kind: "recharge",
        sourceId: newId(),
        legs: [
          { account: "prepaid", amountMinor: toMinor(100_000) },
          { account: "stripe", amountMinor: toMinor(-100_000) },
        ],
      },
    ],
    { enforceFloor: false },
  );
  await spend(20_000);
  advanceClockForTests(10 * DAY_MS);
  await spend(5_000);
  advanceClockForTests(5 * DAY_MS);
  await spend(5_000);
  // 70,000 are left, and 10,000 were spent in five days; the 20,000 were before this week.
  expect(await getRunway(scope)).toMatchObject({ spendPerDayMinor: 2_000, daysLeft: 35 });
  await placeHold(scope, { sourceId: newId(), amountMinor: toMinor(30_000) });
  expect(await getRunway(scope)).toMatchObject({ spendPerDayMinor: 2_000, daysLeft: 20 });
});
