import type Stripe from "stripe";
import type { Account } from "../../account";
import { idOf, newId } from "../../state/ids";
import type { HeldLine } from "../invoices/book";
import { usageOf } from "../meters/usage";
import { tierLines } from "../pricing/amount";
import { linePart } from "./describe";
import { isMetered } from "./terms";

/** The metered price of a subscription's own line for a time that is over. */
function usagePrice(account: Account, invoice: Stripe.Invoice, line: HeldLine): Stripe.Price | null {
  const over = line.period.start < invoice.period_end && line.period.end <= invoice.period_end;
  if (line.subscriptionItem === null || line.invoiceItem !== null || !over) return null;
  const price = account.tables.prices.get(line.pricing.price ?? "");
  return price && isMetered(price) ? price : null;
}

/** @param present the lines of one item's usage, one by tier, at least one */
function counted(
  account: Account,
  invoice: Stripe.Invoice,
  price: Stripe.Price,
  first: HeldLine,
  present: readonly HeldLine[],
): HeldLine[] {
  const { start, end } = first.period;
  const meter = price.recurring?.meter;
  const used = meter ? usageOf(account, meter, idOf(invoice.customer) ?? "", start, end) : 0;
  const parts = tierLines(account, price, used, invoice.currency);
  return parts.map((part, n) => {
    const before = present[n];
    if (before?.quantity === part.quantity && before.amountMinor === part.amountMinor) return before;
    return {
      ...first,
      id: before?.id ?? newId("il"),
      description: linePart(account, price, invoice.currency, part),
      amountMinor: part.amountMinor,
      quantity: part.quantity,
      pricing: { ...first.pricing, unitAmountDecimal: part.unitAmountDecimal },
    };
  });
}

/**
 * The lines of a draft as it is finalised: usage of its period that was reported in the meantime counts.
 * @see https://docs.stripe.com/billing/subscriptions/usage-based/configure-grace-period
 */
export function withLateUsage(account: Account, invoice: Stripe.Invoice, lines: readonly HeldLine[]): HeldLine[] {
  const done = new Set<string>();
  return lines.flatMap((line) => {
    const price = usagePrice(account, invoice, line);
    if (!price) return [line];
    const same = (other: HeldLine) =>
      other.subscriptionItem === line.subscriptionItem &&
      other.period.start === line.period.start &&
      usagePrice(account, invoice, other)?.id === price.id;
    const key = `${line.subscriptionItem} ${price.id} ${line.period.start}`;
    if (done.has(key)) return [];
    done.add(key);
    return counted(account, invoice, price, line, lines.filter(same));
  });
}
