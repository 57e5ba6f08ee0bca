import type Stripe from "stripe";
import type { Account } from "../../account";
import { discountLines } from "../discounts/amounts";
import type { DraftLine } from "../invoices/draft-input";
import { advanceLines, discountsInForce } from "./lines";
import { itemsOf, periodFrom } from "./terms";

function discountable(line: DraftLine, amountMinor: number) {
  const product = line.price?.product;
  return { amountMinor, product: typeof product === "string" ? product : null, discountable: line.discountable };
}

/**
 * What each item costs for a whole cycle after discounts, minor units by item. Prorations are shares of it: lines of
 * prorations are not discounted again (`proration_discounts: included`).
 * @param at unix seconds
 */
export function wholeNet(account: Account, subscription: Stripe.Subscription, at: number): Map<string, number> {
  const { currency } = subscription;
  const lines = itemsOf(subscription).flatMap((item) => {
    const { cycle } = periodFrom(subscription, item.price, at);
    return advanceLines(account, subscription, item, { ...cycle, cycle });
  });
  const own = lines.map((line) => {
    const discounts = discountsInForce(account, line.discounts, at);
    const [taken = []] = discountLines(account, discounts, [discountable(line, line.amountMinor)], currency);
    return line.amountMinor - taken.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  });
  const shared = discountLines(
    account,
    discountsInForce(account, subscription.discounts, at),
    lines.map((line, n) => discountable(line, own[n] ?? 0)),
    currency,
  );
  const net = new Map<string, number>();
  lines.forEach((line, n) => {
    const off = (shared[n] ?? []).reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    const item = line.subscriptionItem ?? "";
    net.set(item, (net.get(item) ?? 0) + (own[n] ?? 0) - off);
  });
  return net;
}
