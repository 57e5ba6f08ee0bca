import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import Stripe from "stripe";
import { afterAll, afterEach, beforeAll } from "vitest";
import { closePools } from "@/db/client";
import { functions } from "@/inngest";
import { inngest } from "@/inngest/client";
import { now, setClockForTests } from "@/lib/clock";
import { newId } from "@/lib/ids";
import { receiveStripeEvent } from "@/lib/webhooks/receive";
import { advanceClock } from "../clock/advance";
import type { MoveNote, Participant } from "../clock/participant";
import { type Executor, startExecutor } from "../inngest/server";
import { startTestServer, type TestServer } from "../inngest/testing/app";
import type { Moving } from "../inngest/time/move";
import type { RunningStripe } from "../stripe/server";
import { expectNoViolations, startChecked } from "../stripe/testing/checked";
import { renewDatabase } from "./database";

async function listen(server: Server): Promise<string> {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function bodyOf(request: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

/**
 * The jobs hear of one move for the whole life, so that crons which foresee nothing are not made to look at the end of each part
 * of it; what the story does between two parts is news to them.
 */
class LongMove {
  #told = 0;
  readonly #name = newId();
  constructor(private readonly end: string) {}

  part({ participant }: Executor): Participant {
    const before = this.#told + 1;
    const long = (note?: MoveNote): Moving => {
      this.#told = before + (note?.stirred ?? 0);
      return { id: this.#name, until: Date.parse(this.end), stirred: this.#told };
    };
    return {
      name: "jobs",
      due: async (note) => participant.due(long(note)),
      runDue: (note) => participant.runDue(long(note)),
    };
  }
}

/** What goes wrong with webhooks, as the stand-in's `POST /_sandbox/faults` has it. */
export type WebhookFault = { duplicate?: number; shuffle?: boolean; delayMs?: number; drop?: number };

/**
 * The whole product as it runs: every job of `inngest/index.ts` by its crons and events in the embedded executor, webhooks by the
 * stand-in over HTTP, a real database. Nothing is run by the test but the clock.
 */
export class LiveWorld {
  stripe!: RunningStripe;
  stripeSdk!: Stripe;
  #executor: Executor | null = null;
  #life: LongMove | null = null;
  #jobs!: TestServer;
  #webhooks!: Server;

  async start(): Promise<void> {
    this.#webhooks = createServer(async (request, response) => {
      try {
        await receiveStripeEvent(await bodyOf(request), request.headers["stripe-signature"] as string);
        response.end("{}");
      } catch {
        response.writeHead(500).end();
      }
    });
    this.#jobs = await startTestServer();
    this.stripe = await startChecked({
      secretKey: process.env.STRIPE_SECRET_KEY,
      publishableKey: process.env.STRIPE_PUBLISHABLE_KEY,
      webhookUrl: await listen(this.#webhooks),
      webhookSecret: process.env.STRIPE_WEBHOOK_SECRET,
    });
    process.env.STRIPE_API_BASE = this.stripe.url;
    const { hostname, port } = new URL(this.stripe.url);
    this.stripeSdk = new Stripe(this.stripe.secretKey, {
      host: hostname,
      port,
      protocol: "http",
      telemetry: false,
      maxNetworkRetries: 0,
    });
  }

  /** Begins a life: nothing has happened, and the clock stands at an instant. */
  async begin({ from, to }: { from: string; to: string }, fault: WebhookFault | null = null): Promise<void> {
    await this.#end();
    await closePools();
    await renewDatabase();
    setClockForTests(from);
    this.#life = new LongMove(to);
    await this.#ask("POST", "reset");
    this.#executor = await startExecutor({
      databaseUrl: String(process.env.DATABASE_URL),
      appUrl: this.#jobs.url,
    });
    process.env.INNGEST_BASE_URL = this.#executor.url;
    inngest.setEnvVars(process.env);
    this.#jobs.serve(inngest, [...functions]);
    await this.#registered();
    // Payouts to the seller's bank are no part of a customer's life.
    await this.ask("settings", { payouts: "manual" });
    if (fault) await this.ask("faults", { webhooks: fault });
  }

  async #registered(): Promise<void> {
    for (let looks = 0; looks < 1_000; looks++) {
      const { functions: known } = (await (await fetch(`${this.#executor?.url}/dev`)).json()) as {
        functions: unknown[];
      };
      if (known.length > 0) return;
      await new Promise((later) => setTimeout(later, 10));
    }
    throw new Error("the jobs were never registered");
  }

  /** Asks the stand-in for something that a bank or a customer does. */
  ask = (what: string, body: unknown) => this.#ask("POST", what, body);

  async #ask(method: string, what: string, body: unknown = {}): Promise<void> {
    const answer = await fetch(`${this.stripe.url}/_sandbox/${what}`, {
      method,
      headers: { "content-type": "application/json" },
      ...(method === "POST" && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(await answer.text());
  }

  /** Lets time pass up to an instant: everything that falls due on the way happens at its time. */
  async until(at: Date | string): Promise<void> {
    if (!this.#executor || !this.#life) throw new Error("no life has begun");
    const parts = [this.stripe.participant, this.#life.part(this.#executor)];
    const { warning } = await advanceClock(new Date(at), parts);
    if (warning) throw new Error(warning);
  }

  /** Lets everything come to rest at the present instant. */
  rest = () => this.until(now());

  /** Runs that failed for good: function and error. */
  async failedRuns(): Promise<string[]> {
    const answer = await fetch(`${this.#executor?.url}/_sandbox/runs?limit=3000`);
    const { data } = (await answer.json()) as { data: { function: string; status: string; error?: unknown }[] };
    return data
      .filter(({ status }) => status === "failed")
      .map((run) => `${run.function}: ${JSON.stringify(run.error)}`);
  }

  async #end(): Promise<void> {
    await this.#executor?.close();
    this.#executor = null;
  }

  async stop(): Promise<void> {
    await this.#end();
    await this.stripe.close();
    await this.#jobs.kill();
    this.#webhooks.closeAllConnections();
    this.#webhooks.close();
    setClockForTests(null);
  }
}

/** Call at the top of a `*.db.test.ts` file, after `useTestDatabase()`. */
export function useLiveWorld(): LiveWorld {
  const world = new LiveWorld();
  beforeAll(() => world.start());
  afterEach(() => void expectNoViolations());
  afterAll(() => world.stop());
  return world;
}
