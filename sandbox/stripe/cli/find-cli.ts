import { execFile } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { CLI_VERSION } from "./scope";

const execute = promisify(execFile);
const FETCH_TIMEOUT_MS = 120_000;
/** What is in npm's cache is not asked for again; a registry that does not answer is not waited for. */
const PATIENCE = ["--prefer-offline", "--fetch-retries=1", "--fetch-timeout=20000"];

/** The program itself, which the package's script would start: that saves a Node process for each trigger. */
function programBehind(script: string): string {
  const require = createRequire(realpathSync(script));
  const platform = `@stripe/cli-${process.platform}-${process.arch}`;
  return join(dirname(require.resolve(`${platform}/package.json`)), "bin", "stripe");
}

const REASON_LINES = 4;

/** The first things npm complains about, without where in its code and where it wrote more. */
function reasonOf(message: string): string {
  const complaints = message.split("\n").filter((line) => /^npm error \S/.test(line) && !line.includes("complete log"));
  const first = complaints.slice(0, REASON_LINES).map((line) => line.replace("npm error ", ""));
  return first.join("; ") || message;
}

/**
 * Fetches the official CLI through npm, or finds it in npm's cache.
 * @returns its path, or why there is none: no network and nothing cached, or a platform it is not published for
 */
export async function findCli(): Promise<{ path: string } | { missing: string }> {
  try {
    const npm = ["exec", "--yes", ...PATIENCE, `--package=@stripe/cli@${CLI_VERSION}`, "--call", "command -v stripe"];
    const { stdout } = await execute("npm", npm, { timeout: FETCH_TIMEOUT_MS });
    const script = stdout.trim().split("\n").at(-1) ?? "";
    const program = programBehind(script);
    return existsSync(program) ? { path: program } : { missing: `${program} does not exist` };
  } catch (error) {
    return { missing: reasonOf(error instanceof Error ? error.message : String(error)) };
  }
}
