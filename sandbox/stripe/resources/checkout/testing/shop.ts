import type Stripe from "stripe";
import { eventTypes, type StandIn, standIn } from "../../../testing/stand-in";

export const URLS = {
  success_url: "https://app.test/done?session={CHECKOUT_SESSION_ID}",
  cancel_url: "https://app.test/back",
};
/** What a customer types. */
export const CARD = {
  cardNumber: "4242 4242 4242 4242",
  cardExpiry: "12 / 40",
  cardCvc: "123",
  billingName: "Olivia Stone",
};

/** A stand-in with something to sell. */
export async function shop() {
  const standin = await standIn();
  const { stripe } = standin;
  const product = await stripe.products.create({ name: "Robot arm" });
  const once = await stripe.prices.create({ product: product.id, unit_amount: 1_500, currency: "usd" });
  const monthly = await stripe.prices.create({
    product: product.id,
    unit_amount: 2_000,
    currency: "usd",
    recurring: { interval: "month" },
  });
  const coupon = await stripe.coupons.create({ percent_off: 20, duration: "forever" });
  const code = await stripe.promotionCodes.create({
    promotion: { type: "coupon", coupon: coupon.id },
    code: "WELCOME",
  });
  return { ...standin, product, once, monthly, coupon, code };
}

/** Sends the form of the page. */
export async function send(url: string | null, fields: Record<string, string>) {
  const response = await fetch(url ?? "", {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ act: "pay", ...fields }),
  });
  return { status: response.status, location: response.headers.get("location") ?? "", text: await response.text() };
}

/** Pays on the page, with a card unless told otherwise. */
export function pay(session: Stripe.Checkout.Session, fields: Record<string, string> = {}) {
  return send(session.url, { email: "olivia@acme.test", means: "card", ...CARD, ...fields });
}

/** The events of sessions, oldest first. */
export const checkoutEvents = async (standin: StandIn) =>
  (await eventTypes(standin.stripe)).filter((type) => type.startsWith("checkout."));
