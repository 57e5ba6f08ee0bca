import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest } from "../../http/errors";
import { idOf, newId } from "../../state/ids";
import type { Row } from "../../state/table";
import { resolveCustomer } from "../payment-methods/attach";
import { creditCustomLine, wholeAmountLine } from "./custom-line";
import { creditInvoiceLine } from "./invoice-line";
import type { CreditNoteInput } from "./parameters";
import { totalsOf } from "./totals";

/** All lines of a credit note; `id` is the note's. */
export interface CreditNoteLines extends Row {
  lines: Stripe.CreditNoteLineItem[];
}

const SHOWN_LINES = 10;

function readLines(account: Account, invoice: Stripe.Invoice, given: CreditNoteInput): Stripe.CreditNoteLineItem[] {
  if (given.lines?.length) {
    const lines = given.lines.map((line, at) =>
      line.type === "invoice_line_item"
        ? creditInvoiceLine(account, invoice, line, `lines[${at}]`)
        : creditCustomLine(account, line, `lines[${at}]`),
    );
    const ids = given.lines.flatMap((line) => line.invoice_line_item ?? []);
    if (new Set(ids).size < ids.length)
      throw invalidRequest("Each invoice line item can only be credited once per credit note.", { param: "lines" });
    return lines;
  }
  if (given.amount !== undefined) return [wholeAmountLine(given.amount)];
  throw invalidRequest("You must pass one of `amount`, `lines`, or `shipping_cost`.", {
    code: "parameter_missing",
    param: "amount",
  });
}

/** What no credit note has credited yet, minor units. */
export function creditableMinor(invoice: Stripe.Invoice): number {
  return invoice.total - invoice.pre_payment_credit_notes_amount - invoice.post_payment_credit_notes_amount;
}

function checkInvoice(invoice: Stripe.Invoice): void {
  if (["open", "paid", "uncollectible"].includes(String(invoice.status))) return;
  throw invalidRequest(
    `You can only create credit notes for finalized invoices that are not void. This invoice has the status ${invoice.status}.`,
    { param: "invoice" },
  );
}

function numberOf(account: Account, invoice: Stripe.Invoice): string {
  const before = [...account.tables.creditNotes.whose("invoice", invoice.id).oldestFirst()].length;
  return `${invoice.number}-CN-${String(before + 1).padStart(2, "0")}`;
}

function typeOf(preMinor: number, postMinor: number): Stripe.CreditNote.Type {
  if (preMinor > 0 && postMinor > 0) return "mixed";
  return preMinor > 0 ? "pre_payment" : "post_payment";
}

/**
 * Works out a credit note without storing anything: first it lowers what is left to pay, the rest is given back.
 * @throws StripeFailure 400, 404
 * @see https://docs.stripe.com/invoicing/dashboard/credit-notes
 */
export function buildCreditNote(
  account: Account,
  invoice: Stripe.Invoice,
  given: CreditNoteInput,
): { note: Stripe.CreditNote; lines: Stripe.CreditNoteLineItem[] } {
  checkInvoice(invoice);
  const customer = resolveCustomer(account, idOf(invoice.customer) ?? "");
  const lines = readLines(account, invoice, given);
  const shown = account.tables.invoiceBooks.get(invoice.id)?.shown ?? [];
  const totals = totalsOf(lines, new Set(shown.flatMap((line) => line.discounts.flatMap((held) => idOf(held) ?? []))));
  const left = creditableMinor(invoice);
  if (totals.total < 1 || totals.total > left)
    throw invalidRequest(
      `The credit note amount (${totals.total}) must be greater than 0 and cannot exceed the amount of the invoice that can still be credited (${left}).`,
      { param: given.lines ? "lines" : "amount" },
    );
  if (given.lines && given.amount !== undefined && given.amount !== totals.total)
    throw invalidRequest("`amount` does not match the sum of `lines`.", { param: "amount" });
  if (given.effective_at !== undefined && given.effective_at > account.nowUnix())
    throw invalidRequest("`effective_at` cannot be in the future.", { param: "effective_at" });
  const preMinor = Math.min(totals.total, invoice.status === "paid" ? 0 : invoice.amount_remaining);
  const postMinor = totals.total - preMinor;
  const id = newId("cn");
  const note = {
    id,
    object: "credit_note",
    ...totals,
    amount_shipping: 0,
    created: account.nowUnix(),
    currency: invoice.currency,
    customer: customer.id,
    customer_account: null,
    customer_balance_transaction: null,
    effective_at: given.effective_at ?? account.nowUnix(),
    invoice: invoice.id,
    lines: {
      object: "list",
      data: lines.slice(0, SHOWN_LINES),
      has_more: lines.length > SHOWN_LINES,
      url: `/v1/credit_notes/${id}/lines`,
    },
    livemode: false,
    memo: given.memo ?? null,
    metadata: given.metadata ?? {},
    number: numberOf(account, invoice),
    out_of_band_amount: given.out_of_band_amount ?? null,
    pdf: `${account.publicUrl}/credit_notes/${id}/pdf`,
    post_payment_amount: postMinor,
    pre_payment_amount: preMinor,
    reason: given.reason ?? null,
    refunds: [],
    shipping_cost: null,
    status: "issued",
    type: typeOf(preMinor, postMinor),
    voided_at: null,
  } satisfies Stripe.CreditNote;
  return { note, lines };
}
