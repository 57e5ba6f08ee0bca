import type Stripe from "stripe";
import type { Account } from "../../account";
import { unsupported } from "../../http/errors";
import type { DraftInput } from "./draft-input";

export type { DraftInput, DraftLine } from "./draft-input";

/** A new draft invoice, stored and announced by `invoice.created`; pending items are attached to it. */
export function draftInvoice(_account: Account, _input: DraftInput): Stripe.Invoice {
  throw unsupported("invoices");
}
