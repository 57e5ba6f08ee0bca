import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { migrate } from "@/db/migrate";
import { startPostgres } from "@/sandbox/postgres/start";
import { freePort } from "@/sandbox/processes/ports";
import { environment } from "./environment";
import { fillTransactions } from "./transactions";

/**
 * What an export of many transactions takes, beside reading the same rows and making nothing of them: `npm run bench:exports [-- rows]`.
 * Each is a process of its own, so that its memory is its own. Memory is flat when ten times the rows need no more of it.
 */

const ROWS = Number(process.argv[2] ?? 100_000);
const FORMATS = ["plain COPY", "CSV", "Excel", "PDF"];
type Run = { firstMs: number; wholeMs: number; workMs: number; bytes: number; grownBytes: number };

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
  const few = await fillTransactions(sql, ROWS / 10);
  const many = await fillTransactions(sql, ROWS);
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
