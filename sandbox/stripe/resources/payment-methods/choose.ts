import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest } from "../../http/errors";
import type { Call } from "../../http/route";
import { resolveMethod } from "./attach";
import { mintFromData } from "./mint";
import type { MethodData } from "./parameters";

interface Choice {
  payment_method?: string | undefined;
  payment_method_data?: MethodData | undefined;
  payment_method_options?: { us_bank_account?: { verification_method?: string | undefined } | undefined } | undefined;
}

/** The method given with the confirmation, or the one the intent has. @throws StripeFailure */
export function chosenMethod(
  account: Account,
  current: string | null,
  given: Choice,
  call: Call,
): Stripe.PaymentMethod | null {
  if (given.payment_method && given.payment_method_data) {
    throw invalidRequest("You can only provide one of the following parameters: payment_method, payment_method_data.", {
      param: "payment_method",
    });
  }
  const verifiedByBank =
    call.publishable && given.payment_method_options?.us_bank_account?.verification_method === "instant";
  if (given.payment_method_data)
    return mintFromData(account, given.payment_method_data, call.publishable ? "browser" : "server", verifiedByBank);
  const id = given.payment_method ?? current;
  return id ? resolveMethod(account, id) : null;
}
