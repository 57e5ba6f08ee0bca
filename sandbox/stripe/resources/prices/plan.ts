import type Stripe from "stripe";

/** A recurring price as the older Plans API shows it; null for a one-off. */
export function planOf(price: Stripe.Price): Stripe.Plan | null {
  const { recurring, transform_quantity: transform } = price;
  if (!recurring) return null;
  return {
    id: price.id,
    object: "plan",
    active: price.active,
    amount: price.unit_amount,
    amount_decimal: price.unit_amount_decimal,
    billing_scheme: price.billing_scheme,
    created: price.created,
    currency: price.currency,
    interval: recurring.interval,
    interval_count: recurring.interval_count,
    livemode: false,
    metadata: price.metadata,
    meter: recurring.meter,
    nickname: price.nickname,
    product: price.product,
    tiers_mode: price.tiers_mode,
    transform_usage: transform && { divide_by: transform.divide_by, round: transform.round },
    trial_period_days: recurring.trial_period_days,
    usage_type: recurring.usage_type,
  } satisfies Stripe.Plan;
}
