import type Stripe from "stripe";
import type { Account } from "../../account";
import { emit } from "../../webhooks/events";
import { adjustBalance } from "../customer-balance/apply";
import { invoicePaid } from "../subscriptions/after-invoice";
import { attempted } from "./attempt";
import { setDelinquent } from "./change";
import { customerOf } from "./figure";
import { cancelPayments } from "./intent";

/** Tells that an invoice has nothing left to pay, and lets its subscription go on. */
export function announcePaid(account: Account, invoice: Stripe.Invoice, before?: Stripe.Invoice): void {
  if (before) emit(account, "invoice.updated", invoice, before);
  emit(account, "invoice.paid", invoice);
  emit(account, "invoice.payment_succeeded", invoice);
}

/** The members of an invoice that is paid now. */
export function paidMembers(account: Account, invoice: Stripe.Invoice) {
  return {
    attempted: true,
    auto_advance: false,
    next_payment_attempt: null,
    status: "paid",
    status_transitions: { ...invoice.status_transitions, paid_at: account.nowUnix() },
  } satisfies Partial<Stripe.Invoice>;
}

/** What is paid beyond what was due becomes the customer's credit. */
function creditOverpaid(account: Account, invoice: Stripe.Invoice, overpaidMinor: number): void {
  const customer = customerOf(account, invoice);
  if (!customer || overpaidMinor <= 0) return;
  adjustBalance(account, customer.id, -overpaidMinor, invoice.currency, "invoice_overpaid", { invoice: invoice.id });
}

/**
 * Money for an invoice has arrived: a part of it, or all.
 * @param payment the payment it came by, open until now
 */
export function receivePayment(
  account: Account,
  invoice: Stripe.Invoice,
  payment: Stripe.InvoicePayment,
  amountMinor: number,
): Stripe.Invoice {
  const { tables } = account;
  const paidAt = account.nowUnix();
  const paid = tables.invoicePayments.put({
    ...payment,
    amount_paid: amountMinor,
    status: "paid",
    status_transitions: { ...payment.status_transitions, paid_at: paidAt },
  });
  const paidMinor = invoice.amount_paid + amountMinor;
  const overpaidMinor = Math.max(0, paidMinor - invoice.amount_due);
  const settled = ["open", "uncollectible"].includes(String(invoice.status)) && paidMinor >= invoice.amount_due;
  const members = settled ? paidMembers(account, invoice) : {};
  const updated = tables.invoices.put({
    ...invoice,
    ...attempted(account, invoice),
    ...members,
    amount_overpaid: overpaidMinor,
    amount_paid: paidMinor,
    amount_remaining: Math.max(0, invoice.amount_due - paidMinor),
  });
  if (settled) announcePaid(account, updated, invoice);
  else emit(account, "invoice.updated", updated, invoice);
  emit(account, "invoice_payment.paid", paid);
  creditOverpaid(account, updated, overpaidMinor - invoice.amount_overpaid);
  if (overpaidMinor > invoice.amount_overpaid) emit(account, "invoice.overpaid", updated);
  if (!settled) return updated;
  cancelPayments(account, updated, "automatic");
  setDelinquent(account, updated, false);
  invoicePaid(account, updated);
  return tables.invoices.get(updated.id) ?? updated;
}

/** Without any payment: nothing was due, it was paid elsewhere, or credit notes have covered it. */
export function settleWithoutPayment(
  account: Account,
  invoice: Stripe.Invoice,
  members: Partial<Stripe.Invoice> = {},
  announceUpdate = true,
): Stripe.Invoice {
  const paid = account.tables.invoices.put({
    ...invoice,
    ...paidMembers(account, invoice),
    amount_remaining: 0,
    ...members,
  });
  announcePaid(account, paid, announceUpdate ? invoice : undefined);
  cancelPayments(account, paid, "automatic");
  setDelinquent(account, paid, false);
  invoicePaid(account, paid);
  return account.tables.invoices.get(paid.id) ?? paid;
}
