import type { Readable } from "node:stream";
import { type SQL, sql } from "drizzle-orm";
import { transactions as t } from "@/db/schema";
import type { TransactionStatus, TransactionType } from "@/db/schema/transactions";
import type { TenantScope } from "@/lib/auth/scope";
import { type Minor, toMinor } from "@/lib/money/minor";
import { type ExportOf, rowsOf } from "@/lib/transactions/export/columns";
import { copyOutAfter } from "@/lib/transactions/export/copy";
import { filtered } from "@/lib/transactions/queries";

export type ReportRow = {
  number: string;
  createdAt: Date;
  type: TransactionType;
  status: TransactionStatus;
  description: string;
  amountMinor: Minor;
  feeMinor: Minor;
  netMinor: Minor;
};

/** What the rows of a type and status come to. */
export type ReportSum = Pick<ReportRow, "type" | "status" | "amountMinor" | "feeMinor" | "netMinor"> & {
  count: number;
};

const sumsOf = (scope: TenantScope, filter: ExportOf["filter"]): SQL =>
  sql`select type, status, count(*) as count, sum(amount_minor) as amount, sum(fee_minor) as fee, sum(net_minor) as net
    from ${t} where ${filtered(scope, filter)} group by type, status
    order by array_position(array['payment', 'refund', 'adjustment', 'fee'], type),
      array_position(array['succeeded', 'pending', 'failed', 'canceled'], status)`;

/** One row as JSON: the whole of what COPY writes in a line. */
const rowOf = sql`json_build_array(${t.number}, floor(extract(epoch from ${t.createdAt}) * 1000), ${t.type}, ${t.status},
  ${t.description}, ${t.amountMinor}, ${t.feeMinor}, ${t.netMinor})`;

type Cells = [string, number, TransactionType, TransactionStatus, string, number, number, number];

function parsed(line: string): ReportRow {
  // COPY writes a backslash as two (PostgreSQL, "Text Format"); JSON has no other character that it would change.
  const cells = JSON.parse(line.replaceAll("\\\\", "\\")) as Cells;
  const [number, createdAt, type, status, description, amount, fee, net] = cells;
  const amounts = { amountMinor: toMinor(amount), feeMinor: toMinor(fee), netMinor: toMinor(net) };
  return { number, createdAt: new Date(createdAt), type, status, description, ...amounts };
}

async function* lines(stream: Readable): AsyncGenerator<string> {
  let rest = "";
  stream.setEncoding("utf8");
  for await (const chunk of stream) {
    const parts = (rest + chunk).split("\n");
    rest = parts.pop() ?? "";
    yield* parts;
  }
}

async function* rowsFrom(stream: Readable): AsyncGenerator<ReportRow> {
  for await (const line of lines(stream)) yield parsed(line);
}

type SumRow = {
  type: TransactionType;
  status: TransactionStatus;
  count: string;
  amount: string;
  fee: string;
  net: string;
};

/** The transactions of an export, newest first, and what they come to: of one moment. Ends its connection with the rows. */
export async function readReport(
  scope: TenantScope,
  { filter }: ExportOf,
): Promise<{ sums: ReportSum[]; rows: AsyncIterable<ReportRow>; end: () => void }> {
  const query = sql`select ${rowOf} ${rowsOf(scope, filter)}`;
  const { first, rows } = await copyOutAfter<SumRow>(scope, sumsOf(scope, filter), query, "format text");
  const sums = first.map(({ type, status, count, amount, fee, net }) => ({
    type,
    status,
    count: Number(count),
    amountMinor: toMinor(Number(amount)),
    feeMinor: toMinor(Number(fee)),
    netMinor: toMinor(Number(net)),
  }));
  return { sums, rows: rowsFrom(rows), end: () => void rows.destroy() };
}
