import type Stripe from "stripe";
import type { Account } from "../account";
import { API_VERSION } from "../http/version";
import { newId } from "../state/ids";
import { queueDelivery } from "./delivery";

const KEPT_SECONDS = 30 * 86_400;

/** Members that differ, with their old values: `previous_attributes` of an `…updated` event. */
function changedMembers(before: object, after: object): object {
  const old = Object.entries(before).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(Reflect.get(after, name)),
  );
  return Object.fromEntries(old);
}

/** Events are listed for 30 days, and forgotten then. */
function forgetOld(account: Account): void {
  for (const event of account.tables.events.oldestFirst()) {
    if (event.created >= account.nowUnix() - KEPT_SECONDS) return;
    account.tables.events.delete(event.id);
  }
}

/**
 * Records an event and queues it for every endpoint that wants it.
 * @param before the object as it was, for `…updated` events
 */
export function emit(account: Account, type: Stripe.Event["type"], object: object, before?: object): void {
  const { tables } = account;
  forgetOld(account);
  const id = newId("evt");
  const endpoints = [...tables.endpoints.oldestFirst()].filter(
    (endpoint) =>
      endpoint.status === "enabled" &&
      (endpoint.enabled_events.includes("*") || endpoint.enabled_events.includes(type)),
  );
  const event = {
    id,
    object: "event",
    api_version: API_VERSION,
    created: account.nowUnix(),
    data: { object, ...(before && { previous_attributes: changedMembers(before, object) }) },
    livemode: false,
    pending_webhooks: endpoints.length,
    request: account.request ?? { id: null, idempotency_key: null },
    type,
  } satisfies Stripe.EventBase;
  tables.events.put(event);
  for (const endpoint of endpoints) queueDelivery(account, event.id, endpoint.id);
}
