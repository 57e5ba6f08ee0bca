import { type ChildProcess, spawn } from "node:child_process";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { waitFor } from "@/sandbox/demo/ready";
import { freePort } from "@/sandbox/processes/ports";
import { FOLDER, install } from "./peers";

export type Running = { port: number; stop(): Promise<void> };

const HERE = import.meta.dirname;

async function started(
  args: (port: number) => string[],
  env: Record<string, string>,
  ready: string,
  wanted?: number,
): Promise<Running> {
  const port = wanted ?? (await freePort());
  const child: ChildProcess = spawn(process.execPath, args(port), {
    cwd: path.resolve(HERE, ".."),
    // What the product writes to its log by default is written here too, to nowhere.
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, ...env },
  });
  const exited = new Promise<void>((done) => child.once("exit", () => done()));
  const stop = async () => {
    child.kill("SIGTERM");
    await exited;
  };
  await waitFor({ name: args(port).at(-1) ?? "", url: `http://127.0.0.1:${port}${ready}` }).catch(async (error) => {
    await stop();
    throw error;
  });
  return { port, stop };
}

/** The least that could answer. */
export const startPlain = () =>
  started((port) => ["--import", "tsx", path.join(HERE, "plain-server.ts"), String(port)], {}, "/read/1");

/** @supabase/stripe-sync-engine, taking in webhooks. */
export async function startSyncEngine(): Promise<Running> {
  await install();
  return started((port) => [path.join(FOLDER, "stripe-sync-engine.mjs"), String(port)], {}, "/");
}

/** The product as `npm start` runs it. Needs a build. @param more of its settings */
export async function startProduct(inngestUrl: string, more: Record<string, string> = {}): Promise<Running> {
  const env = { LOG_LEVEL: "info", API_RATE_PER_10S: "1000000", INNGEST_BASE_URL: inngestUrl, ...more };
  return started(
    (port) => [path.join(HERE, "../scripts/serve.mjs"), "--hostname", "127.0.0.1", "--port", String(port)],
    env,
    "/api/health/live",
  );
}

/**
 * The embedded executor. It and the app have to know each other's address.
 * @param startApp is told the executor's, and tells the port of the app
 */
export async function startExecutor(databaseUrl: string, startApp: (url: string) => Promise<number>): Promise<Running> {
  const port = await freePort();
  const appUrl = `http://127.0.0.1:${await startApp(`http://127.0.0.1:${port}`)}/api/inngest`;
  const main = path.join(HERE, "../sandbox/inngest/main.ts");
  const flags = ["--port", String(port), "--database-url", databaseUrl, "--app-url", appUrl];
  return started(() => ["--import", "tsx", main, ...flags], {}, "/health", port);
}

/** Takes in what is sent to the jobs, and does nothing about it. */
export async function startSink(): Promise<{ url: string; close(): void }> {
  const server: Server = createServer((request, response) => {
    request.resume();
    request.once("end", () => {
      response.writeHead(200, { "content-type": "application/json" }).end('{"ids":["1"],"status":200}');
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}
