import { execFile } from "node:child_process";
import { once } from "node:events";
import { promisify } from "node:util";
import { systemScope } from "@/lib/auth/scope";
import type { TenantId } from "@/lib/ids";
import { toCurrency } from "@/lib/money/currency";
import { exportCsv } from "@/lib/transactions/export/csv";
import { inTurn, type Line, type World } from "../line";
import { fillTransactions } from "../transactions";

const ROWS = 1_000_000;
const run = promisify(execFile);
const COLUMNS =
  "number, created_at, processed_at, type, status, amount_minor, fee_minor, net_minor, currency, description, source_kind, source_id, stripe_payment_intent_id";

let tenant: Promise<string> | undefined;
const tenantWithRows = ({ sql }: World) => {
  tenant ??= fillTransactions(sql, ROWS);
  return tenant;
};

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
];
