/**
 * Parameters that the SDK's version has no more but the account's older default still takes: they are right as long as a request
 * names no version, as the Stripe CLI's do.
 */
const OLDER: Record<string, readonly string[]> = {
  "POST /v1/payment_intents": ["payment_method_types"],
  "POST /v1/payment_intents/:id": ["payment_method_types"],
  "POST /v1/payment_intents/:id/confirm": ["payment_method_types"],
  "POST /v1/setup_intents": ["payment_method_types"],
  "POST /v1/setup_intents/:id": ["payment_method_types"],
  "POST /v1/customers": ["coupon", "promotion_code"],
  "POST /v1/customers/:id": ["coupon", "promotion_code"],
  "POST /v1/promotion_codes": ["coupon"],
  "POST /v1/checkout/sessions": ["payment_method_types"],
};

/** @param address `POST /v1/payment_intents` @param parameter name at the top of the request */
export function takenByOlderVersions(address: string, parameter: string): boolean {
  return OLDER[address]?.includes(parameter) ?? false;
}

/** Required today; what stands in its place in a request of an older version. */
const INSTEAD: Record<string, Record<string, string>> = { "POST /v1/promotion_codes": { promotion: "coupon" } };

/** Whether a request of an older version may go without a parameter. @param given names at the top of the request */
export function replacedInOlderVersions(address: string, parameter: string, given: readonly string[]): boolean {
  return given.includes(INSTEAD[address]?.[parameter] ?? "");
}

/** Addresses that Stripe has and the SDK does not: the CLI pays a checkout session there. */
const BEYOND_THE_SDK = [/^\/v1\/payment_pages\/[^/]+(\/\w+)?$/];

/** @param path `/v1/payment_pages/cs_1/confirm`, or with `:id` */
export function isBeyondTheSdk(path: string): boolean {
  return BEYOND_THE_SDK.some((pattern) => pattern.test(path));
}
