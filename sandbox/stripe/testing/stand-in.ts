import Stripe from "stripe";
import { onTestFinished } from "vitest";
import type { RunningStripe, StripeOptions } from "../server";
import { expectNoViolations, startChecked } from "./checked";

/** A running stand-in with the official SDK as its client. */
export interface StandIn extends RunningStripe {
  stripe: Stripe;
  /** Asks a `/_sandbox` address. */
  control<T = Record<string, unknown>>(address: string, body?: unknown): Promise<T>;
  /** Moves the clock and waits until everything due has happened. */
  advance(duration: string): Promise<void>;
}

/** A property test leaves thousands of answers to be checked. */
const CHECK_LIMIT_MS = 60_000;

/** @param retries how often the SDK tries again by itself */
export function clientFor(url: string, secretKey: string, retries = 0): Stripe {
  const { hostname, port } = new URL(url);
  return new Stripe(secretKey, {
    host: hostname,
    port,
    protocol: "http",
    telemetry: false,
    maxNetworkRetries: retries,
    timeout: 5_000,
  });
}

/** Starts a stand-in that is stopped after the test. Whatever it says is held to Stripe's types, or the test fails. */
export async function standIn(options: StripeOptions & { retries?: number } = {}): Promise<StandIn> {
  const { retries, ...rest } = options;
  const started = await startChecked(rest);
  // Not a hook of this module: files share a process, and only the first to load it would have the hook.
  onTestFinished(async () => {
    await started.close();
    expectNoViolations();
  }, CHECK_LIMIT_MS);
  async function control<T>(address: string, body?: unknown): Promise<T> {
    const [method = "GET", path = ""] = address.split(" ");
    const response = await fetch(`${started.url}/_sandbox/${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as T;
    if (!response.ok) throw new Error(`${address}: ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  }
  return {
    ...started,
    stripe: clientFor(started.url, started.secretKey, retries),
    control,
    async advance(duration) {
      const moved = await control<{ warning?: string }>("POST clock", { advance: duration });
      if (moved.warning) throw new Error(moved.warning);
    },
  };
}

/** A payment that needs no return address. */
export const NO_REDIRECTS = { enabled: true, allow_redirects: "never" } as const;

/** The error a call ends with. @throws when it does not fail */
export async function failure(call: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError) return error;
    throw error;
  }
  throw new Error("the call was expected to fail");
}

/** The newest events' types, oldest first. */
export async function eventTypes(stripe: Stripe): Promise<string[]> {
  const events = await stripe.events.list({ limit: 100 });
  return events.data.map((event) => event.type).reverse();
}

/** A customer with a saved card or bank account. */
export async function customerWith(
  stripe: Stripe,
  method: string,
): Promise<{ customer: string; payment_method: string }> {
  const customer = await stripe.customers.create({});
  if (method.startsWith("pm_card_")) {
    const { id } = await stripe.paymentMethods.attach(method, { customer: customer.id });
    return { customer: customer.id, payment_method: id };
  }
  const intent = await stripe.setupIntents.create({
    customer: customer.id,
    confirm: true,
    payment_method: method,
    automatic_payment_methods: NO_REDIRECTS,
    mandate_data: { customer_acceptance: { type: "offline", offline: {} } },
  });
  return { customer: customer.id, payment_method: String(intent.payment_method) };
}

/** Charges a saved method the way a recharge does. */
export function chargeOffSession(
  stripe: Stripe,
  saved: { customer: string; payment_method: string },
  amount = 10_000,
  options?: Stripe.RequestOptions,
) {
  return stripe.paymentIntents.create(
    { amount, currency: "usd", ...saved, off_session: true, confirm: true, automatic_payment_methods: NO_REDIRECTS },
    options,
  );
}

interface BrowserAnswer<T> {
  status: number;
  body: T & { error?: { type: string; code?: string; message: string; payment_intent?: Stripe.PaymentIntent } };
}

/** What Stripe.js sends: form fields with the publishable key and a client secret. */
export async function browserPost<T extends object = Stripe.PaymentIntent>(
  standin: StandIn,
  path: string,
  fields: Record<string, string>,
): Promise<BrowserAnswer<T>> {
  const body = new URLSearchParams({ key: standin.publishableKey, ...fields });
  const response = await fetch(`${standin.url}${path}`, { method: "POST", body });
  return { status: response.status, body: (await response.json()) as BrowserAnswer<T>["body"] };
}

/** The customer presses a button on the bank's page. */
export async function answerChallenge(
  standin: StandIn,
  intent: { id: string; client_secret: string | null },
  outcome: "success" | "fail",
): Promise<void> {
  const query = new URLSearchParams({ client_secret: intent.client_secret ?? "" });
  const response = await fetch(`${standin.url}/challenge/${intent.id}?${query}`, {
    method: "POST",
    body: new URLSearchParams({ outcome }),
    redirect: "manual",
  });
  if (response.status >= 400) throw new Error(`the challenge page answered ${response.status}`);
}
