import { now } from "@/lib/clock";
import { env } from "@/lib/env";
import type { TenantId } from "@/lib/ids";
import { type Turns, takeTurns, turnAt, turnsWithin } from "@/lib/stripe/turns";
import { listDue } from "./sweep";

/** From one sweep to the next. */
const EVERY_MS = 5 * 60_000;
/** Ids only, but a job carries them from step to step: so many are a megabyte. */
const MOST = 30_000;
/** What is to begin so soon begins now: a charge waits for its turn anyway. */
const SOON_MS = 1_000;

/** What a sweep hands out, the most urgent first, and its turns. `isAll`: nothing is left for the next one. */
export type HandOut = { due: TenantId[]; turns: Turns; isAll: boolean };

/** Takes as much of what is due by `until` as Stripe takes until the next sweep. */
export async function takeDue(until: Date): Promise<HandOut> {
  const most = Math.min(MOST, turnsWithin(EVERY_MS, env().STRIPE_WRITES_PER_SECOND));
  const due = await listDue(until, most);
  return { due, turns: await takeTurns("sweep", due.length), isAll: due.length < most };
}

/** When one of them is to begin, as milliseconds since 1970 on the product's clock; null: at once. @param index counts from 0 */
export function beginsAt({ turns }: HandOut, index: number): number | null {
  const at = turnAt(turns, index);
  return at > now().getTime() + SOON_MS ? at : null;
}
