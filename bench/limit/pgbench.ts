import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The version of the machine's pgbench (Debian: postgresql-contrib), or null when there is none. */
export function pgbenchVersion(): string | null {
  try {
    return execFileSync("pgbench", ["--version"], { encoding: "utf8" }).trim();
  } catch {
    return null;
  }
}

/**
 * Runs a script of pgbench with prepared statements.
 * @param script its SQL, with `\set` and `:variables`
 * @returns transactions per second, without the time to connect
 */
export async function pgbench(
  url: string,
  script: string,
  options: { clients: number; seconds: number },
): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), "evenkeel-pgbench-"));
  const file = path.join(folder, "script.sql");
  writeFileSync(file, script);
  try {
    const flags = ["-n", "-M", "prepared", "-j", "2", "-c", String(options.clients), "-T", String(options.seconds)];
    const { stdout } = await run("pgbench", [...flags, "-f", file, url]);
    const tps = /^tps = ([\d.]+)/m.exec(stdout)?.[1];
    if (!tps) throw new Error(`pgbench said no rate:\n${stdout}`);
    return Number(tps);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
