import type { Account } from "../account";
import { newId } from "../state/ids";
import type { Row } from "../state/table";

/** One event on its way to one endpoint. */
export interface Delivery extends Row {
  event: string;
  endpoint: string;
  /** Attempts made so far. */
  attempts: number;
  state: "pending" | "delivered" | "failed" | "dropped";
  /** When it is tried next, in milliseconds of the moved clock. */
  dueAtMs: number;
  firstAtMs: number;
  /** What the endpoint last answered: a status, or why there was none. */
  lastOutcome: string | null;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Pauses between attempts; the last one repeats. Stripe documents "exponential back off" for "up to three days". */
const RETRY_AFTER_MS = [
  10_000,
  MINUTE_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  12 * HOUR_MS,
];
const GIVE_UP_AFTER_MS = 72 * HOUR_MS;
/** How many deliveries that were made are remembered. */
export const KEPT_DELIVERED = 10_000;

export function queueDelivery(account: Account, event: string, endpoint: string): void {
  const at = account.worldMs();
  const id = newId("whd");
  const delivery: Delivery = {
    id,
    event,
    endpoint,
    attempts: 0,
    state: "pending",
    dueAtMs: at,
    firstAtMs: at,
    lastOutcome: null,
  };
  account.outbox.add(account.tables.deliveries.put(delivery));
}

/** The delivery after one more attempt. @param nowMs moved clock */
export function afterAttempt(delivery: Delivery, delivered: boolean, outcome: string, nowMs: number): Delivery {
  const tried = { ...delivery, attempts: delivery.attempts + 1, lastOutcome: outcome };
  if (delivered) return { ...tried, state: "delivered" };
  const pause = RETRY_AFTER_MS[Math.min(delivery.attempts, RETRY_AFTER_MS.length - 1)] ?? HOUR_MS;
  const dueAtMs = nowMs + pause;
  return dueAtMs - delivery.firstAtMs > GIVE_UP_AFTER_MS ? { ...tried, state: "failed" } : { ...tried, dueAtMs };
}

/** Writes an attempt down. What has been delivered is kept apart, so that only what is missing is ever looked through. */
export function recordAttempt(account: Account, next: Delivery): void {
  const { deliveries, delivered } = account.tables;
  // Gone with its event or in a reset: nothing is left to write down.
  if (!deliveries.get(next.id)) return;
  if (next.state !== "delivered") {
    deliveries.put(next);
    if (next.state === "pending") account.outbox.add(next);
    return;
  }
  deliveries.delete(next.id);
  delivered.put(next);
  for (const oldest of delivered.oldestFirst()) {
    if (delivered.size <= KEPT_DELIVERED) return;
    delivered.delete(oldest.id);
  }
}
