import type Stripe from "stripe";
import type { Account } from "../../account";
import { unsupported } from "../../http/errors";
import type { DraftInput } from "./draft-input";

/** The invoice a draft would be, with the same totals; nothing is stored. Its id begins with `upcoming_in_`. */
export function previewInvoice(_account: Account, _input: DraftInput): Stripe.Invoice {
  throw unsupported("invoices");
}
