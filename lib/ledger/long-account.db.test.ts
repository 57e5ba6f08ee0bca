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

/** How many rows of the ledger were read for it, off tables or off their indexes. */
async function rowsReadBy(work: (tx: Tx) => Promise<unknown>): Promise<number> {
  const read = async (tx: Tx) => {
    const [row] = await tx.execute<{ rows: string }>(`
      with ledger as (select unnest(array['ledger_entries', 'ledger_transactions'])::regclass as oid)
      select sum(pg_stat_get_xact_tuples_returned(oid)) as rows from pg_class
      where oid in (select oid from ledger union all select indexrelid from pg_index join ledger on oid = indrelid)`);
    return Number(row?.rows);
  };
  return systemDb().transaction(async (tx) => {
    const before = await read(tx);
    await work(tx);
    return (await read(tx)) - before;
  });
}

it("takes no more to read an account the longer it is", async () => {
  setClockForTests("2026-11-01T12:00:00Z");
  const open = async () => {
    const tenant = newId<TenantId>();
    await systemDb().transaction((tx) => openAccount(tx, tenant, USD));
    return tenant;
  };
  const spend = (tenant: TenantId, debits: number) =>
    postNow(tenant, USD, Array.from({ length: debits }, debit), { enforceFloor: false });
  const tenant = await open();
  for (let day = 0; day < 20; day++) {
    advanceClockForTests(DAY_MS);
    await spend(tenant, 200);
    // Among those of others, each with a good many.
    await spend(await open(), 400);
  }
  await systemSql()`analyze ledger_entries, ledger_transactions`;

  const week = new Date(now().getTime() - 7 * DAY_MS);
  const page = (beforeVersion: number | null) =>
    rowsReadBy((tx) => listPrepaidEntries(tx, tenant, USD, { limit: 20, beforeVersion }));
  // Each entry and its transaction.
  expect(await page(null)).toBe(40);
  expect(await page(2_000)).toBe(40);
  expect((await readSpend(systemDb(), tenant, week)).spentMinor).toBe(7 * 200 * 10);
  // Halving 4,000 entries takes twelve looks.
  expect(await rowsReadBy((tx) => readSpend(tx, tenant, week))).toBeLessThanOrEqual(14);
});
