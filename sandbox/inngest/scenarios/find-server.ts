import { execFile, spawn } from "node:child_process";
import { accessSync, closeSync, constants, openSync, readSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { freePort } from "../../processes/ports";
import { stopProcess } from "../../processes/stop";

const ANSWER_WITHIN_MS = 5000;
const START_WITHIN_MS = 60_000;
/** ELF, Mach-O of 64 bits and universal, Windows: what a script that downloads something never begins with. */
const NATIVE = ["7f454c46", "cffaedfe", "cafebabe", "4d5a"];

export interface InngestServer {
  url: string;
  /** Set where calls are signed. */
  signingKey: string | null;
  stop(): Promise<void>;
}

/**
 * The Inngest command line tool of this machine: `INNGEST_CLI`, else `inngest` on the PATH, if it is a native program that
 * tells its version. Packages that would fetch it first are left alone.
 */
export async function findCli(env: Record<string, string | undefined>): Promise<string | null> {
  const onPath = (env.PATH ?? "").split(path.delimiter).map((folder) => path.join(folder, "inngest"));
  for (const file of env.INNGEST_CLI ? [env.INNGEST_CLI] : onPath)
    if (isNative(file) && (await answers(file))) return file;
  if (env.INNGEST_CLI) throw new Error(`INNGEST_CLI=${env.INNGEST_CLI} is not a native program that answers "version"`);
  return null;
}

/** The server to run the scenarios against: the one at `INNGEST_SERVER_URL`, else one started with the tool; null when there is neither. */
export async function findServer(env: Record<string, string | undefined>): Promise<InngestServer | null> {
  if (env.INNGEST_SERVER_URL) {
    await waitForServer(env.INNGEST_SERVER_URL);
    return { url: env.INNGEST_SERVER_URL, signingKey: env.INNGEST_SIGNING_KEY || null, stop: async () => undefined };
  }
  const cli = await findCli(env);
  return cli ? startCli(cli, env) : null;
}

function isNative(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    const magic = Buffer.alloc(4);
    const handle = openSync(file, "r");
    readSync(handle, magic);
    closeSync(handle);
    return NATIVE.some((start) => magic.toString("hex").startsWith(start));
  } catch {
    return false;
  }
}

async function answers(file: string): Promise<boolean> {
  try {
    const { stdout } = await promisify(execFile)(file, ["version"], { timeout: ANSWER_WITHIN_MS });
    return /\d+\.\d+/.test(stdout);
  } catch {
    return false;
  }
}

async function startCli(cli: string, env: Record<string, string | undefined>): Promise<InngestServer> {
  // It would move to another port by itself, unasked, if this one were taken.
  const port = String(await freePort());
  const flags = [
    "--no-discovery",
    "--no-poll",
    "--host",
    "127.0.0.1",
    "--port",
    port,
    "--retry-interval",
    "1",
    "--tick",
    "50",
  ];
  // Its own settings are INNGEST_* too: those of the app must not reach it.
  const child = spawn(cli, ["dev", ...flags], {
    env: { NODE_ENV: "development", PATH: env.PATH, HOME: env.HOME, DO_NOT_TRACK: "1" },
    stdio: "ignore",
    detached: true,
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${cli} could not be started`);
  const stop = () => stopProcess(pid, { group: true, patienceMs: 5000 });
  const url = `http://127.0.0.1:${port}`;
  await waitForServer(url).catch(async (error) => {
    await stop();
    throw error;
  });
  return { url, signingKey: null, stop };
}

async function waitForServer(url: string): Promise<void> {
  const giveUpAt = performance.now() + START_WITHIN_MS;
  for (;;) {
    const answer = await fetch(new URL("/health", url)).catch(() => null);
    if (answer?.ok && answer.headers.has("x-inngest-server-kind")) return;
    if (performance.now() > giveUpAt) throw new Error(`no Inngest server answers at ${url}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
