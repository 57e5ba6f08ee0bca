/** Something measured at a moment. @property atMs since the load began */
export type Sample = { atMs: number; value: number };

export type Flatness = {
  /** Medians of the sixth after the warm-up and of the last sixth. */
  first: number;
  last: number;
  slopePerHour: number;
  /** What speaks against its being flat; null: nothing. */
  objection: string | null;
};

/**
 * The first third of a run is its warm-up: modules load, pools fill, the collector of garbage finds the size it wants.
 */
export const WARM_UP = 1 / 3;
const SIXTH = 1 / 6;
/** Below it, the sixths are too short for their medians to mean anything. */
const FEWEST_IN_A_SIXTH = 6;
const MOST_GROWTH = 1.1;

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/**
 * The median of the slopes between all pairs (Theil 1950, Sen 1968): a few outliers, such as moments before a collection of garbage,
 * do not move it. @returns units of the value per millisecond
 */
export function theilSen(samples: readonly Sample[]): number {
  const slopes = samples.flatMap((one, place) =>
    samples
      .slice(place + 1)
      .filter(({ atMs }) => atMs > one.atMs)
      .map(({ atMs, value }) => (value - one.value) / (atMs - one.atMs)),
  );
  return slopes.length === 0 ? 0 : median(slopes);
}

/**
 * Whether something stays as it is after the warm-up. Two ways to look at it, since each misses something: the medians miss what
 * grows slowly in a long run, the slope what jumps once.
 * @param totalMs how long the load lasted
 * @param mostPerHour the steepest slope that is no leak; what it is drawn from is the caller's to say
 * @returns null when there is too little to judge by
 */
export function judgeFlatness(samples: readonly Sample[], totalMs: number, mostPerHour: number): Flatness | null {
  const within = (from: number, to: number) =>
    samples.filter(({ atMs }) => atMs >= from * totalMs && atMs < to * totalMs);
  const values = (part: readonly Sample[]) => part.map(({ value }) => value);
  const afterWarmUp = within(WARM_UP, WARM_UP + SIXTH);
  const atEnd = within(1 - SIXTH, 1);
  if (Math.min(afterWarmUp.length, atEnd.length) < FEWEST_IN_A_SIXTH) return null;
  const [first, last] = [median(values(afterWarmUp)), median(values(atEnd))];
  const slopePerHour = theilSen(within(WARM_UP, 1)) * 3_600_000;
  const objections = [
    last > first * MOST_GROWTH && `it grew by ${Math.round((last / first - 1) * 100)} %`,
    slopePerHour > mostPerHour && `it grows by ${Math.round(slopePerHour)} an hour, ${Math.round(mostPerHour)} at most`,
  ].filter((text) => text !== false);
  return { first, last, slopePerHour, objection: objections.length > 0 ? objections.join("; ") : null };
}
