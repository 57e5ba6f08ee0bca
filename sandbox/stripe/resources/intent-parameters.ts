import { boolean, clearable, clearableText, loose, oneOf, strict, text, texts } from "../http/parameters";
import { mandateData } from "./mandates/mandates";
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

export const methodOptions = strict({
  card: strict({
    capture_method: clearableText.optional(),
    network: text.optional(),
    request_three_d_secure: oneOf("any", "automatic", "challenge").optional(),
    require_cvc_recollection: boolean.optional(),
    setup_future_usage: clearable(usage).optional(),
    mandate_options: loose.optional(),
  }).optional(),
  us_bank_account: strict({
    financial_connections: loose.optional(),
    mandate_options: loose.optional(),
    setup_future_usage: clearable(usage).optional(),
    verification_method: oneOf("automatic", "instant", "microdeposits").optional(),
  }).optional(),
  link: loose.optional(),
});

/** What every confirmation may carry. */
export const confirmation = {
  mandate_data: clearable(mandateData).optional(),
  payment_method: text.optional(),
  payment_method_data: paymentMethodData.optional(),
  payment_method_options: methodOptions.optional(),
  return_url: text.optional(),
  use_stripe_sdk: boolean.optional(),
};
