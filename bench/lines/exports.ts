import { execFile } from "node:child_process";
import { once } from "node:events";
import { promisify } from "node:util";
import { systemScope } from "@/lib/auth/scope";
import type { TenantId } from "@/lib/ids";
import { toCurrency } from "@/lib/money/currency";
import { exportCsv } from "@/lib/transactions/export/csv";
import { inTurn, type Line, type World } from "../line";
import { runOurs, runPeer } from "../peers";
import { fillTransactions } from "../transactions";

const ROWS = 1_000_000;
const FEWER = ROWS / 4;
const MEGABYTE = 2 ** 20;
const run = promisify(execFile);
const COLUMNS =
  "number, created_at, processed_at, type, status, amount_minor, fee_minor, net_minor, currency, description, source_kind, source_id, stripe_payment_intent_id";

let tenant: Promise<string> | undefined;
const tenantWithRows = ({ sql }: World) => {
  tenant ??= fillTransactions(sql, ROWS);
  return tenant;
};
let fewer: Promise<string> | undefined;
const tenantWithFewer = ({ sql }: World) => {
  fewer ??= fillTransactions(sql, FEWER);
  return fewer;
};

type Run = { wholeMs: number; peakBytes: number };
const excel = (tenantId: string) => runOurs<Run>("export-run.ts", ["Excel", tenantId]);

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1_000;
}

export const exportLines: Line[] = [
  {
    name: "csv",
    title: `CSV of ${ROWS.toLocaleString("en")} transactions, time ÷ that of psql's \\copy of the same columns`,
    goal: { most: 1.6 },
    async measure(world) {
      const id = await tenantWithRows(world);
      const of = { filter: {}, currency: toCurrency("USD"), timeZone: "America/New_York" };
      const ours = async () => {
        const stream = await exportCsv(systemScope(id as TenantId), of);
        stream.resume();
        await once(stream, "end");
      };
      const copy = `\\copy (select ${COLUMNS} from transactions where tenant_id = '${id}' order by created_at desc) to '/dev/null' with (format csv, header)`;
      const theirs = () => run("psql", ["-q", "-c", copy, world.url]);
      return {
        ...(await inTurn(
          Math.min(3, world.rounds),
          () => seconds(ours),
          () => seconds(theirs),
        )),
        unit: "s",
      };
    },
  },
  {
    name: "xlsx",
    title: `Excel file of ${FEWER.toLocaleString("en")} transactions, time ÷ that of exceljs, streaming`,
    goal: { most: 0.25 },
    async measure(world) {
      const id = await tenantWithFewer(world);
      let peak = 0;
      const theirs = async () => {
        const { wholeMs, peakBytes } = await runPeer<Run>("exceljs.mjs", [world.url, id]);
        peak = Math.max(peak, peakBytes);
        return wholeMs / 1_000;
      };
      const runs = await inTurn(Math.min(3, world.rounds), async () => (await excel(id)).wholeMs / 1_000, theirs);
      return { ...runs, unit: "s", note: `exceljs needs ${Math.round(peak / MEGABYTE)} MB` };
    },
  },
  {
    name: "xlsx-memory",
    title: `Excel file of ${ROWS.toLocaleString("en")} transactions, memory at its peak ÷ that of a quarter of them`,
    goal: { most: 1.2 },
    async measure(world) {
      const [few, many] = [await tenantWithFewer(world), await tenantWithRows(world)];
      const peak = async (id: string) => (await excel(id)).peakBytes / MEGABYTE;
      const ours: number[] = [];
      const theirs: number[] = [];
      for (let round = 0; round < Math.min(3, world.rounds); round++) {
        theirs.push(await peak(few));
        ours.push(await peak(many));
      }
      return { ours, theirs, unit: "MB", note: "of the whole process" };
    },
  },
];
