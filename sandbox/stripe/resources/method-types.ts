import type Stripe from "stripe";
import { unsupported } from "../http/errors";

/** What the account offers: cards everywhere, US bank accounts in dollars. */
const OFFERED = ["card", "us_bank_account"] as const;
/** What it takes besides, when it is asked for by name. */
const ON_DEMAND = ["sepa_debit"] as const;
/** Of those that pay in one currency only. */
const CURRENCY: Record<string, string> = { sepa_debit: "eur", us_bank_account: "usd" };

function fits(type: string, currency: string | null): boolean {
  // A set-up has no currency; SEPA debits are not set up.
  if (currency === null) return type !== "sepa_debit";
  return CURRENCY[type] === undefined || CURRENCY[type] === currency;
}
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
  const types = [...OFFERED, ...ON_DEMAND].filter(
    (type) =>
      wanted.some((name) => name === type) &&
      !choice.excluded_payment_method_types?.includes(type) &&
      fits(type, currency),
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
