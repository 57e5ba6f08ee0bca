import type Stripe from "stripe";
import type { Account } from "../../account";
import { StripeFailure } from "../../http/errors";
import { schedule } from "../../time/work";
import { emit } from "../../webhooks/events";
import { invoicePaymentFailed } from "../subscriptions/after-invoice";
import { afterAttempt, collectsItself, endRetries, failedAttempt } from "./attempt";
import { bookOf } from "./book";
import { changeInvoice, setDelinquent } from "./change";
import { finalizeInvoice } from "./finalize";
import { defaultMethodOf, openDefault } from "./intent";
import { payInvoice } from "./pay";
import { COLLECTION } from "./settings";

/** What Stripe does by itself with a finalised invoice: the customer gets it, or is charged. */
export function collect(account: Account, invoice: Stripe.Invoice): void {
  if (invoice.status !== "open") return;
  if (invoice.collection_method === "send_invoice") {
    emit(account, "invoice.sent", invoice);
    return;
  }
  if (!collectsItself(account, invoice) || openDefault(account, invoice)?.intent.status === "processing") return;
  const book = bookOf(account, invoice.id);
  account.tables.invoiceBooks.put({ ...book, attempts: invoice.attempt_count + 1 });
  const method = defaultMethodOf(account, invoice);
  if (method !== null && method === book.refusedMethod) {
    endRetries(account, changeInvoice(account, invoice, afterAttempt(account, invoice)));
    return;
  }
  try {
    account.store.attempt(() => payInvoice(account, invoice, { offSession: true }));
  } catch (error) {
    if (!(error instanceof StripeFailure)) throw error;
    failedAttempt(account, invoice, null);
  }
}

/** Charges an invoice some time after it was finalised by hand. */
export function collectLater(account: Account, invoice: Stripe.Invoice): Stripe.Invoice {
  if (invoice.status !== "open" || !invoice.auto_advance) return invoice;
  if (invoice.collection_method === "send_invoice") {
    emit(account, "invoice.sent", invoice);
    return invoice;
  }
  const at = account.nowUnix() + COLLECTION.firstAttemptSeconds;
  schedule(account, "invoice_collects", invoice.id, at * 1000);
  return account.tables.invoices.put({ ...invoice, next_payment_attempt: at });
}

/** Work `invoice_finalizes`: a draft's hour is over. */
export function finalizeWhenDue(account: Account, id: string): void {
  const draft = account.tables.invoices.get(id);
  const at = draft?.automatically_finalizes_at;
  if (draft?.status !== "draft" || !at || at > account.nowUnix()) return;
  let invoice: Stripe.Invoice;
  try {
    invoice = account.store.attempt(() => finalizeInvoice(account, draft));
  } catch (error) {
    if (!(error instanceof StripeFailure)) throw error;
    const { type, code, message, param } = error.body;
    const failed = account.tables.invoices.put({
      ...draft,
      automatically_finalizes_at: null,
      last_finalization_error: { type, ...(code && { code }), message, ...(param && { param }) },
    });
    emit(account, "invoice.finalization_failed", failed);
    return;
  }
  collect(account, invoice);
}

/** Work `invoice_collects`: the first attempt, or a retry. */
export function collectWhenDue(account: Account, id: string): void {
  const invoice = account.tables.invoices.get(id);
  if (invoice?.next_payment_attempt && invoice.next_payment_attempt <= account.nowUnix()) collect(account, invoice);
}

function openAndDue(account: Account, id: string): Stripe.Invoice | null {
  const invoice = account.tables.invoices.get(id);
  return invoice?.status === "open" && invoice.due_date !== null ? invoice : null;
}

/** Work `invoice_due`: the day has come, and a subscription billed by invoice is past due. */
export function passDueDate(account: Account, id: string): void {
  const invoice = openAndDue(account, id);
  if (!invoice || (invoice.due_date ?? 0) > account.nowUnix()) return;
  setDelinquent(account, invoice, true);
  invoicePaymentFailed(account, invoice);
}

/** Work `invoice_due_soon` and `invoice_overdue`. */
export function remind(account: Account, id: string, type: "invoice.will_be_due" | "invoice.overdue"): void {
  const invoice = openAndDue(account, id);
  if (invoice) emit(account, type, invoice);
}
