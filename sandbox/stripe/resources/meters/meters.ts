import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest, resourceMissing } from "../../http/errors";
import { newId } from "../../state/ids";
import { emit } from "../../webhooks/events";

type Meter = Stripe.Billing.Meter;

/** @throws StripeFailure 404 */
export function existingMeter(account: Account, id: string, param = "id"): Meter {
  const meter = account.tables.meters.get(id);
  if (!meter) throw resourceMissing("billing meter", id, param);
  return meter;
}

/** The active meter that counts events of a name. */
export function activeMeter(account: Account, eventName: string): Meter | null {
  for (const meter of account.tables.meters.oldestFirst()) {
    if (meter.status === "active" && meter.event_name === eventName) return meter;
  }
  return null;
}

/** Two active meters cannot count the same events. @throws StripeFailure 400 */
function checkNameIsFree(account: Account, eventName: string): void {
  if (!activeMeter(account, eventName)) return;
  throw invalidRequest(`An active meter already exists with the event name "${eventName}".`, { param: "event_name" });
}

interface MeterInput {
  display_name: string;
  event_name: string;
  default_aggregation: { formula: "count" | "last" | "sum" };
  customer_mapping?: { event_payload_key: string } | undefined;
  event_time_window?: "day" | "hour" | undefined;
  value_settings?: { event_payload_key: string } | undefined;
}

/** @throws StripeFailure 400 when an active meter has the event's name */
export function createMeter(account: Account, given: MeterInput): Meter {
  checkNameIsFree(account, given.event_name);
  const at = account.nowUnix();
  const meter = {
    id: newId("mtr_test"),
    object: "billing.meter",
    created: at,
    customer_mapping: {
      event_payload_key: given.customer_mapping?.event_payload_key ?? "stripe_customer_id",
      type: "by_id",
    },
    default_aggregation: given.default_aggregation,
    display_name: given.display_name,
    event_name: given.event_name,
    event_time_window: given.event_time_window ?? null,
    livemode: false,
    status: "active",
    status_transitions: { deactivated_at: null },
    updated: at,
    value_settings: { event_payload_key: given.value_settings?.event_payload_key ?? "value" },
  } satisfies Meter;
  account.tables.meters.put(meter);
  emit(account, "billing.meter.created", meter);
  return meter;
}

export function renameMeter(account: Account, meter: Meter, displayName: string | undefined): Meter {
  const next = { ...meter, display_name: displayName ?? meter.display_name, updated: account.nowUnix() };
  emit(account, "billing.meter.updated", account.tables.meters.put(next), meter);
  return next;
}

/** From now on events for the meter are refused. @throws StripeFailure 400 when it is inactive already */
export function deactivateMeter(account: Account, meter: Meter): Meter {
  if (meter.status === "inactive") throw invalidRequest("This meter is already inactive.");
  const at = account.nowUnix();
  const next: Meter = { ...meter, status: "inactive", status_transitions: { deactivated_at: at }, updated: at };
  emit(account, "billing.meter.deactivated", account.tables.meters.put(next), meter);
  return next;
}

/** @throws StripeFailure 400 when it is active already, or another active meter has taken its event's name */
export function reactivateMeter(account: Account, meter: Meter): Meter {
  if (meter.status === "active") throw invalidRequest("This meter is already active.");
  checkNameIsFree(account, meter.event_name);
  const transitions = { deactivated_at: null };
  const next: Meter = { ...meter, status: "active", status_transitions: transitions, updated: account.nowUnix() };
  emit(account, "billing.meter.reactivated", account.tables.meters.put(next), meter);
  return next;
}
