import type Stripe from "stripe";
import type { Account } from "../account";
import { API_VERSION } from "../http/version";
import { newId } from "../state/ids";
import { changedMembers } from "./changes";
import { queueDelivery } from "./delivery";

const KEPT_SECONDS = 30 * 86_400;
/** Most events remembered, so that a long run does not fill the memory. */
export const KEPT_EVENTS = 20_000;

/** Events are listed for 30 days, and forgotten then, with what is left of their deliveries. */
function forgetOld(account: Account): void {
  const { events, deliveries } = account.tables;
  const since = Math.floor(account.worldMs() / 1000) - KEPT_SECONDS;
  for (const event of events.oldestFirst()) {
    if (events.size < KEPT_EVENTS && event.created >= since) return;
    for (const delivery of deliveries.whose("event", event.id).oldestFirst()) deliveries.delete(delivery.id);
    events.delete(event.id);
  }
}

/** Whether an endpoint asked for an event. */
function wants(endpoint: Stripe.WebhookEndpoint, type: string): boolean {
  return (
    endpoint.status === "enabled" && (endpoint.enabled_events.includes("*") || endpoint.enabled_events.includes(type))
  );
}

/**
 * Records an event and queues it for every endpoint that wants it.
 * @param before the object as it was, for `…updated` events
 */
export function emit(account: Account, type: Stripe.Event["type"], object: object, before?: object): void {
  const { tables } = account;
  forgetOld(account);
  const endpoints = [...tables.endpoints.oldestFirst()].filter((endpoint) => wants(endpoint, type));
  const event = {
    id: newId("evt"),
    object: "event",
    api_version: API_VERSION,
    created: Math.floor(account.worldMs() / 1000),
    data: { object, ...(before && { previous_attributes: changedMembers(before, object) }) },
    livemode: false,
    pending_webhooks: endpoints.length,
    request: account.request ?? { id: null, idempotency_key: null },
    type,
  } satisfies Stripe.EventBase;
  account.inspector?.emitted(event);
  tables.events.put(event);
  for (const endpoint of endpoints) queueDelivery(account, event.id, endpoint.id);
}

/** An event as it is now: with the number of endpoints that have not got it. */
export function presentEvent(account: Account, event: Stripe.EventBase): Stripe.EventBase {
  const missing = [...account.tables.deliveries.whose("event", event.id).oldestFirst()].length;
  return { ...event, pending_webhooks: missing };
}
