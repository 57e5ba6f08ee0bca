import { expect, test } from "vitest";
import { systemDb } from "@/db/client";
import { transactions } from "@/db/schema";
import { useTestDatabase } from "@/db/testing";
import { newId, type TransactionId } from "@/lib/ids";
import { toCurrency } from "@/lib/money/currency";
import { toMinor, ZERO } from "@/lib/money/minor";
import type { Customer } from "@/sandbox/testing/customer";
import { useWorld } from "@/sandbox/testing/world";
import { latestBucket } from "./summary";

useTestDatabase();
const world = useWorld();

let written = 0;
async function paid({ tenantId }: Customer, amount: number, at: string): Promise<void> {
  await systemDb()
    .insert(transactions)
    .values({
      tenantId,
      transactionId: newId<TransactionId>(),
      number: `TX-${++written}`,
      type: "payment",
      status: "succeeded",
      currency: toCurrency("USD"),
      amountMinor: toMinor(amount),
      feeMinor: ZERO,
      netMinor: toMinor(amount),
      description: "Test",
      sourceKind: "invoice",
      sourceId: `pi_${written}`,
      createdAt: new Date(at),
      processedAt: new Date(at),
    });
}

test("the last period with anything in it is that of the tenant's calendar", async () => {
  const customer = await world.customer(0);
  expect(await latestBucket(customer.scope, "month", "UTC")).toBeNull();
  await paid(customer, 100, "2026-02-28T15:59:59Z");
  // In Shanghai it is March already, in New York still February.
  await paid(customer, 900, "2026-02-28T16:00:00Z");
  const of = async (period: Parameters<typeof latestBucket>[1], timeZone: string) => {
    const bucket = await latestBucket(customer.scope, period, timeZone);
    return [bucket?.start.toISOString(), bucket?.total.amountMinor];
  };
  expect(await of("month", "Asia/Shanghai")).toEqual(["2026-02-28T16:00:00.000Z", 900]);
  expect(await of("month", "America/New_York")).toEqual(["2026-02-01T05:00:00.000Z", 1_000]);
  expect(await of("day", "UTC")).toEqual(["2026-02-28T00:00:00.000Z", 1_000]);
  expect(await of("week", "Asia/Shanghai")).toEqual(["2026-02-22T16:00:00.000Z", 1_000]);
  expect(await of("quarter", "UTC")).toEqual(["2026-01-01T00:00:00.000Z", 1_000]);
  expect(await of("year", "Asia/Shanghai")).toEqual(["2025-12-31T16:00:00.000Z", 1_000]);
});
