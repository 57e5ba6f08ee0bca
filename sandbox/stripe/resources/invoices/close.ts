import type Stripe from "stripe";
import type { Account } from "../../account";
import { unsupported } from "../../http/errors";

/** open | uncollectible → void: the intent is cancelled, the balance that was used comes back. @throws StripeFailure 400 */
export function voidInvoice(
  _account: Account,
  _invoice: Stripe.Invoice,
  _intentReason: "void_invoice" | "failed_invoice" = "void_invoice",
): Stripe.Invoice {
  throw unsupported("invoices");
}

/** open → uncollectible: nobody tries any more, but it can still be paid. @throws StripeFailure 400 */
export function markUncollectible(
  _account: Account,
  _invoice: Stripe.Invoice,
  _reason: Stripe.Invoice.StatusDetails.Uncollectible.Reason = "user_forgiven",
): Stripe.Invoice {
  throw unsupported("invoices");
}
