import type Stripe from "stripe";
import { unsupported } from "../http/errors";

/** What the account offers: cards everywhere, US bank accounts in dollars. */
const OFFERED = ["card", "us_bank_account"] as const;
export const CONFIGURATION_ID = "pmc_standinDefault000000000";

interface Choice {
  allowed_payment_method_types?: string[] | null | undefined;
  excluded_payment_method_types?: string[] | null | undefined;
  payment_method_types?: string[] | undefined;
}

/**
 * The types an intent may be paid with.
 * @param currency null for a set-up, which has none
 * @throws StripeFailure when nothing is left that the stand-in knows
 */
export function methodTypesFor(choice: Choice, currency: string | null): string[] {
  const wanted = choice.payment_method_types ?? choice.allowed_payment_method_types ?? OFFERED;
  const types = OFFERED.filter(
    (type) =>
      wanted.includes(type) &&
      !choice.excluded_payment_method_types?.includes(type) &&
      (type === "card" || currency === null || currency === "usd"),
  );
  if (types.length === 0) throw unsupported(`payments with only ${wanted.join(", ")}`, "allowed_payment_method_types");
  return types;
}

/**
 * Whether some type of payment might send the customer to another page, so that a return address is needed. Stripe asks for
 * it unless redirects are off or only types without one are allowed.
 */
export function mayRedirect(intent: Stripe.PaymentIntent | Stripe.SetupIntent): boolean {
  return intent.automatic_payment_methods?.allow_redirects === "always" && !intent.allowed_payment_method_types;
}
