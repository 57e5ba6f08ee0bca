import { createHmac, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import path from "node:path";
import { createToken } from "@/lib/auth/tokens";
import { ACCOUNTS } from "../limit/postings";
import { inTurn, type Line, type World } from "../line";
import { load, requestBytes } from "../load";
import { type Running, startPlain, startProduct, startSink, startSyncEngine } from "../servers";
import { accounts } from "./postings";

const CONNECTIONS = 32;
const CALLERS = 200;
const API = "/api/v1/billing";

const any = <T>(list: T[]): T => list[Math.floor(Math.random() * list.length)] as T;
const json = { "content-type": "application/json" };
const account = () => 2 * Math.floor(Math.random() * ACCOUNTS) + 1;

let tokens: Promise<string[]> | undefined;
function callers(world: World): Promise<string[]> {
  tokens ??= accounts(world).then((scopes) =>
    Promise.all(
      scopes.slice(0, CALLERS).map(async (scope) => {
        const scopes = ["balance:read", "balance:write"] as const;
        const token = { name: "bench", role: "service" as const, scopes: [...scopes], expiresInDays: 1 };
        return (await createToken({ ...scope, role: "owner" }, token)).jwt;
      }),
    ),
  );
  return tokens;
}

/** @param ours @param theirs make one request after the other, as bytes */
function compared(
  name: string,
  title: string,
  goal: Line["goal"],
  requests: (world: World) => Promise<{ ours: () => string; theirs: () => string }>,
  startTheirs: () => Promise<Running> = startPlain,
): Line {
  return {
    name,
    title,
    goal,
    async measure(world) {
      if (!existsSync(path.resolve(import.meta.dirname, "../../.next/BUILD_ID")))
        return { left: "needs `npm run build`" };
      const { ours, theirs } = await requests(world);
      const sink = await startSink();
      const running: Running[] = [];
      try {
        const [product, other] = [await startProduct(sink.url), await startTheirs()];
        running.push(product, other);
        const run = ({ port }: Running, next: () => string) => load(port, CONNECTIONS, world.seconds, next);
        const runs = await inTurn(
          world.rounds,
          () => run(product, ours),
          () => run(other, theirs),
        );
        return { ...runs, unit: "requests/s" };
      } finally {
        for (const server of running) await server.stop();
        sink.close();
      }
    },
  };
}

function signed(): { headers: Record<string, string>; body: string } {
  const object = {
    id: `pi_${randomUUID()}`,
    object: "payment_intent",
    customer: `cus_${randomUUID()}`,
    status: "succeeded",
  };
  const at = Math.floor(Date.now() / 1_000);
  const body = JSON.stringify({
    id: `evt_${randomUUID()}`,
    object: "event",
    type: "payment_intent.succeeded",
    created: at,
    data: { object: { ...object, description: "x".repeat(2_000) } },
  });
  const signature = createHmac("sha256", String(process.env.STRIPE_WEBHOOK_SECRET))
    .update(`${at}.${body}`)
    .digest("hex");
  return { headers: { ...json, "stripe-signature": `t=${at},v1=${signature}` }, body };
}

const webhook = (target: string) => () => {
  const { headers, body } = signed();
  return requestBytes("POST", target, headers, body);
};

export const http: Line[] = [
  compared("api-debit", "API: debit ÷ plain Node with one posting", { least: 0.7 }, async (world) => {
    const jwts = await callers(world);
    return {
      ours: () => {
        const headers = { ...json, authorization: `Bearer ${any(jwts)}`, "idempotency-key": randomUUID() };
        return requestBytes("POST", `${API}/balance/debits`, headers, '{"amount":"1.00"}');
      },
      theirs: () =>
        requestBytes("POST", "/post", json, JSON.stringify({ account: account(), amount: 100, key: randomUUID() })),
    };
  }),
  compared("api-balance", "API: balance ÷ plain Node with one read", { least: 0.6 }, async (world) => {
    const jwts = await callers(world);
    return {
      ours: () => requestBytes("GET", `${API}/balance`, { authorization: `Bearer ${any(jwts)}` }),
      theirs: () => requestBytes("GET", `/read/${account()}`, {}),
    };
  }),
  compared(
    "webhook-plain",
    "webhook: verified, stored, told to the jobs ÷ plain Node, verified and stored",
    {},
    async (world) => {
      await accounts(world);
      await world.sql`create table if not exists bench.events (id text primary key, type text not null, body text not null)`;
      return { ours: webhook(`${API}/webhooks/stripe`), theirs: webhook("/webhook") };
    },
  ),
  compared(
    "webhook",
    "webhook: verified, stored, told to the jobs ÷ @supabase/stripe-sync-engine",
    { least: 1.5 },
    async () => ({ ours: webhook(`${API}/webhooks/stripe`), theirs: webhook("/webhook") }),
    startSyncEngine,
  ),
];
