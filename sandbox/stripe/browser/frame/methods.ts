import type { Intent } from "../../browser-api";
import type { FrameOptions, MethodType } from "../protocol";

const SUPPORTED: MethodType[] = ["card", "us_bank_account"];

function isSupported(type: string): type is MethodType {
  return SUPPORTED.some((supported) => supported === type);
}

/**
 * The methods to offer: those of the intent, or in the deferred flow those the page allows for its currency. ACH debits
 * exist in dollars only (docs.stripe.com/payments/ach-direct-debit).
 */
export function offeredMethods(options: FrameOptions, intent: Intent | null): MethodType[] {
  const { currency, allowedPaymentMethodTypes, excludedPaymentMethodTypes = [], element } = options;
  const inDollars = !currency || currency.toLowerCase() === "usd";
  const types = intent?.payment_method_types ?? allowedPaymentMethodTypes ?? SUPPORTED;
  const offered = types
    .filter(isSupported)
    .filter((type) => !excludedPaymentMethodTypes.includes(type))
    .filter((type) => intent !== null || type === "card" || inDollars);
  const order = element.paymentMethodOrder ?? SUPPORTED;
  const rank = (type: MethodType) => (order.includes(type) ? order.indexOf(type) : order.length);
  return offered.sort((a, b) => rank(a) - rank(b));
}

/** Whether there is nothing to pay, only a method to save. */
export function isSetUp(options: FrameOptions, intent: Intent | null): boolean {
  return intent ? intent.object === "setup_intent" : options.mode === "setup";
}

/** Whether the method is kept for later charges, which is when the customer has to agree to them. */
export function keepsMethod(options: FrameOptions, intent: Intent | null): boolean {
  if (intent) return intent.object === "setup_intent" || intent.setup_future_usage === "off_session";
  return options.mode !== "payment" || options.setupFutureUsage === "off_session";
}
