import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beginsAt } from "@/lib/recharge/hand-out";
import { ask, Receiver, SECRET_KEY, startStandIn, stopStandIn } from "../child";
import { forEach, type Instance, startInstance } from "../instances";
import type { Line, World } from "../line";
import { startSink } from "../servers";
import { makeTenants } from "../tenants";

const ROUNDS = 3;
const INSTANCES = 2;
/** Jobs that run at once, as an executor allows them. */
const AT_ONCE = 32;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

type Requests = { data: { status: number }[] };

async function standInSetting(url: string, body: unknown): Promise<void> {
  const answer = await fetch(`${url}/_sandbox/settings`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(await answer.text());
}

/** One sweep, as the executor carries it out: each job begins at its turn, on one instance or the other. @returns charges per second */
async function sweep({ sql }: World, instances: readonly Instance[], due: number): Promise<number> {
  const [first] = instances;
  if (!first) throw new Error("there is no instance");
  const startedAt = performance.now();
  const handedOut = await first.call("due");
  if (handedOut.due.length !== due) throw new Error(`found ${handedOut.due.length} of ${due}`);
  const reasons = new Map<string, number>();
  await forEach(handedOut.due, AT_ONCE, async (tenantId, index) => {
    const at = beginsAt(handedOut, index);
    if (at !== null) await pause(at - Date.now());
    const reason = (await instances[index % instances.length]?.call("evaluate", tenantId)) ?? "no instance";
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  });
  const seconds = (performance.now() - startedAt) / 1_000;
  const [left] = await sql<{ open: number; low: number }[]>`select
    (select count(*)::int from recharge_attempts where state <> 'succeeded') as open,
    (select count(*)::int from ledger_accounts where needs_recharge) as low`;
  if (left?.open || left?.low) {
    const which =
      await sql`select state, failure_code, failure_message, trigger from recharge_attempts where state <> 'succeeded' limit 5`;
    const told = [...[...reasons].map((each) => each.join(" ")), JSON.stringify(which)].join("; ");
    throw new Error(`${left.open} charges did not succeed, ${left.low} balances are low: ${told}`);
  }
  return due / seconds;
}

async function measure(world: World, due: number, perSecond: number) {
  const folder = mkdtempSync(path.join(tmpdir(), "evenkeel-bench-"));
  const receiver = new Receiver();
  const [sink, standIn] = [await startSink(), await startStandIn(folder, await receiver.listen())];
  const env = {
    STRIPE_SECRET_KEY: SECRET_KEY,
    STRIPE_API_BASE: standIn.url,
    STRIPE_WRITES_PER_SECOND: String(perSecond),
    INNGEST_BASE_URL: sink.url,
  };
  const instances = Array.from({ length: INSTANCES }, () => startInstance(env));
  try {
    const each = (verb: "prepare" | "spend") =>
      forEach(
        tenants,
        AT_ONCE,
        ({ tenantId }, index) => instances[index % INSTANCES]?.call(verb, tenantId) as Promise<unknown>,
      );
    // What other lines left is not due.
    await world.sql`update ledger_accounts set recharge_below_minor = null where recharge_below_minor is not null`;
    const tenants = await makeTenants(world.sql, due);
    await each("prepare");
    // The test card is one card; a card of many customers would have used up its tries.
    await world.sql`update payment_methods set fingerprint = tenant_id::text`;
    await standInSetting(standIn.url, {
      rateLimits: { globalPerSecond: 2 * perSecond, endpointPerSecond: perSecond },
    });
    const ours: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await each("spend");
      await world.sql`update ledger_accounts set recharge_check_at = '-infinity' where needs_recharge`;
      ours.push(await sweep(world, instances, due));
    }
    const asked = JSON.parse(await ask(standIn.url, "/_sandbox/requests")) as Requests;
    const refused = asked.data.filter(({ status }) => status === 429).length;
    return {
      ours,
      theirs: ours.map(() => perSecond),
      unit: "charges/s",
      note: `two instances, one budget; ${refused} of ${ROUNDS * due} charges were answered 429 and asked for again at their next turn`,
    };
  } finally {
    await Promise.all(instances.map((instance) => instance.stop()));
    await stopStandIn(standIn.child);
    receiver.close();
    sink.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param perSecond Stripe's limit for what writes; reads have as much again */
const sweepLine = (name: string, due: number, perSecond: number): Line => ({
  name,
  title: `sweep: ${due.toLocaleString("en")} due balances to as many settled charges ÷ Stripe's limit of ${perSecond} a second`,
  goal: { least: 0.9, most: 1 },
  measure: (world) => measure(world, due, perSecond),
});

/** What live mode allows in all, and what it allows at one address unless more was asked for. */
export const sweeps: Line[] = [sweepLine("sweep", 1_000, 100), sweepLine("sweep-25", 250, 25)];
