import type Stripe from "stripe";
import type { Row } from "../../state/table";

/** What a coupon has beyond what it shows unasked; `id` is the coupon's. */
export interface CouponTerms extends Row {
  /** Products it is for; null for all. */
  products: string[] | null;
  /** What it takes off by currency, minor units; null when it takes off a percentage. */
  currencyOptions: Record<string, Stripe.Coupon.CurrencyOptions> | null;
}
