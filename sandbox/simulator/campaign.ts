import type { Result } from "./run";
import type { Workers } from "./workers";

export type Campaign = { done: number; steps: number; payments: number; failed: { result: Result; after: number }[] };

type Rules = {
  /** Goes on after a failure. */
  keepGoing: boolean;
  /** So many of the first runs are made twice. */
  twice: number;
  /** A mistake that the product makes; see bugs/bugs.ts. */
  bug: string | null;
  hear?: (result: Result, after: number) => void;
};

/** Lives the stories of seeds, as many at once as there are workers, up to the first failure unless told otherwise. */
export async function campaign(workers: Workers, seeds: readonly string[], rules: Rules): Promise<Campaign> {
  const found: Campaign = { done: 0, steps: 0, payments: 0, failed: [] };
  const left = seeds.map((seed, place) => ({ seed, place }));
  const one = async ({ seed, place }: { seed: string; place: number }) => {
    const { result } = await workers.live({ seed, bug: rules.bug });
    if (place < rules.twice && (await workers.live({ seed, bug: rules.bug })).result.digest !== result.digest)
      result.violations.push("the same seed led to something else the second time: the simulator is not deterministic");
    found.done++;
    found.steps += result.steps;
    found.payments += result.charges;
    if (result.violations.length === 0) return;
    found.failed.push({ result, after: found.done });
    rules.hear?.(result, found.done);
  };
  const goOn = () => rules.keepGoing || found.failed.length === 0;
  await Promise.all(
    Array.from({ length: workers.count }, async () => {
      for (let next = left.shift(); next && goOn(); next = left.shift()) await one(next);
    }),
  );
  return found;
}
