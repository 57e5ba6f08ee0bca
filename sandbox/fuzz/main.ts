import "./configure";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { migrate } from "../../db/migrate";
import { startPostgres } from "../postgres/start";
import { freePort } from "../processes/ports";
import { type Options, readOptions } from "./options";
import type { Failure, Tally } from "./run";

const SETTINGS = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };

function tell({ number, operation, what, curl, answer }: Failure, seed: string): void {
  console.log(`\nrequest ${number} of seed ${seed}, ${operation}:`);
  for (const each of what) console.log(`  ${each}`);
  console.log(`  ${curl}\n  answer: ${answer}`);
}

function sum(tally: Tally): void {
  const classes = Object.entries(tally.byStatus).sort(([a], [b]) => a.localeCompare(b));
  const codes = [...tally.byCode].sort(([, a], [, b]) => b - a).map(([code, times]) => `${code} ${times}`);
  console.log(`\ncodes: ${codes.join(", ")}`);
  console.log(`answered well: ${tally.succeeded.size} operations`);
  console.log(
    `fuzzed: ${tally.requests} requests in ${Math.round(tally.seconds)} s; ${classes.map(([name, times]) => `${name} ${times}`).join(", ")}; ${tally.failures.length} failed`,
  );
}

async function fuzz({ seed, requests, only }: Options): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), "evenkeel-fuzz-"));
  const server = await startPostgres({
    dataDir: path.join(folder, "postgres"),
    port: await freePort(),
    settings: SETTINGS,
  });
  const sql = postgres(server.url, { max: 1, onnotice: () => {} });
  try {
    await migrate(server.url);
    process.env.DATABASE_URL = server.url;
    const { Fuzzer } = await import("./run");
    const fuzzer = await Fuzzer.start(sql, seed);
    try {
      const tally = await fuzzer.run(requests, (failure) => {
        if (only === null || failure.number === only) tell(failure, seed);
      });
      sum(tally);
      const { expectNoViolations } = await import("../stripe/testing/checked");
      console.log(`${expectNoViolations()} answers and events of the stand-in are as Stripe's types have them`);
      return tally.failures.length;
    } finally {
      await fuzzer.stop();
    }
  } finally {
    await sql.end({ timeout: 5 });
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

try {
  process.exitCode = (await fuzz(readOptions(process.argv.slice(2)))) === 0 ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.stack : error);
  process.exitCode = 2;
}
