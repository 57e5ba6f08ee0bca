import type Stripe from "stripe";
import type { Account } from "../../account";
import { idOf } from "../../state/ids";
import type { HeldLine } from "../invoices/book";
import { applyCredits } from "./apply";

/** The metered price a line of a subscription is about; null for every other line, which credits never pay. */
function meteredPriceOf(account: Account, line: HeldLine): string | null {
  if (line.subscriptionItem === null || line.pricing.price === null) return null;
  return account.tables.prices.get(line.pricing.price)?.recurring?.meter ? line.pricing.price : null;
}

/**
 * Pays what the customer's billing credits can pay of an invoice that is being finalised.
 * @param shown the same lines, worked out without credits
 * @returns the lines with the credits used on each
 */
export function spendCredits(
  account: Account,
  invoice: Stripe.Invoice,
  lines: HeldLine[],
  shown: readonly Stripe.InvoiceLineItem[],
): HeldLine[] {
  const customer = idOf(invoice.customer);
  if (customer === null) return lines;
  const creditable = lines.map((line, at) => ({
    id: line.id,
    meteredPrice: meteredPriceOf(account, line),
    amountMinor: (shown[at]?.discount_amounts ?? []).reduce((net, { amount }) => net - amount, line.amountMinor),
  }));
  const applied = applyCredits(account, { id: invoice.id, customer, currency: invoice.currency }, creditable);
  if (applied.length === 0) return lines;
  return lines.map((line) => ({
    ...line,
    credits: applied
      .filter((credit) => credit.line === line.id)
      .map(({ transaction, amountMinor }) => ({ transaction, amountMinor })),
  }));
}
