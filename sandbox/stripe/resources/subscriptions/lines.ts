import type Stripe from "stripe";
import type { Account } from "../../account";
import { inForce } from "../discounts/discounts";
import type { DraftLine } from "../invoices/draft-input";
import { usageOf } from "../meters/usage";
import type { Period } from "../periods/periods";
import { tierLines } from "../pricing/amount";
import { bookOf } from "./book";
import { linePart, productName, prorationText } from "./describe";
import { partOf } from "./proration";
import { type BilledPeriod, isMetered, isWhole } from "./terms";

type Item = Stripe.SubscriptionItem;

/** Discounts by their ids, without those that are over. */
export function discountsInForce(
  account: Account,
  ids: readonly (string | Stripe.Discount)[],
  at: number,
): Stripe.Discount[] {
  return ids.flatMap((id) => {
    const discount = typeof id === "string" ? account.tables.discounts.get(id) : id;
    return discount && inForce(discount, at) ? [discount] : [];
  });
}

/** What all lines of an item have in common. */
export function lineOf(subscription: Stripe.Subscription, item: Item, period: Period): DraftLine {
  return {
    description: null,
    amountMinor: 0,
    quantity: item.quantity ?? 0,
    price: item.price,
    period: { start: period.start, end: period.end },
    proration: false,
    subscription: subscription.id,
    subscriptionItem: item.id,
    invoiceItem: null,
    taxRates: item.tax_rates ?? [],
    discounts: [],
    discountable: true,
    metadata: subscription.metadata,
    prorationDetails: null,
  };
}

function pricedLines(
  account: Account,
  subscription: Stripe.Subscription,
  item: Item,
  quantity: number,
  period: Period,
): DraftLine[] {
  const { currency } = subscription;
  const discounts = discountsInForce(account, item.discounts, account.nowUnix()).map(({ id }) => id);
  return tierLines(account, item.price, quantity, currency).map((part) => ({
    ...lineOf(subscription, item, period),
    description: linePart(account, item.price, currency, part),
    amountMinor: part.amountMinor,
    quantity: part.quantity,
    unitAmountDecimal: part.unitAmountDecimal,
    discounts,
  }));
}

/**
 * What a licensed item costs for a period in advance: its lines for a whole cycle, or one line for the part of a cycle that is
 * left of it.
 * @param prorate false makes the part of a cycle free
 */
export function advanceLines(
  account: Account,
  subscription: Stripe.Subscription,
  item: Item,
  period: BilledPeriod,
  prorate = true,
): DraftLine[] {
  if (isMetered(item.price)) return [];
  const quantity = item.quantity ?? 1;
  const lines = pricedLines(account, subscription, item, quantity, period);
  if (isWhole(period)) return lines;
  const wholeMinor = lines.reduce((sum, line) => sum + line.amountMinor, 0);
  return [
    {
      ...lineOf(subscription, item, period),
      description: prorationText(account, "Remaining", item.price, quantity, period.start),
      amountMinor: prorate ? partOf(wholeMinor, period, period.cycle) : 0,
      discounts: discountsInForce(account, item.discounts, account.nowUnix()).map(({ id }) => id),
      proration: true,
    },
  ];
}

/** What was used of a metered item within a period, since it has had its present price. */
export function usageLines(
  account: Account,
  subscription: Stripe.Subscription,
  item: Item,
  period: Period,
): DraftLine[] {
  const meter = item.price.recurring?.meter;
  if (!isMetered(item.price)) return [];
  const start = Math.max(period.start, bookOf(account, subscription.id).usageSince[item.id] ?? 0);
  const used = meter ? usageOf(account, meter, String(subscription.customer), start, period.end) : 0;
  return pricedLines(account, subscription, item, used, { start, end: period.end });
}

/** The free line of a trial. */
export function trialLine(account: Account, subscription: Stripe.Subscription, item: Item, period: Period): DraftLine {
  return {
    ...lineOf(subscription, item, period),
    description: `Trial period for ${productName(account, item.price)}`,
    quantity: item.quantity ?? 0,
  };
}
