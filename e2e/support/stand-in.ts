import type Stripe from "stripe";
import { demo, usesStripeItself } from "./demo";
import { stripeSecretKey } from "./demo-files";

export interface StripeRequest {
  method: string;
  path: string;
  idempotencyKey: string | null;
  params: Record<string, unknown>;
  status: number | null;
}

async function control<T>(call: string, body?: unknown): Promise<T> {
  const [method = "GET", path] = call.split(" ");
  const answer = await fetch(`${demo().stripe.url}/_sandbox/${path}`, {
    method,
    headers: { "content-type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${call}: ${await answer.text()}`);
  return (await answer.json()) as T;
}

async function moveClock(move: { advance: string } | { to: string }): Promise<void> {
  const { warning } = await control<{ now: string; warning?: string }>("POST clock", move);
  if (warning) throw new Error(`the clock was moved (${JSON.stringify(move)}), but: ${warning}`);
}

/** Moves the app, the jobs and the stand-in together. @param by such as `"3d"` */
export const advance = (by: string): Promise<void> => moveClock({ advance: by });

/** As `advance`, to an instant of the future. */
export const advanceTo = (at: Date): Promise<void> => moveClock({ to: at.toISOString() });

/** The time in the demo. */
export const demoTime = async (): Promise<Date> => new Date((await control<{ now: string }>("GET clock")).now);

export const setFault = (fault: Record<string, unknown>) => control("POST faults", fault);
export const clearFaults = () => control("DELETE faults");

/** What the stand-in was asked, oldest first. */
export async function stripeRequests(method: string, path: string): Promise<StripeRequest[]> {
  const { data } = await control<{ data: StripeRequest[] }>("GET requests");
  return data.filter((request) => request.method === method && request.path === path);
}

/** Requests for a charge of this customer. */
export const chargeRequests = async (customer: string): Promise<StripeRequest[]> =>
  (await stripeRequests("POST", "/v1/payment_intents")).filter(({ params }) => params.customer === customer);

/** How often Stripe was asked to charge this customer. The stand-in records what it was asked; Stripe shows what became of it. */
export const timesCharged = async (customer: string): Promise<number> =>
  (usesStripeItself() ? await paymentIntents(customer) : await chargeRequests(customer)).length;

/** A payment that somebody takes at Stripe, past the product. @returns the PaymentIntent's id */
export async function payPast(customer: string, amountMinor: number): Promise<string> {
  const answer = await fetch(`${demo().stripe.url}/v1/payment_intents`, {
    method: "POST",
    headers: { authorization: `Bearer ${stripeSecretKey()}` },
    body: new URLSearchParams({
      amount: String(amountMinor),
      currency: "usd",
      customer,
      payment_method: "pm_card_visa",
      confirm: "true",
      "automatic_payment_methods[enabled]": "true",
      "automatic_payment_methods[allow_redirects]": "never",
    }),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return ((await answer.json()) as Stripe.PaymentIntent).id;
}

/** Every PaymentIntent of a customer as Stripe has it, newest first. */
export async function paymentIntents(customer: string): Promise<Stripe.PaymentIntent[]> {
  const answer = await fetch(`${demo().stripe.url}/v1/payment_intents?customer=${customer}&limit=100`, {
    headers: { authorization: `Bearer ${stripeSecretKey()}` },
  });
  if (!answer.ok) throw new Error(await answer.text());
  return ((await answer.json()) as { data: Stripe.PaymentIntent[] }).data;
}

/** Those that took money. */
export const paidIntents = async (customer: string): Promise<Stripe.PaymentIntent[]> =>
  (await paymentIntents(customer)).filter(({ status }) => status === "succeeded");
