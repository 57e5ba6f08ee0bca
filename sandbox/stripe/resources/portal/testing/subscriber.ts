import type Stripe from "stripe";
import { customerWith, standIn } from "../../../testing/stand-in";

export type Features = Stripe.BillingPortal.ConfigurationCreateParams.Features;

/** A stand-in with a customer who has a plan. */
export async function subscriber() {
  const standin = await standIn();
  const { stripe } = standin;
  const { customer, payment_method } = await customerWith(stripe, "pm_card_visa");
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: payment_method } });
  const product = await stripe.products.create({ name: "Sailor" });
  const price = (unit_amount: number, interval: "month" | "year" = "month") =>
    stripe.prices.create({ product: product.id, unit_amount, currency: "usd", recurring: { interval } });
  const [small, large] = [await price(1_000), await price(3_000)];
  const subscription = await stripe.subscriptions.create({ customer, items: [{ price: small.id }] });
  async function open(features: Features, more: Partial<Stripe.BillingPortal.SessionCreateParams> = {}) {
    const configuration = await stripe.billingPortal.configurations.create({ features });
    return stripe.billingPortal.sessions.create({
      customer,
      configuration: configuration.id,
      return_url: "https://app.test/billing",
      ...more,
    });
  }
  return { ...standin, customer, product, small, large, subscription, open };
}

/** Opens a page, or sends its form. */
export async function page(url: string, fields?: Record<string, string>) {
  const response = await fetch(url, {
    redirect: "manual",
    ...(fields && { method: "POST", body: new URLSearchParams(fields) }),
  });
  return { status: response.status, location: response.headers.get("location") ?? "", text: await response.text() };
}
