import type Stripe from "stripe";
import type { Account } from "../../account";
import { emit } from "../../webhooks/events";
import { aggregate, usageWithin } from "../meters/usage";
import { watchedCustomer } from "./alerts";

/**
 * Tells of every alert whose threshold a customer has reached, once per alert and customer. Only usage counts that is newer
 * than the alert.
 * @see https://docs.stripe.com/billing/subscriptions/usage-based/alerts
 */
export function raiseAlerts(account: Account, meterId: string, customerId: string): void {
  const formula = account.tables.meters.get(meterId)?.default_aggregation.formula ?? "sum";
  for (const alert of [...account.tables.billingAlerts.oldestFirst()]) {
    const memory = account.tables.billingAlertMemory.get(alert.id);
    const threshold = alert.usage_threshold;
    if (!memory || threshold?.meter !== meterId || alert.status !== "active") continue;
    if (![null, customerId].includes(watchedCustomer(alert)) || memory.raisedFor.includes(customerId)) continue;
    const events = usageWithin(account, meterId, customerId, memory.since, Number.POSITIVE_INFINITY);
    const value = aggregate(formula, events);
    if (value < threshold.gte) continue;
    account.tables.billingAlertMemory.put({ ...memory, raisedFor: [...memory.raisedFor, customerId] });
    emit(account, "billing.alert.triggered", {
      object: "billing.alert_triggered",
      alert,
      created: account.nowUnix(),
      customer: customerId,
      livemode: false,
      value,
    } satisfies Stripe.Billing.AlertTriggered);
  }
}
