import type { BillingError } from "./error";

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 8_000;
/** Longer than this nobody is made to wait inside a call: the error says when to come back. */
const LONGEST_RETRY_AFTER_MS = 60_000;

/** Calls that may be made twice: reads, those that set something, and every POST, for it carries an Idempotency-Key. */
const isRepeatable = (method: string) => method !== "PATCH";

/** Whether the same call can end otherwise, and does no harm when the first one was carried out after all. */
function isWorthwhile(method: string, { code, status }: BillingError): boolean {
  // Refused before anything was done.
  if (status === 429 || code === "idempotency_key_in_use") return true;
  return isRepeatable(method) && (status === 0 || status >= 500);
}

/**
 * How long to wait before a call is made again: as the server says, else twice as long each time, spread so that many callers do not
 * come back together.
 * @param tries how many were made
 * @param retryAfter the header in seconds, or null
 * @param random from 0 to 1
 * @returns milliseconds; null when it is not to be made again
 */
export function waitBeforeRetry(
  method: string,
  error: BillingError,
  tries: number,
  retryAfter: string | null,
  random: number,
): number | null {
  if (!isWorthwhile(method, error)) return null;
  const asked = retryAfter === null ? Number.NaN : Number(retryAfter) * 1_000;
  if (asked >= 0) return asked <= LONGEST_RETRY_AFTER_MS ? asked : null;
  const longest = Math.min(FIRST_WAIT_MS * 2 ** (tries - 1), LONGEST_WAIT_MS);
  return longest / 2 + (longest / 2) * random;
}
