import type Stripe from "stripe";
import type { Account } from "../../account";
import type { Row } from "../../state/table";
import type { DraftLine } from "./draft-input";

/** A line as it is kept: what it is made of, without the amounts that the whole invoice decides. */
export interface HeldLine extends Omit<DraftLine, "price" | "product" | "unitAmountDecimal"> {
  id: string;
  pricing: { price: string | null; product: string | null; unitAmountDecimal: string | null };
  /** Billing credits used on this line, set when the invoice is finalised; minor units. */
  credits: { transaction: string | null; amountMinor: number }[];
}

/** What an invoice has beyond what it shows; `id` is the invoice's. */
export interface InvoiceBook extends Row {
  lines: HeldLine[];
  /** All lines as they are answered, in their order. */
  shown: Stripe.InvoiceLineItem[];
  /** Opens the hosted page without a key. */
  token: string;
  /** Items that waited before the invoice was made, and wait again when its draft is deleted. */
  pulled: string[];
  /** Last method that failed for good, which no retry tries again. */
  refusedMethod: string | null;
  /** Attempts by Stripe itself; the invoice shows the latest once it is known what came of it. */
  attempts: number;
}

/** Which invoice an intent pays; `id` is the intent's. */
export interface InvoiceIntent extends Row {
  invoice: string;
  payment: string;
}

export function bookOf(account: Account, invoiceId: string): InvoiceBook {
  const book = account.tables.invoiceBooks.get(invoiceId);
  if (!book) throw new Error(`invoice ${invoiceId} has no book`);
  return book;
}
