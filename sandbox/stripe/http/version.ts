import type Stripe from "stripe";
import { invalidRequest } from "./errors";

/** The version whose shapes the stand-in answers with: the one the installed `stripe` package is written for. */
export const API_VERSION: typeof Stripe.API_VERSION = "2026-10-28.endive";

const WITHOUT_PAYMENT_METHOD_TYPES = "2026-09-30";

/** @throws StripeFailure 400 for a header that is not a version */
export function checkVersion(header: string | null): void {
  if (header !== null && !/^\d{4}-\d{2}-\d{2}(\.[a-z_]+)?$/.test(header)) {
    throw invalidRequest(
      `Invalid Stripe API version: ${header}. You can view your request logs in the Stripe Dashboard.`,
    );
  }
}

/**
 * `payment_method_types` is refused from 2026-09-30.endive on; without a header the account's older default applies.
 * @throws StripeFailure 400
 */
export function refusePaymentMethodTypes(version: string | null, given: unknown): void {
  if (given === undefined || version === null || version.slice(0, 10) < WITHOUT_PAYMENT_METHOD_TYPES) return;
  throw invalidRequest(
    "The `payment_method_types` parameter is no longer supported. Use dynamic payment methods, `allowed_payment_method_types` or `excluded_payment_method_types`.",
    {
      code: "payment_method_types_no_longer_supported",
      param: "payment_method_types",
    },
  );
}
