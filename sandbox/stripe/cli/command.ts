import { spawn } from "node:child_process";

export interface CommandResult {
  /** null when it was stopped for taking too long. */
  code: number | null;
  output: string;
}

const TIMEOUT_MS = 30_000;

/** Runs the CLI once, with nothing of the caller's environment but what it needs to find a home and a key. */
export function runCli(
  path: string,
  args: string[],
  home: string,
  secretKey = "sk_test_standin",
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(path, args, {
      env: {
        NODE_ENV: process.env.NODE_ENV,
        PATH: process.env.PATH,
        HOME: home,
        XDG_CONFIG_HOME: home,
        STRIPE_API_KEY: secretKey,
        STRIPE_CLI_TELEMETRY_OPTOUT: "1",
      },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: TIMEOUT_MS,
    });
    const chunks: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, output: Buffer.concat(chunks).toString("utf8") }));
  });
}

/** The names in `stripe trigger --help`. */
export async function listTriggers(path: string, home: string): Promise<string[]> {
  const { output } = await runCli(path, ["trigger", "--help"], home);
  const [, listed = ""] = /Supported events:\n([\s\S]*?)\n\n/.exec(output) ?? [];
  const names = listed.split("\n").map((line) => line.trim());
  if (names.length < 100) throw new Error(`the CLI's list of triggers has another form than expected:\n${output}`);
  return names;
}
