import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import Stripe from "stripe";
import { afterAll, afterEach, beforeAll } from "vitest";
import { systemDb } from "@/db/client";
import type { Trigger } from "@/db/schema/recharge";
import { inngest } from "@/inngest/client";
import type { AppEvent } from "@/inngest/events";
import { now, setClockForTests } from "@/lib/clock";
import { methodAdded } from "@/lib/dunning/method-added";
import { runDunning } from "@/lib/dunning/run";
import { takeOver } from "@/lib/dunning/take-over";
import { newId, type PaymentMethodId, type StripeEventId, type TenantId } from "@/lib/ids";
import { resolveInvoices } from "@/lib/invoices/resolve-all";
import { toCurrency } from "@/lib/money/currency";
import { evaluateTenant } from "@/lib/recharge/evaluate";
import { resolveUnresolved } from "@/lib/recharge/resolve-all";
import { listDue } from "@/lib/recharge/sweep";
import { carryOutPending } from "@/lib/subscriptions/carry-out";
import { renewFree } from "@/lib/subscriptions/renew-free";
import { resolveChanges } from "@/lib/subscriptions/resolve-changes";
import { createTenant } from "@/lib/tenants/commands";
import { handleStripeEvent } from "@/lib/webhooks/handle";
import { listUnhandled } from "@/lib/webhooks/inbox";
import { receiveStripeEvent } from "@/lib/webhooks/receive";
import type { RunningStripe } from "../stripe/server";
import { expectNoViolations, startChecked } from "../stripe/testing/checked";
import { Customer } from "./customer";

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;
/** Steps of this length and more are for stories of weeks, whose times of day do not matter. */
const COARSE_MINUTES = 120;

const listen = (server: Server) =>
  new Promise<string>((done) =>
    server.listen(0, "127.0.0.1", () => done(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)),
  );

async function bodyOf(request: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

/**
 * The real code on a real database against the stand-in, in one process, with a clock that only moves when told. Jobs run when the
 * story says so: events are collected over Inngest's own wire and handled by {@link World.drain}.
 */
export class World {
  stripe!: RunningStripe;
  stripeSdk!: Stripe;
  readonly sent: AppEvent[] = [];
  /** Webhooks are received but neither stored nor answered well while this is set. */
  webhooksDown = false;
  #queue: AppEvent[] = [];
  #servers: Server[] = [];

  async start(): Promise<void> {
    setClockForTests("2026-11-02T12:00:00Z");
    const events = createServer(async (request, response) => {
      const received = JSON.parse(await bodyOf(request)) as AppEvent[];
      this.sent.push(...received);
      this.#queue.push(...received);
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ ids: received.map(() => newId()), status: 200 }));
    });
    const webhooks = createServer(async (request, response) => {
      const body = await bodyOf(request);
      try {
        if (this.webhooksDown) throw new Error("down");
        await receiveStripeEvent(body, request.headers["stripe-signature"] as string);
        response.end("{}");
      } catch {
        response.writeHead(500).end();
      }
    });
    this.#servers = [events, webhooks];
    const [eventsUrl, webhookUrl] = await Promise.all([listen(events), listen(webhooks)]);
    this.stripe = await startChecked({
      secretKey: process.env.STRIPE_SECRET_KEY,
      publishableKey: process.env.STRIPE_PUBLISHABLE_KEY,
      webhookUrl,
      webhookSecret: process.env.STRIPE_WEBHOOK_SECRET,
    });
    process.env.STRIPE_API_BASE = this.stripe.url;
    inngest.setEnvVars({ ...process.env, INNGEST_BASE_URL: eventsUrl });
    const base = new URL(this.stripe.url);
    this.stripeSdk = new Stripe(this.stripe.secretKey, {
      host: base.hostname,
      port: base.port,
      protocol: "http",
      telemetry: false,
      maxNetworkRetries: 0,
    });
  }

  async stop(): Promise<void> {
    await this.stripe.close();
    for (const server of this.#servers) {
      server.closeAllConnections();
      server.close();
    }
  }

  /** What the stand-in was asked: `POST /v1/payment_intents` and so on. */
  async requests(
    method: string,
    path: RegExp,
  ): Promise<
    { method: string; path: string; idempotencyKey: string | null; params: Record<string, unknown>; status: number }[]
  > {
    const { data } = (await (await fetch(`${this.stripe.url}/_sandbox/requests`)).json()) as {
      data: {
        method: string;
        path: string;
        idempotencyKey: string | null;
        params: Record<string, unknown>;
        status: number;
      }[];
    };
    return data.filter((r) => r.method === method && path.test(r.path));
  }

  async fault(fault: Record<string, unknown>): Promise<void> {
    const answer = await fetch(`${this.stripe.url}/_sandbox/faults`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(fault),
    });
    if (!answer.ok) throw new Error(await answer.text());
  }

  async clearFaults(): Promise<void> {
    await fetch(`${this.stripe.url}/_sandbox/faults`, { method: "DELETE" });
  }

  /**
   * Runs what fell due at Stripe, then handles every event that was sent, until nothing is left.
   * @returns whether there was any
   */
  async drain(): Promise<boolean> {
    for (let round = 0; round < 100; round++) {
      await fetch(`${this.stripe.url}/_sandbox/run-due`, { method: "POST" });
      const batch = this.#queue.splice(0);
      if (batch.length === 0) return round > 0;
      await Promise.all(batch.map((event) => this.#handle(event).catch(() => undefined)));
    }
    throw new Error("events without end");
  }

  /** When something falls due at Stripe next. */
  async dueAtStripe(): Promise<Date | null> {
    const { nextDueAt } = await this.stripe.participant.due();
    return nextDueAt ? new Date(nextDueAt) : null;
  }

  /** Forgets the events that wait: they were lost on the way. */
  loseEvents(): void {
    this.#queue = [];
  }

  async #handle(event: AppEvent): Promise<void> {
    if (event.name === "balance/low")
      await evaluateTenant(event.data.tenantId as TenantId, event.data.trigger as Trigger);
    else if (event.name === "stripe/event.received") await handleStripeEvent(event.data.eventId as StripeEventId);
    else if (event.name === "dunning/started") await takeOver(event.data.tenantId as TenantId, event.data.caseId);
    else if (event.name === "dunning/method.added")
      await methodAdded(event.data.tenantId as TenantId, event.data.paymentMethodId as PaymentMethodId);
  }

  /** What the jobs of every few minutes, and those of every hour, do. */
  async sweep(): Promise<void> {
    await resolveUnresolved();
    await resolveChanges(1_000);
    await resolveInvoices();
    await renewFree(1_000);
    await carryOutPending(1_000);
    await runDunning();
    for (const tenantId of await listDue(now(), 1_000)) await evaluateTenant(tenantId, "sweep");
    for (const eventId of await listUnhandled(1_000)) await handleStripeEvent(eventId).catch(() => undefined);
    await this.drain();
  }

  /** Lets time pass in steps, sweeping after each in which something happened, at the end, and once a day at least. */
  async pass(minutes: number, stepMinutes = 5): Promise<void> {
    let sinceSweep = 0;
    for (let left = minutes; left > 0; left -= stepMinutes) {
      const step = Math.min(stepMinutes, left);
      setClockForTests(new Date(now().getTime() + step * MINUTE_MS));
      sinceSweep += step;
      const happened = await this.drain();
      const isLast = left <= stepMinutes;
      if (!happened && !isLast && stepMinutes >= COARSE_MINUTES && sinceSweep < DAY_MINUTES) continue;
      await this.sweep();
      sinceSweep = 0;
    }
  }

  async customer(balanceMinor = 60_000): Promise<Customer> {
    const tenantId = await systemDb().transaction((tx) =>
      createTenant(tx, {
        slug: `t-${newId()}`,
        name: "Test",
        currency: toCurrency("USD"),
        timeZone: "America/New_York",
      }),
    );
    const customer = new Customer(this, tenantId);
    if (balanceMinor !== 0) await customer.credit(balanceMinor);
    this.loseEvents();
    return customer;
  }
}

/** Call at the top of a `*.db.test.ts` file, after `useTestDatabase()`. */
export function useWorld(): World {
  const world = new World();
  beforeAll(() => world.start());
  afterEach(expectNoViolations);
  afterAll(() => world.stop());
  return world;
}
