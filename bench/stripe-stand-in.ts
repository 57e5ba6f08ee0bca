import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Stripe from "stripe";
import { ask, processorMs, Receiver, startStandIn, stopStandIn } from "./child";

/** How fast the Stripe stand-in answers and delivers: `npm run bench:stripe`. */

const CALLS = 1_000;
const EVENTS = 5_000;
const CLIENTS = 8;

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

async function latency(url: string, stripe: Stripe): Promise<void> {
  const customer = await stripe.customers.create({ email: "bench@acme.test" });
  const method = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
  await timed("GET /v1/customers/:id", () => ask(url, `/v1/customers/${customer.id}`));
  await timed("GET /v1/customers?limit=10", () => ask(url, "/v1/customers?limit=10"));
  await timed("POST /v1/customers", (turn) => ask(url, "/v1/customers", { description: String(turn) }));
  await timed("POST /v1/payment_intents (confirmed)", (turn) =>
    ask(url, "/v1/payment_intents", {
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

async function throughput(child: ChildProcess, url: string, stripe: Stripe, receiver: Receiver): Promise<void> {
  const { id } = await stripe.customers.create({});
  await new Promise((resolve) => setTimeout(resolve, 500));
  receiver.received = 0;
  const updates = async () => {
    const client = async (first: number) => {
      for (let turn = first; turn < EVENTS; turn += CLIENTS)
        await ask(url, `/v1/customers/${id}`, { description: String(turn) });
    };
    await Promise.all(Array.from({ length: CLIENTS }, (_, first) => client(first)));
  };
  const measured = async (what: string, work: () => Promise<unknown>) => {
    const [startedAt, usedMs] = [performance.now(), processorMs(child)];
    await work();
    await receiver.until(EVENTS);
    const perSecond = Math.round((EVENTS * 1000) / (performance.now() - startedAt));
    const each =
      usedMs === null
        ? ""
        : `   ${(((processorMs(child) ?? 0) - usedMs) / EVENTS).toFixed(2)} ms of its processor each`;
    console.log(`${what.padEnd(46)} ${String(perSecond).padStart(6)} per second${each}`);
  };

  await measured(`${EVENTS} requests, each with its event delivered`, updates);

  // What piled up while the endpoint was away is delivered at one moment.
  receiver.open = false;
  await updates();
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  receiver.open = true;
  receiver.received = 0;
  await measured(`${EVENTS} events that waited for their endpoint`, () =>
    fetch(`${url}/_sandbox/clock`, { method: "POST", body: JSON.stringify({ advance: "1m" }) }),
  );
}

const folder = mkdtempSync(join(tmpdir(), "stripe-bench-"));
const receiver = new Receiver();
const { child, url } = await startStandIn(folder, await receiver.listen());
const { hostname, port } = new URL(url);
const stripe = new Stripe("sk_test_standin", { host: hostname, port, protocol: "http", telemetry: false });
try {
  await latency(url, stripe);
  await throughput(child, url, stripe, receiver);
} finally {
  await stopStandIn(child);
  receiver.close();
  rmSync(folder, { recursive: true, force: true });
}
