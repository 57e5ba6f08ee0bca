import type Stripe from "stripe";
import { methodTypesFor } from "../method-types";
import { shippingOf } from "./build";
import { methodOptionsOf } from "./method-options";
import type { ConfirmInput } from "./parameters";

type Options = Stripe.PaymentIntent.PaymentMethodOptions;

/** Options given with the confirmation, laid over those the intent had. */
function mergedOptions(types: string[], known: Options | null, given: ConfirmInput["payment_method_options"]): Options {
  if (!given) return known ?? {};
  const fresh = methodOptionsOf(types, given);
  const card = fresh.card && given.card ? { ...known?.card, ...fresh.card } : known?.card;
  const bank = fresh.us_bank_account && given.us_bank_account ? fresh.us_bank_account : known?.us_bank_account;
  return { ...(card && { card }), ...(bank && { us_bank_account: bank }) };
}

/** The intent as the confirmation and its token change it, before anything is asked of a bank. */
export function preparedIntent(
  intent: Stripe.PaymentIntent,
  given: ConfirmInput,
  token: Stripe.ConfirmationToken | null,
): Stripe.PaymentIntent {
  const allowed = given.allowed_payment_method_types ?? intent.allowed_payment_method_types;
  const excluded =
    given.excluded_payment_method_types === undefined
      ? intent.excluded_payment_method_types
      : given.excluded_payment_method_types;
  const chosen = given.allowed_payment_method_types ?? given.excluded_payment_method_types;
  const types = chosen
    ? methodTypesFor(
        { allowed_payment_method_types: allowed, excluded_payment_method_types: excluded },
        intent.currency,
      )
    : intent.payment_method_types;
  const shipping = given.shipping === undefined ? token?.shipping : given.shipping;
  const options = mergedOptions(types, intent.payment_method_options, given.payment_method_options);
  return {
    ...intent,
    allowed_payment_method_types: allowed,
    capture_method: given.capture_method ?? intent.capture_method,
    excluded_payment_method_types: excluded,
    payment_method_options: options,
    payment_method_types: types,
    receipt_email: given.receipt_email === undefined ? intent.receipt_email : given.receipt_email,
    setup_future_usage: given.setup_future_usage ?? token?.setup_future_usage ?? intent.setup_future_usage,
    shipping: shipping === undefined ? intent.shipping : shippingOf(shipping),
  };
}
