import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

export const SECRET_KEY = "sk_test_standin";

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

/** The stand-in as the demo starts it: a process of its own, with its journal in `folder` and a clock that can be moved. */
export async function startStandIn(
  folder: string,
  webhookUrl: string,
  nodeOptions: readonly string[] = [],
): Promise<{ child: ChildProcess; url: string }> {
  const port = await freePort();
  const main = join(import.meta.dirname, "../sandbox/stripe/main.ts");
  const flags = ["--port", String(port), "--data", folder, "--webhook-url", webhookUrl, "--webhook-secret", "whsec_b"];
  const child = spawn(
    process.execPath,
    [...nodeOptions, "--import", "tsx", main, ...flags, "--secret-key", SECRET_KEY],
    {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, EVENKEEL_CLOCK_FILE: join(folder, "clock") },
    },
  );
  await new Promise((resolve) => child.stdout?.once("data", resolve));
  return { child, url: `http://127.0.0.1:${port}` };
}

export async function stopStandIn(child: ChildProcess): Promise<void> {
  child.kill("SIGTERM");
  await new Promise((resolve) => child.once("exit", resolve));
}

const TICK_MS = 10;

/** Processor time a process has used, which does not depend on what else the machine does; null where /proc does not tell. */
export function processorMs(child: ChildProcess): number | null {
  const file = `/proc/${child.pid}/stat`;
  if (!existsSync(file)) return null;
  const fields = readFileSync(file, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/** An address asked as curl would, without the SDK's own work. @param fields makes it a POST with a key of its own */
export async function ask(url: string, path: string, fields?: Record<string, string>): Promise<string> {
  const headers: Record<string, string> = { authorization: `Bearer ${SECRET_KEY}` };
  if (!fields) return (await fetch(`${url}${path}`, { headers })).text();
  const body = new URLSearchParams(fields);
  const keyed = { ...headers, "idempotency-key": crypto.randomUUID() };
  return (await fetch(`${url}${path}`, { method: "POST", body, headers: keyed })).text();
}

/** An endpoint that counts what it gets, and that can be made to refuse. */
export class Receiver {
  received = 0;
  open = true;
  private readonly server = createServer((request, response) => {
    request.resume();
    request.on("end", () => {
      if (this.open) this.received += 1;
      response.writeHead(this.open ? 200 : 503).end();
    });
  });

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  async until(count: number): Promise<void> {
    while (this.received < count) await new Promise((resolve) => setTimeout(resolve, 2));
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
