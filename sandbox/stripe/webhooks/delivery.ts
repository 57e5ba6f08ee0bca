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
const KEPT_DONE = 10_000;

export function queueDelivery(account: Account, event: string, endpoint: string): void {
  const table = account.tables.deliveries;
  for (const row of table.oldestFirst()) {
    if (table.size < KEPT_DONE || row.state === "pending") break;
    table.delete(row.id);
  }
  const at = account.nowMs();
  const id = newId("whd");
  table.put({ id, event, endpoint, attempts: 0, state: "pending", dueAtMs: at, firstAtMs: at, lastOutcome: null });
  account.outbox.add(id);
}

/** The delivery after one more attempt. @param nowMs moved clock */
export function afterAttempt(delivery: Delivery, delivered: boolean, outcome: string, nowMs: number): Delivery {
  const tried = { ...delivery, attempts: delivery.attempts + 1, lastOutcome: outcome };
  if (delivered) return { ...tried, state: "delivered" };
  const pause = RETRY_AFTER_MS[Math.min(delivery.attempts, RETRY_AFTER_MS.length - 1)] ?? HOUR_MS;
  const dueAtMs = nowMs + pause;
  return dueAtMs - delivery.firstAtMs > GIVE_UP_AFTER_MS ? { ...tried, state: "failed" } : { ...tried, dueAtMs };
}
