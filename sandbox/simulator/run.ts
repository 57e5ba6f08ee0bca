import { systemDb } from "@/db/client";
import { currencyOf } from "@/lib/balance/currency";
import { now } from "@/lib/clock";
import { newId } from "@/lib/ids";
import { toCurrency } from "@/lib/money/currency";
import { syncCatalogue } from "@/lib/plans/sync";
import { createTenant } from "@/lib/tenants/commands";
import { checkAll } from "./checks/all";
import { OF_PLANS, RECURRING } from "./recurring";
import { performDeed } from "./story/perform";
import type { Deed, Item, Story } from "./story/types";
import { SimulatedTenant } from "./tenant";
import type { Machine, World } from "./world";

const MINUTE_MS = 60_000;
/** While nothing else is to be done, what waits may wait so long: requests that time out, timers. */
const SOON_MS = 2 * MINUTE_MS;
/** Minutes between looks while the dust settles: past leases, back-offs, days of banks and the week that a customer has. */
const WAITS = [3, 70, 26 * 60, 8 * 24 * 60, 26 * 60, 10, 5];
/** How often a recurring job is among those that ring. */
const LOOKED_AT: Record<(typeof RECURRING)[number], number> = {
  "sweep-balances": 0.8,
  "resolve-attempts": 0.7,
  "retry-failed": 0.5,
  "sweep-stripe-events": 0.4,
  "resolve-invoices": 0.2,
};

export type Result = {
  seed: string;
  violations: string[];
  digest: string;
  steps: number;
  charges: number;
  trace: string[];
};

/** Makes a tenant as the plan says, before anything goes wrong. */
async function settleIn(world: World, index: number): Promise<void> {
  const plan = world.story.tenants[index];
  if (!plan) return;
  const { timeZone, currency, creditMinor, cards, terms } = plan;
  const tenantId = await systemDb().transaction((tx) =>
    createTenant(tx, {
      slug: `simulated-${newId()}`,
      name: `Simulated ${index}`,
      currency: toCurrency(currency),
      timeZone,
    }),
  );
  // It is kept by the process; whether an earlier run has read it already must make no difference.
  await currencyOf(tenantId);
  world.tenants.push(new SimulatedTenant(index, tenantId, plan));
  if (plan.floorMinor !== null)
    await world.sql`update ledger_accounts set floor_minor = ${plan.floorMinor} where tenant_id = ${tenantId} and account = 'prepaid'`;
  const first: Deed[] = cards.map((literal) =>
    literal.startsWith("pm_usBank") ? { do: "bank", tenant: index, literal } : { do: "card", tenant: index, literal },
  );
  if (creditMinor > 0) first.push({ do: "adjust", tenant: index, amountMinor: creditMinor });
  if (terms) first.push({ do: "rule", tenant: index, terms });
  for (const deed of first) {
    await performDeed(world, deed);
    await world.drain(now().getTime() + SOON_MS);
  }
}

/** Time goes on to an instant, and what falls due happens at its own time. */
async function until(world: World, ms: number): Promise<void> {
  for (;;) {
    const next = world.stripe.account.agenda.next(null)?.dueAtMs ?? Number.POSITIVE_INFINITY;
    await world.drain(Math.min(next, ms));
    const at = now().getTime();
    if (next > ms) {
      if (at < ms) world.scheduler.advance(ms - at);
      return;
    }
    if (at < next) world.scheduler.advance(next - at);
    await Promise.resolve();
    world.stripe.performDue();
  }
}

/** The recurring jobs ring at a few moments of a stretch of time, as after an executor that was down. */
async function pass(world: World, minutes: number, looks: number): Promise<void> {
  const endMs = now().getTime() + minutes * MINUTE_MS;
  const moments = Array.from({ length: looks }, () => now().getTime() + world.random.between(0, minutes * MINUTE_MS));
  for (const moment of moments.sort((a, b) => a - b)) {
    await until(world, moment);
    world.calls.askAgain();
    for (const job of RECURRING) if (world.random.chance(LOOKED_AT[job])) world.jobs.ring(job);
    if (world.story.plans) for (const job of OF_PLANS) if (world.random.chance(0.4)) world.jobs.ring(job);
    await world.drain(now().getTime() + SOON_MS);
  }
  await until(world, Math.max(endMs, now().getTime()));
}

async function happen(world: World, item: Item): Promise<void> {
  switch (item.do) {
    case "pass":
      world.scheduler.note(`PASS ${item.minutes} minutes, ${item.looks} looks`);
      return pass(world, item.minutes, item.looks);
    case "ring":
      world.scheduler.note(`RING ${item.job}`);
      return world.jobs.ring(item.job);
    case "fault":
      world.scheduler.note(`FAULT ${JSON.stringify(item.arm)}`);
      return world.scheduler.faults.arm(item.arm);
    case "outage":
      world.scheduler.note(`OUTAGE ${item.minutes} minutes`);
      world.scheduler.faults.outageUntilMs = now().getTime() + item.minutes * MINUTE_MS;
      return;
    default:
      return performDeed(world, item);
  }
}

/** Nothing is disturbed any more: every caller asks until it is answered, and the jobs ring until all is quiet. */
async function letDustSettle(world: World): Promise<void> {
  world.scheduler.note("THE DUST SETTLES");
  world.scheduler.faults.clear();
  world.jobs.mood = { twice: 0, again: 0, delayMs: 0 };
  world.webhooks.mood = { lost: 0, doubled: 0, delayMs: 0 };
  const [given] = await world.sql<{ back: boolean }[]>`select exists (select from refunds) as back`;
  const jobs = RECURRING.filter((job) => job !== "resolve-invoices" || given?.back);
  for (const [look, minutes] of WAITS.entries()) {
    world.calls.askAgain();
    await world.drain(now().getTime() + SOON_MS);
    await pass(world, minutes, 0);
    for (const job of jobs) if (look % 2 === 0 || job !== "sweep-stripe-events") world.jobs.ring(job);
    if (world.story.plans) for (const job of OF_PLANS) world.jobs.ring(job);
    await world.drain(now().getTime() + SOON_MS);
  }
}

/** Lives a story and looks at what came of it. */
export async function runStory(machine: Machine, story: Story): Promise<Result> {
  const world = await machine.begin(story);
  if (story.plans) await syncCatalogue([toCurrency("USD")]);
  for (const index of story.tenants.keys()) await settleIn(world, index);
  world.jobs.mood = story.executor;
  world.webhooks.mood = story.post;
  for (const item of story.items) {
    await happen(world, item);
    for (let step = 0; step < item.steps; step++) if (!(await world.scheduler.step(now().getTime() + SOON_MS))) break;
  }
  await letDustSettle(world);
  const charges = await checkAll(world);
  // The rows belong to what a seed decides as much as the order of things.
  const [rows] = await world.sql<{ all: string | null }[]>`
    select md5(string_agg(row, '' order by row)) as all from (
      select l::text as row from ledger_entries l union all select r::text from recharge_attempts r
      union all select d::text from recharge_decisions d union all select n::text from notifications n) as everything`;
  world.scheduler.note(`ROWS ${rows?.all}`);
  const { scheduler, violations } = world;
  return {
    seed: story.seed,
    violations,
    digest: scheduler.digest(),
    steps: scheduler.steps,
    charges,
    trace: scheduler.trace,
  };
}
