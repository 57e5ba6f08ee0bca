import type Stripe from "stripe";

/** What an account sells, and on which terms; the same for every history. */
export interface Catalogue {
  customers: string[];
  /** Flat, weekly, in tiers, in packages, by usage. */
  prices: Stripe.Price[];
  coupons: string[];
  taxRates: string[];
}

export const EVENT = "calls";

/** Everybody uses something from the start. @throws when the stand-in refuses any of it */
export async function openShop(stripe: Stripe): Promise<Catalogue> {
  const meter = await stripe.billing.meters.create({
    display_name: "Calls",
    event_name: EVENT,
    default_aggregation: { formula: "sum" },
  });
  const { id: product } = await stripe.products.create({ name: "Robots" });
  const monthly = { currency: "usd", product, recurring: { interval: "month" as const } };
  const prices = [
    await stripe.prices.create({ ...monthly, unit_amount: 1_999 }),
    await stripe.prices.create({ ...monthly, unit_amount: 333, recurring: { interval: "week" } }),
    await stripe.prices.create({
      ...monthly,
      billing_scheme: "tiered",
      tiers_mode: "graduated",
      tiers: [
        { up_to: 2, unit_amount: 1_250, flat_amount: 99 },
        { up_to: "inf", unit_amount: 777 },
      ],
    }),
    await stripe.prices.create({ ...monthly, unit_amount: 700, transform_quantity: { divide_by: 3, round: "up" } }),
    await stripe.prices.create({
      ...monthly,
      unit_amount: 3,
      recurring: { interval: "month", usage_type: "metered", meter: meter.id },
    }),
  ];
  const coupons = [
    await stripe.coupons.create({ percent_off: 33.3, duration: "forever" }),
    await stripe.coupons.create({ amount_off: 777, currency: "usd", duration: "repeating", duration_in_months: 2 }),
    await stripe.coupons.create({ percent_off: 10, duration: "once" }),
  ];
  const taxRates = [
    await stripe.taxRates.create({ display_name: "Sales tax", inclusive: false, percentage: 8.875 }),
    await stripe.taxRates.create({ display_name: "VAT", inclusive: true, percentage: 21 }),
  ];
  const customers = [];
  for (const card of ["pm_card_visa", "pm_card_visa", "pm_card_chargeCustomerFail"]) {
    const customer = await stripe.customers.create({ email: "someone@acme.test", payment_method: card });
    const [method] = (await stripe.paymentMethods.list({ customer: customer.id })).data;
    await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: method?.id ?? "" } });
    await stripe.subscriptions.create({ customer: customer.id, items: [{ price: prices.at(-1)?.id ?? "" }] });
    customers.push(customer.id);
  }
  return {
    customers,
    prices,
    coupons: coupons.map(({ id }) => id),
    taxRates: taxRates.map(({ id }) => id),
  };
}
