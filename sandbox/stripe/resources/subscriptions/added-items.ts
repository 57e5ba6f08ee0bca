import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest } from "../../http/errors";
import { redeem } from "../discounts/discounts";
import type { DraftLine } from "../invoices/draft-input";
import { createInlinePrice } from "../prices/create";
import { resolvePrice } from "../prices/read";
import { lineAmount } from "../pricing/amount";
import { resolveTaxRates } from "../tax-rates/read";
import { productName } from "./describe";
import type { AddedInvoiceItem } from "./parameters";
import { firstPeriodEnd, itemsOf } from "./terms";

function priceOf(account: Account, given: AddedInvoiceItem, param: string): Stripe.Price {
  if (given.price_data) return createInlinePrice(account, given.price_data, `${param}[price_data]`);
  if (!given.price)
    throw invalidRequest(`Missing required param: ${param}[price].`, {
      code: "parameter_missing",
      param: `${param}[price]`,
    });
  const price = resolvePrice(account, given.price, `${param}[price]`);
  if (!price.active)
    throw invalidRequest("The price specified is inactive. This field only accepts active prices.", {
      param: `${param}[price]`,
    });
  if (price.recurring)
    throw invalidRequest(
      "The price specified is set to `type=recurring` but this field only accepts prices with `type=one_time`.",
      { param: `${param}[price]` },
    );
  return price;
}

/** `add_invoice_items`: one-off lines of the subscription's next invoice. @throws StripeFailure 400, 404 */
export function addedLines(
  account: Account,
  subscription: Stripe.Subscription,
  given: readonly AddedInvoiceItem[] | undefined,
): DraftLine[] {
  const now = account.nowUnix();
  return (given ?? []).map((item, at) => {
    const param = `add_invoice_items[${at}]`;
    const price = priceOf(account, item, param);
    const quantity = item.quantity ?? 1;
    const target = { customer: String(subscription.customer), invoice_item: "" };
    const discounts = item.discounts ? redeem(account, item.discounts, target, `${param}[discounts]`) : [];
    const latest = Math.max(...itemsOf(subscription).map((each) => each.current_period_start));
    const { start, end } = item.period ?? {};
    return {
      description: productName(account, price),
      amountMinor: lineAmount(account, price, quantity, subscription.currency),
      quantity,
      price,
      period: {
        start: start?.type === "timestamp" ? (start.timestamp ?? now) : start?.type === "now" ? now : latest,
        end: end?.type === "timestamp" ? (end.timestamp ?? now) : firstPeriodEnd(subscription),
      },
      proration: false,
      subscription: subscription.id,
      subscriptionItem: null,
      invoiceItem: null,
      taxRates: resolveTaxRates(account, item.tax_rates ?? [], `${param}[tax_rates]`),
      discounts: discounts.map(({ id }) => id),
      discountable: item.discountable ?? true,
      metadata: item.metadata ?? {},
      prorationDetails: null,
    } satisfies DraftLine;
  });
}
