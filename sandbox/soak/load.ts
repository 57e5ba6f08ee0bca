import { setTimeout as pause } from "node:timers/promises";
import { Random } from "../simulator/random";
import type { Asked } from "./asked";
import type { Fleet } from "./fleet";
import { MIXTURE, WEIGHTS } from "./mixture";
import type { LoadedTenant } from "./tenants";

/** Beyond this nobody begins anything: callers of a slow server wait too. */
const MOST_OPEN = 120;

export type Deed = { name: string; tenant: number; random: Random };

/** What is done, one after the other: the seed decides all of it. */
export function* deeds(seed: string, tenants: number): Generator<Deed, never> {
  const random = new Random(`${seed}/deeds`);
  for (let nth = 0; ; nth++) {
    const name = random.weighted(WEIGHTS);
    yield { name, tenant: random.between(0, tenants - 1), random: new Random(`${seed}/deed ${nth}`) };
  }
}

type Load = { seed: string; rate: number; durationMs: number; stripeUrl: string };

/**
 * Begins so many deeds a second, whether those before have ended or not.
 * @returns how many were begun, and how many had to wait because too many were under way
 */
export async function underLoad(
  load: Load,
  tenants: readonly LoadedTenant[],
  fleet: Fleet,
  asked: Asked,
): Promise<{ begun: number; late: number }> {
  const startedAt = performance.now();
  let [begun, late] = [0, 0];
  for (const { name, tenant, random } of deeds(load.seed, tenants.length)) {
    const waitMs = startedAt + (begun * 1_000) / load.rate - performance.now();
    if (waitMs > 0) await pause(waitMs);
    if (asked.open >= MOST_OPEN) late++;
    while (asked.open >= MOST_OPEN) await pause(20);
    if (performance.now() - startedAt >= load.durationMs) break;
    const of = tenants[tenant];
    const deed = MIXTURE[name];
    if (of && deed) asked.begin(name, deed.act({ random, of, fleet, stripeUrl: load.stripeUrl }));
    begun++;
  }
  return { begun, late };
}
