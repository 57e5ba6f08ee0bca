import { openContract, type Violation } from "../contract/contract";
import { Recorder } from "../contract/recorder";
import { summary } from "../contract/violations";
import { listTriggers } from "./command";
import { whyOutside } from "./scope";
import { type TriggerResult, tryTrigger } from "./try-trigger";

const AT_ONCE = 2;

export interface SuiteResult {
  /** Every trigger the CLI offers. */
  all: string[];
  /** Those that were run, in the CLI's order. */
  results: TriggerResult[];
  /** What was answered or told that Stripe's types do not have; null when there was nothing. */
  violations: string | null;
}

/**
 * Runs the triggers that are asked of the stand-in.
 * @param words parts of names; none stands for all
 * @param tell called after each
 */
export async function runSuite(
  cli: string,
  home: string,
  words: string[],
  tell: (result: TriggerResult) => void,
): Promise<SuiteResult> {
  const found: Violation[] = [];
  const inspector = new Recorder(await openContract((violation) => found.push(violation)));
  const all = await listTriggers(cli, home);
  const asked = all.filter((trigger) => !whyOutside(trigger));
  const chosen = words.length > 0 ? asked.filter((trigger) => words.some((word) => trigger.includes(word))) : asked;
  const waiting = [...chosen];
  const results: TriggerResult[] = [];
  const worker = async () => {
    for (let trigger = waiting.shift(); trigger; trigger = waiting.shift()) {
      const result = await tryTrigger({ cli, home, inspector }, trigger);
      results.push(result);
      tell(result);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  inspector.check();
  results.sort((a, b) => chosen.indexOf(a.trigger) - chosen.indexOf(b.trigger));
  return { all, results, violations: found.length > 0 ? summary(found) : null };
}
