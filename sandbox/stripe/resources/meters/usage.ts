import type { Account } from "../../account";
import type { Usage } from "../meter-events/meter-events";

/** Everything a customer used within a time that was not cancelled, oldest first. */
export function usageWithin(
  account: Account,
  meterId: string,
  customerId: string,
  fromUnix: number,
  toUnix: number,
): Usage[] {
  const found: Usage[] = [];
  for (const usage of account.tables.meterEvents.whose("customer", customerId).oldestFirst()) {
    const matches = usage.meter === meterId && !usage.cancelled;
    if (matches && usage.timestamp >= fromUnix && usage.timestamp < toUnix) found.push(usage);
  }
  // Sorting keeps the order of arrival among events of the same second, so that `last` is the last one reported.
  return found.sort((a, b) => a.timestamp - b.timestamp);
}

/** What a meter makes of its events. */
export function aggregate(formula: string, events: readonly { value: number }[]): number {
  if (formula === "count") return events.length;
  if (formula === "last") return events.at(-1)?.value ?? 0;
  return events.reduce((total, event) => total + event.value, 0);
}

/**
 * What a customer owes for on a metered price: the meter's aggregation of a period.
 * @param fromUnix inclusive @param toUnix exclusive
 * @returns never less than 0, whatever was taken back
 * @see https://docs.stripe.com/billing/subscriptions/usage-based/recording-usage-api#usage-values
 */
export function usageOf(
  account: Account,
  meterId: string,
  customerId: string,
  fromUnix: number,
  toUnix: number,
): number {
  const meter = account.tables.meters.get(meterId);
  if (!meter) return 0;
  const events = usageWithin(account, meterId, customerId, fromUnix, toUnix);
  return Math.max(0, aggregate(meter.default_aggregation.formula, events));
}
