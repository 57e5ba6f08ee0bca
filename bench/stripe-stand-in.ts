import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Stripe from "stripe";

/** How fast the Stripe stand-in answers and delivers, as a process of its own with its journal on disk. */

const CALLS = 1_000;
const EVENTS = 5_000;
const CLIENTS = 8;

const folder = mkdtempSync(join(tmpdir(), "stripe-bench-"));

/** An endpoint that counts, and that can be made to refuse. */
class Receiver {
  received = 0;
  open = true;
  private server: Server | null = null;

  async listen(): Promise<string> {
    const server = createServer((request, response) => {
      request.resume();
      request.on("end", () => {
        if (this.open) this.received += 1;
        response.writeHead(this.open ? 200 : 503).end();
      });
    });
    this.server = server;
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }

  async until(count: number): Promise<void> {
    while (this.received < count) await new Promise((resolve) => setTimeout(resolve, 2));
  }

  close(): void {
    this.server?.closeAllConnections();
    this.server?.close();
  }
}

async function startStandIn(webhookUrl: string): Promise<{ child: ChildProcess; url: string }> {
  const port = await new Promise<number>((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
  const main = join(import.meta.dirname, "../sandbox/stripe/main.ts");
  const flags = ["--port", String(port), "--data", folder, "--webhook-url", webhookUrl, "--webhook-secret", "whsec_b"];
  const child = spawn(process.execPath, ["--import", "tsx", main, ...flags], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, EVENKEEL_CLOCK_FILE: join(folder, "clock") },
  });
  await new Promise((resolve) => child.stdout?.once("data", resolve));
  return { child, url: `http://127.0.0.1:${port}` };
}

function quantile(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

async function timed(name: string, call: (turn: number) => Promise<unknown>): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await call(turn);
  const times: number[] = [];
  for (let turn = 0; turn < CALLS; turn++) {
    const startedAt = performance.now();
    await call(turn);
    times.push(performance.now() - startedAt);
  }
  times.sort((a, b) => a - b);
  const [median, p95] = [quantile(times, 0.5), quantile(times, 0.95)].map((ms) => ms.toFixed(2).padStart(7));
  console.log(`${name.padEnd(44)} median ${median} ms   95 % ${p95} ms`);
}

/** The address asked as the browser or curl would, without the SDK's own work. */
function plain(url: string, path: string, fields?: Record<string, string>): Promise<unknown> {
  const headers = { authorization: "Bearer sk_test_standin" };
  const init = fields ? { method: "POST", body: new URLSearchParams(fields), headers } : { headers };
  return fetch(`${url}${path}`, init).then((answer) => answer.text());
}

async function latency(url: string, stripe: Stripe): Promise<void> {
  const customer = await stripe.customers.create({ email: "bench@acme.test" });
  const method = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
  await timed("GET /v1/customers/:id", () => plain(url, `/v1/customers/${customer.id}`));
  await timed("GET /v1/customers?limit=10", () => plain(url, "/v1/customers?limit=10"));
  await timed("POST /v1/customers", (turn) => plain(url, "/v1/customers", { description: String(turn) }));
  await timed("POST /v1/payment_intents (confirmed)", (turn) =>
    plain(url, "/v1/payment_intents", {
      amount: String(1_000 + turn),
      currency: "usd",
      customer: customer.id,
      payment_method: method.id,
      off_session: "true",
      confirm: "true",
      "automatic_payment_methods[enabled]": "true",
      "automatic_payment_methods[allow_redirects]": "never",
    }),
  );
  await timed("customers.retrieve through the SDK", () => stripe.customers.retrieve(customer.id));
}

async function throughput(url: string, stripe: Stripe, receiver: Receiver): Promise<void> {
  const { id } = await stripe.customers.create({});
  await new Promise((resolve) => setTimeout(resolve, 500));
  receiver.received = 0;
  const startedAt = performance.now();
  const client = async (first: number) => {
    for (let turn = first; turn < EVENTS; turn += CLIENTS)
      await plain(url, `/v1/customers/${id}`, { description: String(turn) });
  };
  await Promise.all(Array.from({ length: CLIENTS }, (_, first) => client(first)));
  await receiver.until(EVENTS);
  const seconds = (performance.now() - startedAt) / 1000;
  console.log(`${EVENTS} requests, each with its event delivered:      ${Math.round(EVENTS / seconds)} per second`);

  // What piled up while the endpoint was away, delivered at one moment.
  receiver.open = false;
  await Promise.all(Array.from({ length: CLIENTS }, (_, first) => client(first)));
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  receiver.open = true;
  receiver.received = 0;
  const openedAt = performance.now();
  await fetch(`${url}/_sandbox/clock`, { method: "POST", body: JSON.stringify({ advance: "1m" }) });
  await receiver.until(EVENTS);
  const away = (performance.now() - openedAt) / 1000;
  console.log(`${EVENTS} events waiting for an endpoint, delivered:    ${Math.round(EVENTS / away)} per second`);
}

const receiver = new Receiver();
const { child, url } = await startStandIn(await receiver.listen());
const { hostname, port } = new URL(url);
const stripe = new Stripe("sk_test_standin", { host: hostname, port, protocol: "http", telemetry: false });
try {
  await latency(url, stripe);
  await throughput(url, stripe, receiver);
} finally {
  child.kill("SIGTERM");
  receiver.close();
  await new Promise((resolve) => child.once("exit", resolve));
  rmSync(folder, { recursive: true, force: true });
}
