import type Stripe from "stripe";
import type { Account } from "../../account";
import { emit } from "../../webhooks/events";
import { customerOf } from "./figure";

/** Stores changed members and tells them by `invoice.updated`. */
export function changeInvoice(
  account: Account,
  invoice: Stripe.Invoice,
  members: Partial<Stripe.Invoice>,
): Stripe.Invoice {
  const changed = account.tables.invoices.put({ ...invoice, ...members });
  emit(account, "invoice.updated", changed, invoice);
  return changed;
}

/** Whether the customer is behind with a payment: the last thing that happened to any invoice says it. */
export function setDelinquent(account: Account, invoice: Stripe.Invoice, delinquent: boolean): void {
  const customer = customerOf(account, invoice);
  if (!customer || customer.delinquent === delinquent) return;
  emit(account, "customer.updated", account.tables.customers.put({ ...customer, delinquent }), customer);
}

/** Nothing happens to the invoice by itself any more; what its subscription's end does to open invoices. */
export function stopAdvancing(account: Account, invoice: Stripe.Invoice): Stripe.Invoice {
  if (!invoice.auto_advance && invoice.next_payment_attempt === null) return invoice;
  return changeInvoice(account, invoice, {
    auto_advance: false,
    automatically_finalizes_at: null,
    next_payment_attempt: null,
  });
}
