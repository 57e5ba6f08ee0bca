import type Stripe from "stripe";
import { invalidRequest, unsupported } from "./errors";

/** The version whose shapes the stand-in answers with: the one the installed `stripe` package is written for. */
export const API_VERSION: typeof Stripe.API_VERSION = "2026-10-28.endive";

const WITHOUT_PAYMENT_METHOD_TYPES = "2026-09-30";
/** The release whose shapes are known; its versions only add to each other. */
const RELEASE = "endive";

function isKnown(version: string): boolean {
  return version.endsWith(`.${RELEASE}`) && version >= WITHOUT_PAYMENT_METHOD_TYPES && version <= API_VERSION;
}

/**
 * @param header null stands for the account's default version
 * @throws StripeFailure 400 for a header that is not a version, 501 for one whose shapes the stand-in does not know
 */
export function checkVersion(header: string | null): void {
  if (header === null || isKnown(header)) return;
  if (!/^\d{4}-\d{2}-\d{2}(\.[a-z_]+)?$/.test(header)) {
    throw invalidRequest(
      `Invalid Stripe API version: ${header}. You can view your request logs in the Stripe Dashboard.`,
    );
  }
  throw unsupported(`the API version ${header}, only ${API_VERSION}`);
}

/**
 * The version an endpoint's events are rendered in.
 * @throws StripeFailure 501 for one whose shapes the stand-in does not know
 */
export function checkEventVersion(version: string): string {
  if (!isKnown(version)) throw unsupported(`events in the API version ${version}, only ${API_VERSION}`, "api_version");
  return version;
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

/**
 * A payment as requests of versions before 2024-04-10 mean it: captured before the answer. The account's own version, which
 * applies without a header, is one of them.
 * @see https://docs.stripe.com/payments/payment-intents/asynchronous-capture
 */
export function capturedAtOnce<T extends { capture_method?: "automatic" | "automatic_async" | "manual" | undefined }>(
  version: string | null,
  given: T,
): T {
  return version === null && !given.capture_method ? { ...given, capture_method: "automatic" } : given;
}

/**
 * An intent as requests of versions before 2023-08-16 mean it: paid by card, unless they say otherwise.
 * @see https://docs.stripe.com/upgrades#2023-08-16
 */
export function cardUnlessChosen<
  T extends { automatic_payment_methods?: unknown; payment_method_types?: string[] | undefined },
>(version: string | null, given: T): T {
  if (version !== null || given.automatic_payment_methods || given.payment_method_types) return given;
  return { ...given, payment_method_types: ["card"] };
}
