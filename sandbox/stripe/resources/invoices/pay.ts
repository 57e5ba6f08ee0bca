import type Stripe from "stripe";
import type { Account } from "../../account";
import { type StripeFailure, unsupported } from "../../http/errors";

export interface HowToPay {
  offSession: boolean;
  /** Instead of the invoice's, the subscription's or the customer's default. */
  paymentMethod?: string;
  /** Fail, instead of waiting for the customer's authentication. */
  errorOnRequiresAction?: boolean;
}

/** What an attempt came to. Open without a failure means that a bank debit is on its way. */
export interface PaidOrNot {
  invoice: Stripe.Invoice;
  failure: StripeFailure | null;
}

/** Tries to pay an open invoice with its default payment intent. Declines are returned, not thrown. */
export function payInvoice(_account: Account, _invoice: Stripe.Invoice, _how: HowToPay): PaidOrNot {
  throw unsupported("invoices");
}
