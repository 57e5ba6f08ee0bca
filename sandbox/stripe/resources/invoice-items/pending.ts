import type Stripe from "stripe";
import type { Account } from "../../account";
import type { DraftInput } from "../invoices/draft-input";

/**
 * What waits for an invoice of this customer, newest first: items of no subscription, and those of the invoice's own. The
 * rest waits for the invoice of its own subscription, or of its own currency.
 */
export function pendingItems(
  account: Account,
  {
    customer,
    subscription,
    currency,
    billingReason,
  }: Pick<DraftInput, "customer" | "subscription" | "currency" | "billingReason">,
): Stripe.InvoiceItem[] {
  const onlyOwn = billingReason === "manual" && subscription !== null;
  return [...account.tables.invoiceItems.whose("customer", customer.id).newestFirst()].filter((item) => {
    if (item.invoice !== null || item.currency !== currency) return false;
    const owner = item.parent?.subscription_details?.subscription ?? null;
    return owner === (subscription?.id ?? null) || (owner === null && !onlyOwn);
  });
}

/** Puts pending items on an invoice. */
export function attachPending(account: Account, items: readonly Stripe.InvoiceItem[], invoice: string): void {
  for (const item of items) account.tables.invoiceItems.put({ ...item, invoice });
}
