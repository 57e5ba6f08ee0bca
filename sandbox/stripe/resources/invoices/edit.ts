import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest, resourceMissing } from "../../http/errors";
import { emit } from "../../webhooks/events";
import { lineOfItem } from "../invoice-items/line";
import { bookOf, type HeldLine, type InvoiceBook } from "./book";
import { keepDraft } from "./figure";

/** @throws StripeFailure 404 */
export function existingInvoice(account: Account, id: string, param = "invoice"): Stripe.Invoice {
  const invoice = account.tables.invoices.get(id);
  if (!invoice) throw resourceMissing("invoice", id, param);
  return invoice;
}

/** An invoice that may still be changed. @throws StripeFailure 400, 404 */
export function draftOf(account: Account, id: string, param = "invoice"): Stripe.Invoice {
  const invoice = existingInvoice(account, id, param);
  if (invoice.status !== "draft")
    throw invalidRequest("This invoice is no longer editable", { code: "invoice_not_editable", param });
  return invoice;
}

/** Works a draft out anew after its lines or its own members have changed. */
export function reviseDraft(
  account: Account,
  invoice: Stripe.Invoice,
  change: { members?: Partial<Stripe.Invoice>; book?: Partial<InvoiceBook> },
): Stripe.Invoice {
  const book = { ...bookOf(account, invoice.id), ...change.book };
  const revised = keepDraft(account, { ...invoice, ...change.members }, book);
  emit(account, "invoice.updated", revised, invoice);
  return revised;
}

/** Lines of a draft are replaced. */
export function setLines(account: Account, invoice: Stripe.Invoice, lines: HeldLine[]): Stripe.Invoice {
  return reviseDraft(account, invoice, { book: { lines } });
}

/** An item of a draft is new or has changed: its line follows. */
export function followItem(account: Account, item: Stripe.InvoiceItem): void {
  if (typeof item.invoice !== "string") return;
  const invoice = draftOf(account, item.invoice);
  const { lines } = bookOf(account, invoice.id);
  const line = lineOfItem(item);
  const known = lines.some((held) => held.invoiceItem === item.id);
  const next = known
    ? lines.map((held) => (held.invoiceItem === item.id ? { ...line, id: held.id } : held))
    : [...lines, line];
  setLines(account, invoice, next);
}

/** An item leaves its draft, and its line with it. */
export function leaveDraft(account: Account, item: Stripe.InvoiceItem): void {
  if (typeof item.invoice !== "string") return;
  const invoice = draftOf(account, item.invoice);
  setLines(
    account,
    invoice,
    bookOf(account, invoice.id).lines.filter((held) => held.invoiceItem !== item.id),
  );
}
