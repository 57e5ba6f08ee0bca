import { boolean, clearable, notSupportedMembers, oneOf, strict, text, texts } from "../http/parameters";
import { mandateData } from "./mandates/mandates";
import { notOfferedMembers } from "./not-offered";
import { paymentMethodData } from "./payment-methods/parameters";

/** What payment and set-up intents have in common. */
export const methodChoice = {
  allowed_payment_method_types: texts.optional(),
  excluded_payment_method_types: clearable(texts).optional(),
  payment_method_types: texts.optional(),
};

export const automaticPaymentMethods = strict({
  enabled: boolean,
  allow_redirects: oneOf("always", "never").optional(),
});

const usage = oneOf("none", "off_session", "on_session");
const ifAvailable = oneOf("if_available", "never");

export const methodOptions = strict({
  ...notOfferedMembers,
  ...notSupportedMembers("sepa_debit"),
  card: strict({
    capture_method: clearable(oneOf("manual")).optional(),
    network: text.optional(),
    request_multicapture: ifAvailable.optional(),
    request_three_d_secure: oneOf("any", "automatic", "challenge").optional(),
    require_cvc_recollection: boolean.optional(),
    setup_future_usage: clearable(usage).optional(),
    ...notSupportedMembers(
      "cvc_token",
      "installments",
      "mandate_options",
      "moto",
      "payment_details",
      "request_decremental_authorization",
      "request_extended_authorization",
      "request_incremental_authorization",
      "request_overcapture",
      "setup_credential_usage",
      "statement_descriptor_suffix_kana",
      "statement_descriptor_suffix_kanji",
      "stored_credential_usage",
      "three_d_secure",
    ),
  }).optional(),
  us_bank_account: strict({
    financial_connections: strict({
      filters: strict({ account_subcategories: texts.optional() }).optional(),
      permissions: texts.optional(),
      prefetch: texts.optional(),
      return_url: text.optional(),
    }).optional(),
    mandate_options: strict({ collection_method: clearable(oneOf("paper")).optional() }).optional(),
    setup_future_usage: clearable(usage).optional(),
    verification_method: oneOf("automatic", "instant", "microdeposits").optional(),
    ...notSupportedMembers("networks", "target_date", "transaction_purpose"),
  }).optional(),
});

/** What every confirmation may carry. */
export const confirmation = {
  confirmation_token: text.optional(),
  mandate_data: clearable(mandateData).optional(),
  payment_method: text.optional(),
  payment_method_data: paymentMethodData.optional(),
  payment_method_options: methodOptions.optional(),
  return_url: text.optional(),
  use_stripe_sdk: boolean.optional(),
};
