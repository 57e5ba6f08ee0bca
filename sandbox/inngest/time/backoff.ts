const SECOND = 1000;
const DAY = 86_400 * SECOND;

/** The server's own table: 15 s, 30 s, 1, 2, 5, 10, 20, 40 min, 1 h, 2 h. Its jitter (up to 30 s) is left out: here time should be predictable. */
const RETRY_TABLE_MS = [15, 30, 60, 120, 300, 600, 1200, 2400, 3600, 7200].map((seconds) => seconds * SECOND);

/** Real waits while nothing listens at the app's address. */
const UNREACHABLE_MS = [1, 2, 5].map((seconds) => seconds * SECOND);

/** Real wait before the first repetition of a call whose connection broke: about what a restarted app needs. */
export const BROKEN_CALL_MS = 2 * SECOND;

/**
 * How long to wait before the next attempt.
 * @param attempt the attempt that failed, from 0
 * @param retryAfter the SDK's `retry-after`: seconds, or an ISO instant on the product's clock
 * @returns milliseconds on the product's clock; a stated wait is kept between 1 s and 24 h
 */
export function retryDelayMs(attempt: number, retryAfter: string | null, nowMs: number): number {
  if (retryAfter) {
    const stated = /^\d+$/.test(retryAfter) ? Number(retryAfter) * SECOND : Date.parse(retryAfter) - nowMs;
    if (Number.isFinite(stated)) return Math.min(Math.max(stated, SECOND), DAY);
  }
  return RETRY_TABLE_MS[Math.min(attempt, RETRY_TABLE_MS.length - 1)] ?? 0;
}

/** @param refusals how often in a row the address refused @returns milliseconds of real time */
export function unreachableDelayMs(refusals: number): number {
  return UNREACHABLE_MS[Math.min(refusals, UNREACHABLE_MS.length - 1)] ?? SECOND;
}
