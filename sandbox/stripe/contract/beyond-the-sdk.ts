import type { FormTree, FormValue } from "../http/form";

/** What a parameter of older versions is called today. */
type Today = (value: FormValue) => FormTree;

const gone: Today = () => ({});

/**
 * Parameters that the SDK's version has no more but the account's older default still takes: they are right as long as a request
 * names no version, as the Stripe CLI's do.
 */
const OLDER: Record<string, Record<string, Today>> = {
  "POST /v1/payment_intents": { payment_method_types: gone },
  "POST /v1/payment_intents/:id": { payment_method_types: gone },
  "POST /v1/payment_intents/:id/confirm": { payment_method_types: gone },
  "POST /v1/setup_intents": { payment_method_types: gone },
  "POST /v1/setup_intents/:id": { payment_method_types: gone },
  "POST /v1/customers": { coupon: gone, promotion_code: gone },
  "POST /v1/customers/:id": { coupon: gone, promotion_code: gone },
  "POST /v1/promotion_codes": { coupon: (coupon) => ({ promotion: { type: "coupon", coupon } }) },
  "POST /v1/checkout/sessions": { payment_method_types: gone },
};

/** @param address `POST /v1/payment_intents` @param parameter name at the top of the request */
export function takenByOlderVersions(address: string, parameter: string): boolean {
  return OLDER[address]?.[parameter] !== undefined;
}

/** The parameters of a request of an older version as the SDK's version would have them. */
export function inTodaysTerms(address: string, params: FormTree): FormTree {
  const translated = Object.entries(params).map(
    ([name, value]) => OLDER[address]?.[name]?.(value) ?? { [name]: value },
  );
  return Object.assign({}, ...translated) as FormTree;
}

/** Addresses that Stripe has and the SDK does not: where the CLI pays a checkout session, and where a charge says its refunds are. */
const BEYOND_THE_SDK = [/^\/v1\/payment_pages\/[^/]+(\/\w+)?$/, /^\/v1\/charges\/[^/]+\/refunds$/];

/** @param path `/v1/payment_pages/cs_1/confirm`, or with `:id` */
export function isBeyondTheSdk(path: string): boolean {
  return BEYOND_THE_SDK.some((pattern) => pattern.test(path));
}
