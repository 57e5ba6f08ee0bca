import type Stripe from "stripe";
import type { Row } from "../../state/table";

/** What a promotion code has beyond what it shows unasked; `id` is the code's. */
export interface PromotionTerms extends Row {
  /** Smallest purchase by currency, the code's own included. */
  minimums: Record<string, Stripe.PromotionCode.Restrictions.CurrencyOptions>;
}
