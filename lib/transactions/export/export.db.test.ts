import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { systemDb } from "@/db/client";
import { transactions } from "@/db/schema";
import { useTestDatabase } from "@/db/testing";
import type { TenantScope } from "@/lib/auth/scope";
import { newId, type TenantId } from "@/lib/ids";
import { toCurrency } from "@/lib/money/currency";
import { createTenant } from "@/lib/tenants/commands";
import { exportCsv } from "./csv";
import { cellsOf, sheetOf, textOf as text } from "./testing";
import { exportXlsx } from "./xlsx";

useTestDatabase();

async function tenantWith(rows: number, currencyCode = "USD", description = "Top-up"): Promise<TenantScope> {
  const currency = toCurrency(currencyCode);
  const tenantId = await systemDb().transaction((tx) =>
    createTenant(tx, { slug: `t-${newId()}`, name: "Test", currency, timeZone: "America/New_York" }),
  );
  await systemDb().execute(sql`
    insert into transactions (tenant_id, transaction_id, number, type, status, currency, amount_minor, fee_minor, net_minor,
      description, source_kind, source_id, created_at, processed_at)
    select ${tenantId}::uuid, gen_random_uuid(), 'TX-' || n, case when n % 7 = 0 then 'refund' else 'payment' end, 'succeeded',
      ${currency}, case when n % 7 = 0 then -n else n end * 101, n, case when n % 7 = 0 then -n else n end * 101 - n,
      ${description}, 'recharge', n::text, '2027-03-14T06:30:00Z'::timestamptz + n * interval '1 minute',
      '2027-03-14T06:30:05Z'::timestamptz + n * interval '1 minute'
    from generate_series(1, ${rows}) n`);
  return { tenantId: tenantId as TenantId, role: "owner", userId: null, actor: "test", scopes: [] };
}

const asked = (currency: string, filter = {}) => ({
  filter,
  currency: toCurrency(currency),
  timeZone: "America/New_York",
});

test("CSV and Excel say the same numbers, and those of the ledger's list", async () => {
  const scope = await tenantWith(500);
  const csv = (await text(await exportCsv(scope, asked("USD"))))
    .trimEnd()
    .split("\n")
    .map((line) => line.split(","));
  const cells = cellsOf(await sheetOf(await exportXlsx(scope, asked("USD"))));
  expect(csv[0]).toEqual(
    "number,created_at,processed_at,type,status,amount,fee,net,currency,description,source,source_id,stripe_payment_intent_id".split(
      ",",
    ),
  );
  expect(csv).toHaveLength(501);
  expect(cells).toHaveLength(500);
  expect(cells.map((row) => [row[0], row[5], row[6], row[7]])).toEqual(
    csv.slice(1).map((row) => [row[0], row[5], row[6], row[7]]),
  );
  const [sum] = await systemDb()
    .select({ sum: sql<string>`sum(${transactions.amountMinor})` })
    .from(transactions)
    .where(sql`${transactions.tenantId} = ${scope.tenantId}`);
  const total = csv.slice(1).reduce((minor, row) => minor + Math.round(Number(row[5]) * 100), 0);
  expect(total).toBe(Number(sum?.sum));
});

test.each([
  ["JPY", "101", "1", "100"],
  ["USD", "1.01", "0.01", "1.00"],
  ["KWD", "0.101", "0.001", "0.100"],
])("%s has its own decimals", async (currency, amount, fee, net) => {
  const scope = await tenantWith(1, currency);
  const [, row] = (await text(await exportCsv(scope, asked(currency)))).split("\n");
  expect(row?.split(",").slice(5, 9)).toEqual([amount, fee, net, currency]);
  const [cells] = cellsOf(await sheetOf(await exportXlsx(scope, asked(currency))));
  expect(cells?.slice(5, 9)).toEqual([amount, fee, net, currency]);
});

test("times are UTC in CSV and local in Excel, also on the night when clocks change, wherever the server is", async () => {
  const scope = await tenantWith(40);
  // Connections from here on are told this zone, as those of exports are their own.
  const [database] = await systemDb().execute<{ name: string }>(sql`select quote_ident(current_database()) as name`);
  await systemDb().execute(`alter database ${database?.name} set timezone to 'Asia/Tokyo'`);
  const last = (await text(await exportCsv(scope, asked("USD")))).trimEnd().split("\n").slice(1);
  expect(last[0]?.split(",")[1]).toBe("2027-03-14T07:10:00Z");
  const cells = cellsOf(await sheetOf(await exportXlsx(scope, asked("USD"))));
  const local = (serial = "") => new Date(Math.round((Number(serial) - 25569) * 86_400) * 1000).toISOString();
  expect(local(cells[0]?.[1])).toBe("2027-03-14T03:10:00.000Z");
  expect(local(cells[39]?.[1])).toBe("2027-03-14T01:31:00.000Z");
});

test("text that looks like a formula or like markup stays text", async () => {
  const nasty = '=HYPERLINK("http://x","y"),\\N <b>&\n制造';
  const scope = await tenantWith(1, "USD", nasty);
  expect(await text(await exportCsv(scope, asked("USD")))).toContain(`"'${nasty.replaceAll('"', '""')}"`);
  const sheet = await sheetOf(await exportXlsx(scope, asked("USD")));
  expect(sheet).toContain('=HYPERLINK("http://x","y"),&#92;N &lt;b&gt;&amp;&#10;制造');
});

test("a filter's words cannot become part of the statement", async () => {
  const scope = await tenantWith(3);
  const rows = async (search: string) =>
    (await text(await exportCsv(scope, asked("USD", { search })))).trimEnd().split("\n").length - 1;
  expect(await rows("TX-2")).toBe(1);
  for (const search of ["' or true --", "\\' or 1=1 --", "$1", "%", "'); drop table transactions; --"])
    expect(await rows(search)).toBe(0);
});

test("another tenant's rows are not in it", async () => {
  await tenantWith(10);
  const scope = await tenantWith(2);
  expect((await text(await exportCsv(scope, asked("USD")))).trimEnd().split("\n")).toHaveLength(3);
});

test("a reader that goes away leaves no connection behind", async () => {
  const scope = await tenantWith(20_000);
  for (const make of [exportCsv, exportXlsx]) {
    const stream = await make(scope, asked("USD"));
    await new Promise((resolve) => stream.once("readable", resolve));
    stream.destroy();
  }
  await expect
    .poll(
      async () => {
        const [row] = await systemDb().execute<{ n: number }>(
          sql`select count(*)::int as n from pg_stat_activity where application_name = 'evenkeel export' and datname = current_database()`,
        );
        return row?.n;
      },
      { timeout: 30_000 },
    )
    .toBe(0);
});
