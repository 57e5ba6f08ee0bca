import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import { closePools } from "@/db/client";
import { now } from "@/lib/clock";
import { Random } from "../simulator/random";
import { Asked } from "./asked";
import { Fleet } from "./fleet";
import { type Kill, killsOf } from "./kills";
import { underLoad } from "./load";
import { lookBack } from "./look-back";
import { saveRule } from "./money-deeds";
import type { SoakOptions } from "./options";
import { card, signIn } from "./other-deeds";
import type { SoakParts } from "./parts";
import { appIsReady, executorIsReady, Processes } from "./processes";
import type { Relay } from "./relay";
import { settle } from "./settle";
import type { Outcome } from "./tell";
import { drawTerms, type LoadedTenant, makeTenant } from "./tenants";
import { judge } from "./verdict";
import { Watch } from "./watch";

const TENANTS = 12;

type Soak = {
  options: SoakOptions;
  parts: SoakParts;
  processes: Processes;
  relay: Relay;
  fleet: Fleet;
  say: (line: string) => void;
};

/**
 * One soak, from the first process to the verdict. The environment has been set to that of `parts`.
 * @throws when something cannot be started; what had been started is ended
 */
export async function soak(
  options: SoakOptions,
  parts: SoakParts,
  relay: Relay,
  say: (line: string) => void,
  ending: AbortSignal,
): Promise<Outcome> {
  const processes = new Processes(parts, say);
  const urls = parts.instances.map(({ url }) => url);
  const fleet = new Fleet(urls, new Random(`${options.seed}/fleet`));
  ending.addEventListener("abort", () => void processes.stop());
  try {
    say("Starting …");
    await processes.startDatabase();
    await processes.startOthers();
    relay.serve(urls, new Random(`${options.seed}/relay`));
    return await live({ options, parts, processes, relay, fleet, say });
  } finally {
    relay.close();
    await closePools();
    await processes.stop();
  }
}

async function live({ options, parts, processes, relay, fleet, say }: Soak): Promise<Outcome> {
  const { addresses } = parts.settings;
  const sql = postgres(addresses.database, { max: 2, onnotice: () => {} });
  const asked = new Asked();
  const at = now();
  const stripeUrl = addresses.stripe;
  try {
    const tenants = await prepareTenants(options.seed, fleet, stripeUrl);
    const durationMs = options.minutes * 60_000;
    const watched = parts.instances.map(({ part, url }) => ({ name: part.name, url, hasMetrics: true }));
    const watch = new Watch(watched, processes.pidOf, sql);
    say(`${TENANTS} tenants; ${options.rate} deeds a second for ${options.minutes} minutes`);
    watch.start();
    const telling = setInterval(
      () => say(`  ${fleet.counts.answers} answers, ${asked.open} open; ${watch.present()}`),
      60_000,
    );
    const load = { seed: options.seed, rate: options.rate, durationMs, stripeUrl };
    const [{ begun, late }, kills] = await Promise.all([
      underLoad(load, tenants, fleet, asked).finally(() => watch.stop()),
      killAll(killsOf(parts.instances.length, parts.executors.length), durationMs, { parts, processes, fleet, say }),
    ]);
    clearInterval(telling);
    await asked.settled();

    say("The load is over; the dust settles …");
    await fetch(`${stripeUrl}/_sandbox/faults`, { method: "DELETE" });
    const restless = await settle(sql, stripeUrl, parts.executors, say);
    await processes.stopOthers();
    const looked = await lookBack(
      sql,
      parts.settings,
      tenants.map(({ tenant }) => tenant),
      asked.unanswered,
    );
    const names = parts.instances.map(({ part }) => part.name);
    const judged = judge(watch, names, durationMs, fleet.counts.answers / names.length);
    const unsteady = judged.flatMap(({ name, what, flatness }) =>
      flatness?.objection ? [`${what} of ${name}: ${flatness.objection}`] : [],
    );
    const violations = [...looked.violations, ...fleet.faults, ...(restless ? [restless] : []), ...unsteady];
    const { answers, duringKills, stripeAway } = fleet.counts;
    const counts = { begun, late, answers, duringKills, stripeAway, kills, events: relay.counts };
    return {
      options,
      at,
      ...counts,
      refusals: asked.refusals,
      latencies: fleet.latencies,
      judged,
      looked,
      violations,
    };
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Each has a card, a rule with consent, and somebody signed in. */
async function prepareTenants(seed: string, fleet: Fleet, stripeUrl: string): Promise<LoadedTenant[]> {
  const tenants: LoadedTenant[] = [];
  for (let index = 0; index < TENANTS; index++) {
    const random = new Random(`${seed}/tenant ${index}`);
    const of = await makeTenant(index, random, fleet);
    await card({ random, of, fleet, stripeUrl })();
    await saveRule(of, drawTerms(random));
    await signIn({ random, of, fleet, stripeUrl })();
    if (!of.cookie) throw new Error(`${of.email} could not sign in`);
    tenants.push(of);
  }
  return tenants;
}

/** @returns how many were killed */
async function killAll(
  kills: readonly Kill[],
  durationMs: number,
  { parts, processes, fleet, say }: Pick<Soak, "parts" | "processes" | "fleet" | "say">,
): Promise<number> {
  const startedAt = performance.now();
  let done = 0;
  for (const { at, part, index } of kills) {
    await pause(Math.max(0, startedAt + at * durationMs - performance.now()));
    const one = (part === "app" ? parts.instances : parts.executors)[index];
    if (!one) continue;
    say(`  ${one.part.name} is killed`);
    if (part === "app") fleet.away();
    await processes.kill(one, part === "app" ? appIsReady : executorIsReady);
    if (part === "app") fleet.back();
    done++;
  }
  return done;
}
