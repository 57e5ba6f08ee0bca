import type Stripe from "stripe";
import type { Account } from "../../account";
import { unsupported } from "../../http/errors";
import type { DraftLine } from "../invoices/draft-input";

/**
 * Stores an invoice item that waits for the next invoice (a proration, say) and announces it by `invoiceitem.created`.
 * @param line as it will stand on the invoice; `invoiceItem` is ignored
 */
export function addPendingItem(
  _account: Account,
  _customer: Stripe.Customer,
  _currency: string,
  _line: DraftLine,
): Stripe.InvoiceItem {
  throw unsupported("invoice items");
}
