import type Stripe from "stripe";
import type { Account } from "../account";
import { invalidRequest, resourceMissing } from "../http/errors";
import { newId } from "../state/ids";
import type { Row } from "../state/table";

/** A 3-D Secure question that waits for the customer; its id is the intent's. */
export interface Challenge extends Row {
  method: string;
  returnUrl: string | null;
  /** Answered well, and waiting for a server that confirms by itself. */
  passed?: boolean;
}

interface NextAction {
  type: "redirect_to_url" | "use_stripe_sdk";
  redirect_to_url?: { return_url: string | null; url: string | null };
  use_stripe_sdk?: Record<string, unknown>;
}

/** Opens a challenge. With a return address and no Stripe.js the customer is sent to the bank's page, else a script shows it. */
export function openChallenge(
  account: Account,
  clientSecret: string,
  challenge: Challenge,
  useStripeSdk: boolean,
): NextAction {
  account.tables.challenges.put(challenge);
  const query = new URLSearchParams({ client_secret: clientSecret });
  const address = `${account.publicUrl}/challenge/${challenge.id}`;
  if (challenge.returnUrl && !useStripeSdk) {
    query.set("return_url", challenge.returnUrl);
    return {
      type: "redirect_to_url",
      redirect_to_url: { return_url: challenge.returnUrl, url: `${address}?${query}` },
    };
  }
  return {
    type: "use_stripe_sdk",
    use_stripe_sdk: {
      type: "three_d_secure_redirect",
      three_d_secure_2_source: newId("src"),
      stripe_js: `${address}?${query}`,
    },
  };
}

/** The intent a client secret opens. @throws StripeFailure 404 for an unknown intent, 400 for a wrong secret */
export function intentOfSecret(account: Account, clientSecret: string): Stripe.SetupIntent | Stripe.PaymentIntent {
  const id = clientSecret.split("_secret_")[0] ?? "";
  const intent = account.tables.setupIntents.get(id) ?? account.tables.paymentIntents.get(id);
  if (!intent) throw resourceMissing(id.startsWith("pi_") ? "payment_intent" : "setupintent", id, "intent");
  checkSecret(intent, clientSecret);
  return intent;
}

/** @throws StripeFailure 400 when a browser's secret is missing or another intent's */
export function checkSecret(intent: Stripe.SetupIntent | Stripe.PaymentIntent, clientSecret: string | null): void {
  if (intent.client_secret === clientSecret) return;
  const kind = intent.object;
  throw invalidRequest(
    `The client_secret provided does not match any associated ${kind === "setup_intent" ? "SetupIntent" : "PaymentIntent"} on this account. Ensure the client_secret was copied correctly.`,
    {
      code: `${kind}_invalid_parameter`,
      param: "client_secret",
    },
  );
}
