import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest, resourceMissing } from "../../http/errors";
import { mergeMetadata } from "../../state/metadata";
import { type DiscountTarget, redeem } from "../discounts/discounts";
import type { DraftLine } from "../invoices/draft-input";
import { resolveProduct } from "../products/read";
import { resolveTaxRates } from "../tax-rates/read";
import { type Costs, costsOf } from "./amount";
import type { LineInput } from "./parameters";

export function existingItem(account: Account, id: string): Stripe.InvoiceItem {
  const item = account.tables.invoiceItems.get(id);
  if (!item) throw resourceMissing("invoiceitem", id, "invoiceitem");
  return item;
}

function checkPeriod(period: { start: number; end: number }): { start: number; end: number } {
  if (period.end < period.start)
    throw invalidRequest("The period end must not be before the period start.", { param: "period[end]" });
  return period;
}

function described(account: Account, costs: Costs): string | null {
  const product = costs.price?.product;
  return product ? resolveProduct(account, typeof product === "string" ? product : product.id, "product").name : null;
}

/**
 * The line that the parameters of a new item describe.
 * @param target whose its discounts are
 * @throws StripeFailure 400 when they do not say what it costs
 */
export function readLine(
  account: Account,
  given: LineInput,
  currency: string | null,
  target: DiscountTarget,
  prefix = "",
): { line: DraftLine; currency: string } {
  const costs = costsOf(account, given, currency);
  if (!costs)
    throw invalidRequest(
      "You must pass one of the following parameters: amount, price_data, pricing, unit_amount_decimal.",
      { code: "parameter_missing", param: `${prefix}amount` },
    );
  const usedCurrency = currency ?? costs.price?.currency;
  if (!usedCurrency)
    throw invalidRequest("Missing required param: currency.", { code: "parameter_missing", param: "currency" });
  const nowUnix = account.nowUnix();
  return {
    currency: usedCurrency,
    line: {
      ...costs,
      description: given.description ?? described(account, costs),
      period: given.period ? checkPeriod(given.period) : { start: nowUnix, end: nowUnix },
      proration: false,
      subscription: null,
      subscriptionItem: null,
      invoiceItem: null,
      taxRates: resolveTaxRates(account, given.tax_rates ?? [], `${prefix}tax_rates`),
      discounts: redeem(account, given.discounts ?? [], target, `${prefix}discounts`).map(({ id }) => id),
      discountable: given.discountable ?? costs.amountMinor >= 0,
      metadata: mergeMetadata(null, given.metadata),
      prorationDetails: null,
    },
  };
}

/** The members of a line that an update changes; those that were not given stay. @throws StripeFailure 400 */
export function readChanges(
  account: Account,
  given: LineInput,
  currency: string,
  present: Costs & Pick<DraftLine, "metadata" | "proration">,
  target: DiscountTarget,
): Partial<DraftLine> {
  const costs = costsOf(account, given, currency, present);
  if (given.discountable && present.proration)
    throw invalidRequest("Prorations cannot be discounted.", { param: "discountable" });
  return {
    ...costs,
    ...(given.description !== undefined && { description: given.description }),
    ...(given.discountable !== undefined && { discountable: given.discountable }),
    ...(given.discounts !== undefined && {
      discounts: redeem(account, given.discounts ?? [], target).map(({ id }) => id),
    }),
    ...(given.metadata !== undefined && { metadata: mergeMetadata(present.metadata, given.metadata) }),
    ...(given.period && { period: checkPeriod(given.period) }),
    ...(given.tax_rates !== undefined && { taxRates: resolveTaxRates(account, given.tax_rates ?? []) }),
  };
}
