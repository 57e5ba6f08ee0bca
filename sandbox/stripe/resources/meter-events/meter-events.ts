import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest, resourceMissing } from "../../http/errors";
import { newId } from "../../state/ids";
import type { Row } from "../../state/table";
import { raiseAlerts } from "../billing-alerts/trigger";
import { activeMeter } from "../meters/meters";

const MINUTE = 60;
const DAY = 86_400;
const OLDEST_SECONDS = 35 * DAY;
const AHEAD_SECONDS = 5 * MINUTE;
const MAX_KEY_LENGTH = 100;

/** One meter event as the stand-in keeps it: what was used, when, and by whom. Its row has the identifier as its id. */
export interface Usage extends Row {
  event_name: string;
  meter: string;
  customer: string;
  /** Whole number; 0 where the meter counts events only. */
  value: number;
  /** Unix seconds of the use itself, as told. */
  timestamp: number;
  /** Unix seconds at which it was reported, whatever a test clock said. */
  receivedAt: number;
  cancelled: boolean;
}

interface EventInput {
  event_name: string;
  payload: Record<string, string>;
  identifier?: string | undefined;
  timestamp?: number | undefined;
}

function worldUnix(account: Account): number {
  return Math.floor(account.worldMs() / 1000);
}

/** What was reported under an identifier within the last day. Later, the identifier may come again. */
function reportedWithinDay(account: Account, identifier: string): Usage | null {
  const usage = account.tables.meterEvents.get(identifier);
  return usage && usage.receivedAt > worldUnix(account) - DAY ? usage : null;
}

function checkTimestamp(timestamp: number, nowUnix: number): void {
  if (timestamp < nowUnix - OLDEST_SECONDS)
    throw invalidRequest("Timestamp must be within the past 35 calendar days.", {
      param: "timestamp",
    });
  if (timestamp > nowUnix + AHEAD_SECONDS)
    throw invalidRequest("Timestamp must not be more than 5 minutes in the future.", {
      param: "timestamp",
    });
}

/** @throws StripeFailure 400 for a value that is missing or not a whole number */
function readValue(meter: Stripe.Billing.Meter, payload: Record<string, string>): number {
  const key = meter.value_settings.event_payload_key;
  const text = payload[key];
  if (meter.default_aggregation.formula === "count" && text === undefined) return 0;
  if (text === undefined)
    throw invalidRequest(`Invalid payload: the payload must contain the key "${key}".`, {
      param: "payload",
    });
  if (!/^[-+]?\d{1,15}$/.test(text))
    throw invalidRequest(`Invalid payload: the value of "${key}" must be a whole number.`, {
      param: `payload[${key}]`,
    });
  return Number(text);
}

function readCustomer(account: Account, meter: Stripe.Billing.Meter, payload: Record<string, string>): string {
  const key = meter.customer_mapping.event_payload_key;
  const id = payload[key];
  if (!id)
    throw invalidRequest(`Invalid payload: the payload must contain the key "${key}".`, {
      param: "payload",
    });
  const customer = account.tables.customers.get(id);
  if (!customer || customer.deleted)
    throw invalidRequest(`No such customer: '${id}'`, {
      code: "resource_missing",
      param: `payload[${key}]`,
    });
  return id;
}

/**
 * Reports usage. It counts at once; Stripe takes a while.
 * @throws StripeFailure 400 for an event nobody meters, a payload without customer or value, a time out of bounds, or an
 * identifier used within the last 24 hours
 * @see https://docs.stripe.com/billing/subscriptions/usage-based/recording-usage-api
 */
export function reportUsage(account: Account, given: EventInput): Stripe.Billing.MeterEvent {
  const at = account.nowUnix();
  const meter = activeMeter(account, given.event_name);
  if (!meter)
    throw invalidRequest(`No active meter found for event name "${given.event_name}".`, { param: "event_name" });
  const customer = readCustomer(account, meter, given.payload);
  const value = readValue(meter, given.payload);
  const timestamp = given.timestamp ?? at;
  checkTimestamp(timestamp, at);
  const identifier = given.identifier ?? newId("mtrevt");
  if (identifier.length > MAX_KEY_LENGTH)
    throw invalidRequest(`Invalid string: identifier; must be at most ${MAX_KEY_LENGTH} characters`, {
      param: "identifier",
    });
  if (reportedWithinDay(account, identifier))
    throw invalidRequest(`An event already exists with identifier ${identifier}.`, { param: "identifier" });
  const old = account.tables.meterEvents.get(identifier);
  if (old) account.tables.meterEvents.put({ ...old, id: newId("mtrevt") });
  account.tables.meterEvents.put({
    id: identifier,
    event_name: given.event_name,
    meter: meter.id,
    customer,
    value,
    timestamp,
    receivedAt: worldUnix(account),
    cancelled: false,
  });
  raiseAlerts(account, meter.id, customer);
  return {
    object: "billing.meter_event",
    created: at,
    event_name: given.event_name,
    identifier,
    livemode: false,
    payload: given.payload,
    timestamp,
  } satisfies Stripe.Billing.MeterEvent;
}

/**
 * Takes a reported use back, as if it had never been reported.
 * @throws StripeFailure 404 when nothing was reported under the identifier within 24 hours, 400 when it is taken back already
 */
export function cancelUsage(
  account: Account,
  eventName: string,
  identifier: string,
): Stripe.Billing.MeterEventAdjustment {
  const usage = reportedWithinDay(account, identifier);
  if (!usage || usage.event_name !== eventName)
    throw resourceMissing("billing meter event", identifier, "cancel[identifier]");
  if (usage.cancelled)
    throw invalidRequest(`The meter event with identifier ${identifier} has already been canceled.`, {
      param: "cancel[identifier]",
    });
  account.tables.meterEvents.put({ ...usage, cancelled: true });
  return {
    object: "billing.meter_event_adjustment",
    cancel: { identifier },
    event_name: eventName,
    livemode: false,
    status: "complete",
    type: "cancel",
  } satisfies Stripe.Billing.MeterEventAdjustment;
}
