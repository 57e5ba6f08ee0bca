import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { migrate } from "@/db/migrate";
import { startPostgres } from "@/sandbox/postgres/start";
import { freePort } from "@/sandbox/processes/ports";
import { environment } from "./environment";

/**
 * What an export of many transactions takes, beside reading the same rows and making nothing of them: `npm run bench:exports [-- rows]`.
 * Each is a process of its own, so that its memory is its own. Memory is flat when ten times the rows need no more of it.
 */

const ROWS = Number(process.argv[2] ?? 100_000);
const FORMATS = ["plain COPY", "CSV", "Excel", "PDF"];
type Run = { firstMs: number; wholeMs: number; workMs: number; bytes: number; grownBytes: number };

async function tenantWith(sql: postgres.Sql, rows: number): Promise<string> {
  const [tenant] = await sql<{ id: string }[]>`
    insert into tenants (tenant_id, slug, name, currency, time_zone, locale, created_at)
    values (gen_random_uuid(), ${`bench-${rows}`}, 'Acme Robotics', 'USD', 'America/New_York', 'en', now())
    returning tenant_id as id`;
  const id = tenant?.id ?? "";
  await sql`
    insert into transactions (tenant_id, transaction_id, number, type, status, currency, amount_minor, fee_minor, net_minor,
      description, source_kind, source_id, created_at, processed_at)
    select ${id}::uuid, gen_random_uuid(), 'TX-' || lpad(n::text, 6, '0'), case when n % 7 = 0 then 'refund' else 'payment' end,
      'succeeded', 'USD', case when n % 7 = 0 then -n else n end, n % 50, case when n % 7 = 0 then -n else n end - n % 50,
      'Automatic recharge of the balance ' || n, 'recharge', gen_random_uuid()::text,
      '2025-01-01T00:00:00Z'::timestamptz + n * interval '5 minutes', '2025-01-01T00:00:02Z'::timestamptz + n * interval '5 minutes'
    from generate_series(1, ${rows}) n`;
  await sql`analyze transactions`;
  return id;
}

function run(databaseUrl: string, format: string, tenantId: string): Run {
  const child = path.join(import.meta.dirname, "export-run.ts");
  const output = execFileSync(process.execPath, ["--import", "tsx", child, format, tenantId], {
    env: { ...process.env, ...environment, DATABASE_URL: databaseUrl },
    encoding: "utf8",
  });
  return JSON.parse(output) as Run;
}

const megabytes = (bytes: number) => `${(bytes / 1_048_576).toFixed(1)} MB`;

const folder = mkdtempSync(path.join(tmpdir(), "evenkeel-bench-"));
const server = await startPostgres({ dataDir: path.join(folder, "postgres"), port: await freePort() });
try {
  await migrate(server.url);
  const sql = postgres(server.url, { max: 1, onnotice: () => {} });
  const few = await tenantWith(sql, ROWS / 10);
  const many = await tenantWith(sql, ROWS);
  await sql.end();
  let plainMs = 0;
  console.log(`${ROWS} transactions, and the memory of ${ROWS / 10} beside it`);
  console.table(
    Object.fromEntries(
      FORMATS.map((format) => {
        const small = run(server.url, format, few);
        const { firstMs, wholeMs, workMs, bytes, grownBytes } = run(server.url, format, many);
        plainMs ||= wholeMs;
        return [
          format,
          {
            "first byte": `${Math.round(firstMs)} ms`,
            whole: `${(wholeMs / 1_000).toFixed(1)} s`,
            "× plain": Number((wholeMs / plainMs).toFixed(1)),
            processor: `${(workMs / 1_000).toFixed(1)} s`,
            size: megabytes(bytes),
            "peak memory": `+${megabytes(grownBytes)}`,
            [`of ${ROWS / 10}`]: `+${megabytes(small.grownBytes)}`,
          },
        ];
      }),
    ),
  );
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
