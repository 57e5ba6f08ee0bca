import type { Row } from "../../state/table";
import type { CreateInput } from "./parameters";

/** One line of a session, as it was asked for; what it costs is computed from its price. */
export interface CheckoutLine {
  id: string;
  price: string;
  /** Null for usage, which is billed later. */
  quantity: number | null;
  adjustable: { maximum: number; minimum: number } | null;
  taxRates: string[];
  metadata: Record<string, string>;
}

/** What a session keeps for its completion; `id` is the session's. */
export interface CheckoutBook extends Row {
  lines: CheckoutLine[];
  discounts: { coupon?: string | undefined; promotion_code?: string | undefined }[];
  given: Pick<
    CreateInput,
    | "customer_update"
    | "invoice_creation"
    | "payment_intent_data"
    | "payment_method_data"
    | "payment_method_options"
    | "setup_intent_data"
    | "subscription_data"
  >;
  /** Client secret of the intent that the customer's method is for, once there is one. */
  clientSecret: string | null;
  /** The subscription that waits for its first payment. */
  subscription: string | null;
}
