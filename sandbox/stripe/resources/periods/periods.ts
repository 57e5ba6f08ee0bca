import { addIntervals, type Interval } from "./calendar";

export interface Recurrence {
  interval: Interval;
  interval_count: number;
}

/** The instant that all boundaries of a subscription's periods are counted from. */
export interface Anchor {
  /** Unix seconds, UTC. */
  unix: number;
  /** The day asked for by `billing_cycle_anchor_config`, which the anchor's own month may not have. */
  dayOfMonth?: number;
}

/** Unix seconds; the end is the start of the next one. */
export interface Period {
  start: number;
  end: number;
}

const ROUGH_SECONDS: Record<Interval, number> = { day: 86_400, week: 604_800, month: 2_629_746, year: 31_556_952 };

/**
 * The period of a recurrence that `unix` lies in: start ≤ unix < end. Works before the anchor too.
 * @see https://docs.stripe.com/billing/subscriptions/billing-cycle
 */
export function periodAround(anchor: Anchor, { interval, interval_count: count }: Recurrence, unix: number): Period {
  const boundary = (n: number) => addIntervals(anchor.unix, interval, n * count, anchor.dayOfMonth);
  let n = Math.floor((unix - anchor.unix) / (ROUGH_SECONDS[interval] * count));
  while (boundary(n) > unix) n -= 1;
  while (boundary(n + 1) <= unix) n += 1;
  return { start: boundary(n), end: boundary(n + 1) };
}

/** The first boundary after `fromUnix`: the end of the period that begins or goes on then. Unix seconds. */
export function nextPeriodEnd(anchorUnix: number, interval: Interval, intervalCount: number, fromUnix: number): number {
  return periodAround({ unix: anchorUnix }, { interval, interval_count: intervalCount }, fromUnix).end;
}
