import type { Readable } from "node:stream";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { systemDb } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { systemScope, type TenantScope } from "@/lib/auth/scope";
import { newId } from "@/lib/ids";
import { toCurrency } from "@/lib/money/currency";
import { createTenant } from "@/lib/tenants/commands";
import { exportCsv } from "@/lib/transactions/export/csv";
import { cellsOf, rowsOfCsv, rowsOfReport, sheetOf } from "@/lib/transactions/export/testing";
import { exportXlsx } from "@/lib/transactions/export/xlsx";
import { readPdf } from "./testing";
import { exportPdf } from "./transactions-pdf";

useTestDatabase();

const ROWS = 20_000;
const of = { filter: {}, currency: toCurrency("USD"), timeZone: "Asia/Shanghai" };

/** @param words of a description's end, for rows too large to wait in buffers */
async function tenantWith(rows: number, words = 0): Promise<TenantScope> {
  const tenantId = await systemDb().transaction((tx) =>
    createTenant(tx, { slug: `t-${newId()}`, name: "Test", currency: of.currency, timeZone: of.timeZone }),
  );
  await systemDb().execute(sql`
    insert into transactions (tenant_id, transaction_id, number, type, status, currency, amount_minor, fee_minor, net_minor,
      description, source_kind, source_id, created_at, processed_at)
    select ${tenantId}::uuid, gen_random_uuid(), 'TX-' || lpad(n::text, 6, '0'), case when n % 7 = 0 then 'refund' else 'payment' end,
      case when n % 11 = 0 then 'failed' else 'succeeded' end, 'USD', sign * n * 7, n % 90, sign * n * 7 - n % 90,
      'Top-up ' || n || repeat(' of the balance', ${words}), 'recharge', n::text,
      '2027-01-01T00:00:00Z'::timestamptz + n * interval '1 minute', null
    from (select n, case when n % 7 = 0 then -1 else 1 end as sign from generate_series(1, ${rows}) n) as numbered`);
  return systemScope(tenantId);
}

test(`${ROWS} rows say the same numbers in every format, and those of the list`, { timeout: 180_000 }, async () => {
  const scope = await tenantWith(ROWS);
  const csv = (await rowsOfCsv(await exportCsv(scope, of))).map((row) => [row[0], ...row.slice(5, 8)]);
  const listed = await systemDb().execute<{ row: string[] }>(
    sql`select array[number, (amount_minor::numeric / 100)::numeric(20, 2)::text, (fee_minor::numeric / 100)::numeric(20, 2)::text,
      (net_minor::numeric / 100)::numeric(20, 2)::text] as row
      from transactions where tenant_id = ${scope.tenantId}::uuid order by created_at desc`,
  );
  expect(csv).toEqual(listed.map(({ row }) => row));
  expect(csv).toHaveLength(ROWS);
  const cells = cellsOf(await sheetOf(await exportXlsx(scope, of)));
  expect(cells.map((row) => [row[0], ...row.slice(5, 8)])).toEqual(csv);
  const { text } = await readPdf(await exportPdf(scope, of));
  expect(rowsOfReport(text, "$")).toEqual(csv);
});

/** What the database does for an export just now. */
async function exporting(): Promise<string | null> {
  const [row] = await systemDb().execute<{ waits: string | null }>(
    sql`select wait_event as waits from pg_stat_activity
      where application_name = 'evenkeel export' and datname = current_database() and state = 'active'`,
  );
  return row ? String(row.waits) : null;
}

const firstChunk = (stream: Readable) =>
  new Promise<Buffer>((resolve) => stream.once("readable", () => resolve(stream.read() as Buffer)));

test.each([
  ["CSV", exportCsv],
  ["Excel", exportXlsx],
  ["PDF", exportPdf],
])("%s: the first bytes come while the database still reads, and it waits for a slow reader", async (_, make) => {
  // 60 MB: more than connections and streams hold, so whoever does not read is waited for.
  const scope = await tenantWith(ROWS, 200);
  const stream = await make(scope, of);
  expect((await firstChunk(stream)).length).toBeGreaterThan(0);
  await expect.poll(exporting, { timeout: 30_000 }).toBe("ClientWrite");
  expect(stream.readableLength).toBeLessThanOrEqual(1_048_576);
  stream.destroy();
  await expect.poll(exporting, { timeout: 30_000 }).toBe(null);
});
