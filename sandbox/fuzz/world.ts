import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { eq } from "drizzle-orm";
import { closePools, systemDb } from "@/db/client";
import { memberships, tenants, users } from "@/db/schema";
import { seed } from "@/db/seed";
import { OPERATOR } from "@/db/seed/characters";
import { inngest } from "@/inngest/client";
import { now, setClockForTests } from "@/lib/clock";
import { runDunning } from "@/lib/dunning/run";
import { createFront, drain } from "@/lib/http/front";
import { newId } from "@/lib/ids";
import { resolveInvoices } from "@/lib/invoices/resolve-all";
import { evaluateTenant } from "@/lib/recharge/evaluate";
import { resolveUnresolved } from "@/lib/recharge/resolve-all";
import { listDue } from "@/lib/recharge/sweep";
import { carryOutPending } from "@/lib/subscriptions/carry-out";
import { resolveChanges } from "@/lib/subscriptions/resolve-changes";
import { handleStripeEvent } from "@/lib/webhooks/handle";
import { listUnhandled } from "@/lib/webhooks/inbox";
import { makeHistory } from "../demo/history";
import type { RunningStripe } from "../stripe/server";
import { startChecked } from "../stripe/testing/checked";
import type { Owned } from "./callers";

const STEP_MS = 10 * 60_000;
const MANY = 1_000;
const KEPT_OPEN_MS = 120_000;
const WEBHOOK_PATH = "/api/v1/billing/webhooks/stripe";

async function listen(answer: RequestListener): Promise<{ server: Server; url: string }> {
  const server = createServer(answer);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

type Webhook = { body: string; signature: string };

/**
 * The product as production serves it, on a database with the demo's companies and people, one of them with a past. Nothing happens
 * by itself: webhooks wait and jobs rest until {@link settle}, so that whatever changes in between is the doing of the request.
 */
export class World {
  url = "";
  #stripe!: RunningStripe;
  #servers: Server[] = [];
  #front!: Server;
  #webhooks: Webhook[] = [];

  /** Reads the configuration, so nothing of the product may have been asked for it before. */
  static async start(): Promise<World> {
    const world = new World();
    const webhooks = await listen(async (request, response) => {
      world.#webhooks.push({ body: await bodyOf(request), signature: String(request.headers["stripe-signature"]) });
      response.end("{}");
    });
    // Events are lost: the sweeps find what they were about.
    const events = await listen(async (request, response) => {
      const sent = JSON.parse(await bodyOf(request)) as unknown[];
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ ids: sent.map(() => newId()), status: 200 }));
    });
    world.#stripe = await startChecked({
      secretKey: String(process.env.STRIPE_SECRET_KEY),
      publishableKey: String(process.env.STRIPE_PUBLISHABLE_KEY),
      webhookUrl: webhooks.url,
      webhookSecret: String(process.env.STRIPE_WEBHOOK_SECRET),
    });
    process.env.STRIPE_API_BASE = world.#stripe.url;
    inngest.setEnvVars({ ...process.env, INNGEST_BASE_URL: events.url });
    world.#servers = [webhooks.server, events.server];
    // What is not the API's is Next's, which is not asked here.
    world.#front = createFront((_request, response) => void response.writeHead(404, { "x-next": "1" }).end());
    // On a busy machine the next request may be long in coming.
    world.#front.keepAliveTimeout = KEPT_OPEN_MS;
    await new Promise<void>((done) => world.#front.listen(0, "127.0.0.1", done));
    world.url = `http://127.0.0.1:${(world.#front.address() as AddressInfo).port}`;
    await seed(String(process.env.DATABASE_URL));
    await makeHistory();
    // The past was made on the real clock, and time must not go back behind it.
    setClockForTests(now());
    await world.settle();
    return world;
  }

  /** Webhooks arrive, jobs run, ten minutes pass. */
  async settle(): Promise<void> {
    await this.#deliver();
    setClockForTests(new Date(now().getTime() + STEP_MS));
    await resolveUnresolved();
    await resolveChanges(MANY);
    await resolveInvoices();
    await carryOutPending(MANY);
    await runDunning();
    for (const tenantId of await listDue(now(), MANY)) await evaluateTenant(tenantId, "sweep");
    await this.#deliver();
  }

  async #deliver(): Promise<void> {
    await this.#stripe.participant.runDue();
    for (const { body, signature } of this.#webhooks.splice(0)) {
      const headers = { "stripe-signature": signature };
      const answer = await fetch(this.url + WEBHOOK_PATH, { method: "POST", body, headers });
      if (!answer.ok) throw new Error(`a webhook was answered ${answer.status}`);
    }
    for (const eventId of await listUnhandled(MANY)) await handleStripeEvent(eventId);
  }

  /** The companies, that with a past first, each with its owner and with the operator acting on it. */
  async owned(): Promise<Owned[]> {
    const [operator] = await systemDb().select().from(users).where(eq(users.email, OPERATOR.email));
    const rows = await systemDb()
      .select({ slug: tenants.slug, tenantId: tenants.tenantId, userId: users.userId, email: users.email })
      .from(tenants)
      .innerJoin(memberships, eq(memberships.tenantId, tenants.tenantId))
      .innerJoin(users, eq(users.userId, memberships.userId))
      .where(eq(memberships.role, "owner"));
    const order = ["northwind", "acme", "initech"];
    return rows
      .filter(({ slug }) => order.includes(slug))
      .sort((a, b) => order.indexOf(a.slug) - order.indexOf(b.slug))
      .map(({ slug, tenantId, userId, email }) => ({
        name: slug,
        userId,
        scope: { tenantId, role: "owner", userId, actor: email, scopes: [] },
        operator: { tenantId, role: "operator", userId: operator?.userId ?? null, actor: OPERATOR.email, scopes: [] },
      }));
  }

  async stop(): Promise<void> {
    await drain(this.#front);
    await this.#stripe.close();
    for (const server of this.#servers) {
      server.closeAllConnections();
      server.close();
    }
    await closePools();
    setClockForTests(null);
  }
}
