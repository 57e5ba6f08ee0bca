import { buffer } from "node:stream/consumers";
import { sql } from "drizzle-orm";
import { afterEach, expect, test } from "vitest";
import { systemDb } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { systemScope, type TenantScope } from "@/lib/auth/scope";
import { setClockForTests } from "@/lib/clock";
import { newId } from "@/lib/ids";
import { toCurrency } from "@/lib/money/currency";
import { createTenant } from "@/lib/tenants/commands";
import type { ExportOf } from "@/lib/transactions/export/columns";
import { exportCsv } from "@/lib/transactions/export/csv";
import { readPdf } from "./testing";
import { exportPdf } from "./transactions-pdf";

useTestDatabase();
afterEach(() => setClockForTests(null));

async function tenantWith(
  rows: number,
  { currency = "USD", locale = "en", description = "Top-up" } = {},
): Promise<TenantScope> {
  const tenantId = await systemDb().transaction((tx) =>
    createTenant(tx, {
      slug: `t-${newId()}`,
      name: "Acme",
      currency: toCurrency(currency),
      timeZone: "America/New_York",
    }),
  );
  await systemDb().execute(sql`update tenants set locale = ${locale} where tenant_id = ${tenantId}::uuid`);
  await systemDb().execute(sql`
    insert into transactions (tenant_id, transaction_id, number, type, status, currency, amount_minor, fee_minor, net_minor,
      description, source_kind, source_id, created_at, processed_at)
    select ${tenantId}::uuid, gen_random_uuid(), 'TX-' || lpad(n::text, 6, '0'), case when n % 7 = 0 then 'refund' else 'payment' end,
      case when n % 11 = 0 then 'failed' else 'succeeded' end,
      ${currency}, case when n % 7 = 0 then -n else n end * 101, n, case when n % 7 = 0 then -n else n end * 101 - n,
      ${description} || ' ' || n, 'recharge', n::text, '2027-03-14T06:30:00Z'::timestamptz + n * interval '1 minute', null
    from generate_series(1, ${rows}) n`);
  return systemScope(tenantId);
}
const asked = (currency = "USD", filter: ExportOf["filter"] = {}): ExportOf => ({
  filter,
  currency: toCurrency(currency),
  timeZone: "America/New_York",
});
/** `$1,234.50` and `-$1.00` as the numbers they are. */
const figure = (text: string) => Number(text.replace(/[^\d.-]/g, ""));
const ROW = /^(TX-\d+) (.+?) (Payment|Refund) (Succeeded|Failed) (.+?) (-?\$[\d,.]+) (-?\$[\d,.]+) (-?\$[\d,.]+)$/gm;

test("says the same numbers as the CSV, row by row and summed up, and counts its pages before it knows them", async () => {
  const scope = await tenantWith(500);
  const csv = (await buffer(await exportCsv(scope, asked())))
    .toString("utf8")
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((row) => row.split(","));
  const { pages, text } = await readPdf(await exportPdf(scope, asked()));
  const rows = [...text.matchAll(ROW)];
  expect(rows.map((row) => [row[1], figure(row[6] ?? ""), figure(row[7] ?? ""), figure(row[8] ?? "")])).toEqual(
    csv.map((row) => [row[0], Number(row[5]), Number(row[6]), Number(row[7])]),
  );
  for (const [at, page] of pages.entries()) expect(page.lines.at(-1)).toContain(`Page ${at + 1} of ${pages.length}`);
  const sum = (kind: string, status: string, column: number) =>
    csv
      .filter((row) => row[3] === kind && row[4] === status)
      .reduce((total, row) => total + Math.round(Number(row[column]) * 100), 0) / 100;
  for (const [kind, status] of [
    ["payment", "succeeded"],
    ["payment", "failed"],
    ["refund", "succeeded"],
    ["refund", "failed"],
  ] as const) {
    const label = `${kind === "payment" ? "Payment" : "Refund"} ${status === "failed" ? "Failed" : "Succeeded"}`;
    const [, count, amount, fee, net] = new RegExp(`^${label} ([\\d,]+) (\\S+) (\\S+) (\\S+)$`, "m").exec(text) ?? [];
    expect(Number(count)).toBe(csv.filter((row) => row[3] === kind && row[4] === status).length);
    expect([amount, fee, net].map((each) => figure(each ?? ""))).toEqual(
      [5, 6, 7].map((column) => sum(kind, status, column)),
    );
  }
  const [, all] = /^Succeeded in all [\d,]+ (\S+)/m.exec(text) ?? [];
  expect(figure(all ?? "")).toBeCloseTo(sum("payment", "succeeded", 5) + sum("refund", "succeeded", 5), 2);
});

test.each([0, 1, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 55, 56, 57, 58])(
  "%i rows have the pages they say",
  async (count) => {
    const scope = await tenantWith(count);
    const { pages, text } = await readPdf(await exportPdf(scope, asked()));
    expect([...text.matchAll(ROW)]).toHaveLength(count);
    for (const [at, page] of pages.entries()) expect(page.lines.at(-1)).toContain(`Page ${at + 1} of ${pages.length}`);
  },
);

test.each([
  ["JPY", "¥101 ¥1 ¥100"],
  ["USD", "$1.01 $0.01 $1.00"],
  ["KWD", "KWD 0.101 KWD 0.001 KWD 0.100"],
])("%s has its own decimals", async (currency, figures) => {
  const scope = await tenantWith(1, { currency });
  const { text } = await readPdf(await exportPdf(scope, asked(currency)));
  expect(text).toContain(`Top-up 1 ${figures}`);
});

test("is of the filter, in the tenant's time and language", async () => {
  setClockForTests("2027-04-01T12:00:00Z");
  const scope = await tenantWith(30, { locale: "zh-CN", description: "充值 \\N \t“制造” &" });
  const filter: ExportOf["filter"] = {
    type: ["refund"],
    from: new Date("2027-03-14T05:00:00Z"),
    to: new Date("2027-03-15T04:00:00Z"),
  };
  const { text, info, language } = await readPdf(await exportPdf(scope, asked("USD", filter)));
  expect(info.Title).toBe("交易记录 · Acme");
  expect(language).toBe("zh-CN");
  expect(text).toContain("2027年3月14日 至 2027年3月14日");
  expect(text.match(/TX-\d+/g)).toEqual(["TX-000028", "TX-000021", "TX-000014", "TX-000007"]);
  // Clocks went forward that night: 6:58 UTC is 1:58, 7:28 UTC is 3:28 in New York.
  expect(text).toMatch(/TX-000007 2027年3月14日 01:37/);
  expect(text.replace(/\s/g, "")).toContain("充值\\N“制造”&28");
  expect(text).toContain("成功合计 4 -$70.70 $0.70 -$71.40");
});

test("is the same bytes at the same time; another tenant's rows are not in it", async () => {
  setClockForTests("2027-04-01T12:00:00Z");
  await tenantWith(10);
  const scope = await tenantWith(40);
  const make = async () => buffer(await exportPdf(scope, asked()));
  const [one, other] = [await make(), await make()];
  expect(one.equals(other)).toBe(true);
  expect([...(await readPdf(one)).text.matchAll(ROW)]).toHaveLength(40);
});

test("a reader that goes away leaves no connection behind", async () => {
  const scope = await tenantWith(20_000);
  const stream = await exportPdf(scope, asked());
  await new Promise((resolve) => stream.once("readable", resolve));
  stream.destroy();
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
