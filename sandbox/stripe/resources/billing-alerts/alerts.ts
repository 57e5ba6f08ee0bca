import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest, resourceMissing } from "../../http/errors";
import { newId } from "../../state/ids";
import type { Row } from "../../state/table";
import { existingMeter } from "../meters/meters";
import { resolveCustomer } from "../payment-methods/attach";

type Alert = Stripe.Billing.Alert;

const MAX_PER_METER_AND_CUSTOMER = 25;

/** What an alert remembers that its object does not show. */
export interface AlertMemory extends Row {
  /** Usage reported before does not count; unix seconds. */
  since: number;
  /** Customers it has been raised for. */
  raisedFor: string[];
}

/** @throws StripeFailure 404 also for an archived one, which is out of the API */
export function existingAlert(account: Account, id: string): Alert {
  const alert = account.tables.billingAlerts.get(id);
  if (!alert || alert.status === "archived") throw resourceMissing("billing alert", id);
  return alert;
}

interface AlertInput {
  title: string;
  usage_threshold: {
    filters?: { customer?: string | undefined }[] | undefined;
    gte: number;
    meter: string;
    recurrence: "one_time";
  };
}

/** The only customer an alert watches, or null for all of them. */
export function watchedCustomer(alert: Alert): string | null {
  const customer = alert.usage_threshold?.filters?.[0]?.customer;
  return typeof customer === "string" ? customer : (customer?.id ?? null);
}

/** @throws StripeFailure 400, 404 for an unknown meter or customer */
export function createAlert(account: Account, { title, usage_threshold: given }: AlertInput): Alert {
  existingMeter(account, given.meter, "usage_threshold[meter]");
  const customer = given.filters?.[0]?.customer ?? null;
  if (customer) resolveCustomer(account, customer, "usage_threshold[filters][0][customer]");
  if (given.gte <= 0)
    throw invalidRequest("Invalid usage_threshold[gte]: must be greater than 0.", { param: "usage_threshold[gte]" });
  const alike = [...account.tables.billingAlerts.oldestFirst()].filter(
    (alert) =>
      alert.status !== "archived" &&
      alert.usage_threshold?.meter === given.meter &&
      watchedCustomer(alert) === customer,
  );
  if (alike.length >= MAX_PER_METER_AND_CUSTOMER)
    throw invalidRequest(`You can create at most ${MAX_PER_METER_AND_CUSTOMER} alerts for a meter and customer.`);
  const alert = {
    id: newId("alrt_test"),
    object: "billing.alert",
    alert_type: "usage_threshold",
    livemode: false,
    status: "active",
    title,
    usage_threshold: {
      filters: customer ? [{ customer, type: "customer" }] : [],
      gte: given.gte,
      meter: given.meter,
      recurrence: given.recurrence,
    },
  } satisfies Alert;
  account.tables.billingAlertMemory.put({ id: alert.id, since: account.nowUnix(), raisedFor: [] });
  return account.tables.billingAlerts.put(alert);
}

/** May be raised again, for every customer. */
export function activateAlert(account: Account, alert: Alert): Alert {
  if (alert.status === "active") throw invalidRequest("This alert is already active.");
  account.tables.billingAlertMemory.patch(alert.id, { raisedFor: [] });
  return account.tables.billingAlerts.put({ ...alert, status: "active" });
}

export function deactivateAlert(account: Account, alert: Alert): Alert {
  if (alert.status === "inactive") throw invalidRequest("This alert is already inactive.");
  return account.tables.billingAlerts.put({ ...alert, status: "inactive" });
}

export function archiveAlert(account: Account, alert: Alert): Alert {
  return account.tables.billingAlerts.put({ ...alert, status: "archived" });
}
