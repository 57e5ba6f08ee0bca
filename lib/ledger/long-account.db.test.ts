import { expect, it } from "vitest";
import { systemDb, systemSql, type Tx } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { advanceClockForTests, now, setClockForTests } from "@/lib/clock";
import { newId, type TenantId } from "@/lib/ids";
import { toCurrency } from "@/lib/money/currency";
import { toMinor } from "@/lib/money/minor";
import { openAccount } from "./accounts";
import { postNow } from "./post";
import { listPrepaidEntries } from "./queries";
import { readSpend } from "./spend";
import type { Posting } from "./types";

useTestDatabase();
const USD = toCurrency("USD");
const DAY_MS = 86_400_000;

const debit = (): Posting => ({
  kind: "debit",
  sourceId: newId(),
  legs: [
    { account: "prepaid", amountMinor: toMinor(-10) },
    { account: "usage_revenue", amountMinor: toMinor(10) },
  ],
});

/** How many entries were read for it, off the table or off its indexes. */
async function entriesReadBy(work: (tx: Tx) => Promise<unknown>): Promise<number> {
  const read = async (tx: Tx) => {
    const [row] = await tx.execute<{ entries: string }>(`
      select sum(pg_stat_get_xact_tuples_returned(oid)) as entries from pg_class
      where oid = 'ledger_entries'::regclass
        or oid in (select indexrelid from pg_index where indrelid = 'ledger_entries'::regclass)`);
    return Number(row?.entries);
  };
  return systemDb().transaction(async (tx) => {
    const before = await read(tx);
    await work(tx);
    return (await read(tx)) - before;
  });
}

it("takes no more to read an account the longer it is", async () => {
  setClockForTests("2026-11-01T12:00:00Z");
  const tenant = newId<TenantId>();
  await systemDb().transaction((tx) => openAccount(tx, tenant, USD));
  for (let day = 0; day < 20; day++) {
    advanceClockForTests(DAY_MS);
    await postNow(tenant, USD, Array.from({ length: 200 }, debit), { enforceFloor: false });
  }
  await systemSql()`analyze ledger_entries, ledger_transactions`;

  const week = new Date(now().getTime() - 7 * DAY_MS);
  const page = (beforeVersion: number | null) =>
    entriesReadBy((tx) => listPrepaidEntries(tx, tenant, USD, { limit: 20, beforeVersion }));
  expect(await page(null)).toBe(20);
  expect(await page(2_000)).toBe(20);
  expect((await readSpend(systemDb(), tenant, week)).spentMinor).toBe(7 * 200 * 10);
  // Halving 4,000 entries takes twelve looks.
  expect(await entriesReadBy((tx) => readSpend(tx, tenant, week))).toBeLessThanOrEqual(14);
});
