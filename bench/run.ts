import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import postgres from "postgres";
import { startPostgres } from "@/sandbox/postgres/start";
import { freePort } from "@/sandbox/processes/ports";
import { environment } from "./environment";
import { type Line, type Measured, median } from "./line";
import { machine, writeReport } from "./report";

/**
 * Every line of what is to be reached, each measured against what it is compared with in the same run: `npm run bench`.
 * `-- --only debit,hot` runs some of them and writes nothing down. `-- --growth` measures a few calls while the tables grow, instead,
 * up to `--largest` and for `--minutes` at the most that are spent on filling them.
 */
const { values: options } = parseArgs({
  options: {
    only: { type: "string" },
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "3" },
    growth: { type: "boolean", default: false },
    minutes: { type: "string", default: "10" },
    largest: { type: "string", default: "100000000" },
  },
});

export type Row = { line: Line; measured: Measured };

const folder = mkdtempSync(path.join(tmpdir(), "evenkeel-bench-"));
const server = await startPostgres({ dataDir: path.join(folder, "postgres"), port: await freePort() });
const rows: Row[] = [];
try {
  Object.assign(process.env, environment, {
    DATABASE_URL: server.url,
    DATABASE_POOL: "8",
    INNGEST_BASE_URL: "http://127.0.0.1:1",
  });
  const { migrate } = await import("@/db/migrate");
  await migrate(server.url);
  const sql = postgres(server.url, { max: 2, onnotice: () => {} });
  const world = { url: server.url, sql, seconds: Number(options.seconds), rounds: Number(options.rounds) };
  if (options.growth) {
    const { measureGrowth } = await import("./growth/run");
    await measureGrowth(world, { folder, minutes: Number(options.minutes), largest: Number(options.largest) });
  }
  // Loaded once the environment is there, which the product reads.
  const { LINES } = await import("./lines");
  const wanted = options.only?.split(",");
  for (const line of LINES.filter(({ name }) => wanted?.includes(name) ?? !options.growth)) {
    const measured = await line
      .measure(world)
      .catch((error: unknown): Measured => ({ left: `failed: ${error}`.replace(/\s+/g, " ") }));
    rows.push({ line, measured });
    console.log(sentence({ line, measured }));
  }
  await sql.end();
  const { closePools } = await import("@/db/client");
  await closePools();
  const [version] = await withVersion(server.url);
  if (!wanted && !options.growth) writeReport(rows, machine(version ?? ""));
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function withVersion(url: string): Promise<string[]> {
  const sql = postgres(url, { max: 1 });
  const found = await sql<{ version: string }[]>`select current_setting('server_version') as version`;
  await sql.end();
  return found.map((row) => row.version);
}

function sentence({ line, measured: m }: Row): string {
  if ("left" in m) return `${line.name}: ${m.left}`;
  if ("values" in m) return `${line.name}: ${median(m.values)} ${m.unit} (goal ${JSON.stringify(line.goal)})`;
  const ratios = m.ours.map((own, i) => own / (m.theirs[i] ?? Number.NaN));
  const [own, other] = [median(m.ours), median(m.theirs)].map(Math.round);
  return `${line.name}: ${median(ratios).toFixed(2)} (${own} ÷ ${other} ${m.unit}; goal ${JSON.stringify(line.goal)})`;
}
