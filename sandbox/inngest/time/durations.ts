import ms from "ms";

const YEAR_MS = 365 * 86_400_000;

/**
 * Length of a duration as the SDK writes it: "1d", "4w", "2h30m10s".
 * @returns milliseconds
 * @throws when it cannot be read
 */
export function durationMs(text: string): number {
  const parts = text.match(/[\d.]+[a-z]+/g) ?? [];
  const total = parts.reduce((sum, part) => sum + (ms(part as ms.StringValue) ?? Number.NaN), 0);
  if (parts.length === 0 || parts.join("") !== text || !Number.isFinite(total)) {
    throw new Error(`cannot read the duration "${text}"`);
  }
  return total;
}

/**
 * When something described by a duration or an ISO instant falls due.
 * @param spec duration, ISO instant, or nothing (a year: the longest the server waits)
 * @param fromMs the instant durations count from, milliseconds since the epoch
 */
export function dueAtMs(spec: unknown, fromMs: number): number {
  if (spec === undefined || spec === null || spec === "") return fromMs + YEAR_MS;
  if (typeof spec !== "string") throw new Error(`cannot read the duration ${JSON.stringify(spec)}`);
  return /^\d{4}-\d\d-\d\dT/.test(spec) ? Date.parse(spec) : fromMs + durationMs(spec);
}
