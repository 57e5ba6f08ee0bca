import type Stripe from "stripe";
import type { Account } from "../account";
import { presentEvent } from "./events";

const KEPT = 256;
const bodies = new WeakMap<Account, Map<string, Buffer>>();

/**
 * The event as text, written once for all its endpoints, copies and attempts that come soon after each other.
 * @param version the one the endpoint was made for, which the event carries; null for the account's own
 */
export function bodyFor(account: Account, event: Stripe.EventBase, version: string | null): Buffer {
  const recent = bodies.get(account) ?? new Map<string, Buffer>();
  bodies.set(account, recent);
  const key = `${event.id} ${version ?? ""}`;
  const known = recent.get(key);
  if (known) return known;
  const shown = { ...presentEvent(account, event), api_version: version ?? event.api_version };
  const body = Buffer.from(JSON.stringify(shown, null, 2));
  recent.set(key, body);
  for (const oldest of recent.keys()) {
    if (recent.size <= KEPT) break;
    recent.delete(oldest);
  }
  return body;
}
