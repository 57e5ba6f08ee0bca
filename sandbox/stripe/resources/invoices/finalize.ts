import type Stripe from "stripe";
import type { Account } from "../../account";
import { unsupported } from "../../http/errors";

/**
 * draft → open: number, customer balance, payment intent. An invoice without anything to pay is paid at once.
 * @throws StripeFailure 400 when it cannot be finalised
 */
export function finalizeInvoice(_account: Account, _invoice: Stripe.Invoice): Stripe.Invoice {
  throw unsupported("invoices");
}
