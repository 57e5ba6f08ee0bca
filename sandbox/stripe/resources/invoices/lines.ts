import type Stripe from "stripe";
import { newId } from "../../state/ids";
import { asDecimal } from "../pricing/decimal";
import type { HeldLine } from "./book";
import type { DraftLine } from "./draft-input";
import type { LineAmounts } from "./totals";

/** A line to be kept with an invoice. @param prefix of its id; previews have their own */
export function holdLine(line: DraftLine, prefix = "il"): HeldLine {
  const { price, product, unitAmountDecimal, ...rest } = line;
  const ownProduct = typeof price?.product === "string" ? price.product : price?.product.id;
  return {
    ...rest,
    id: newId(prefix),
    pricing: {
      price: price?.id ?? null,
      product: ownProduct ?? product ?? null,
      unitAmountDecimal: unitAmountDecimal ?? (price?.unit_amount_decimal ? String(price.unit_amount_decimal) : null),
    },
    credits: [],
  };
}

/** `pricing` of lines and invoice items; null when there is neither a price nor a unit amount. */
export function pricingOf({
  price,
  product,
  unitAmountDecimal,
}: HeldLine["pricing"]): Stripe.InvoiceLineItem.Pricing | null {
  if (price === null && unitAmountDecimal === null) return null;
  return {
    ...(price !== null && { price_details: { price, product: product ?? "" } }),
    type: "price_details",
    unit_amount_decimal: unitAmountDecimal === null ? null : asDecimal(unitAmountDecimal),
  };
}

function parentOf(line: HeldLine, subscription: string | null): Stripe.InvoiceLineItem.Parent | null {
  const { invoiceItem, subscriptionItem, proration } = line;
  const details = { proration, proration_details: line.prorationDetails ?? { credited_items: null }, subscription };
  if (subscriptionItem !== null)
    return {
      invoice_item_details: null,
      subscription_item_details: { ...details, invoice_item: invoiceItem, subscription_item: subscriptionItem },
      type: "subscription_item_details",
    };
  if (invoiceItem === null) return null;
  return {
    invoice_item_details: { ...details, invoice_item: invoiceItem },
    subscription_item_details: null,
    type: "invoice_item_details",
  };
}

/** The line as the API answers it. @param invoiceSubscription for lines that name none of their own */
export function shownLine(
  line: HeldLine,
  amounts: LineAmounts,
  invoice: Pick<Stripe.Invoice, "id" | "currency">,
  invoiceSubscription: string | null,
): Stripe.InvoiceLineItem {
  const discounts = amounts.discounts.map(({ discount, amountMinor }) => ({ amount: amountMinor, discount }));
  const subscription = line.subscription ?? (line.subscriptionItem !== null ? invoiceSubscription : null);
  return {
    id: line.id,
    object: "line_item",
    amount: line.amountMinor,
    currency: invoice.currency,
    description: line.description,
    discount_amounts: discounts,
    discountable: line.discountable,
    discounts: line.discounts,
    invoice: invoice.id,
    livemode: false,
    metadata: line.metadata,
    parent: parentOf(line, subscription),
    period: line.period,
    pretax_credit_amounts: [
      ...discounts.map((part) => ({ ...part, type: "discount" as const })),
      ...line.credits.map(({ transaction, amountMinor }) => ({
        amount: amountMinor,
        credit_balance_transaction: transaction,
        type: "credit_balance_transaction" as const,
      })),
    ],
    pricing: pricingOf(line.pricing),
    quantity: line.quantity === null ? null : Math.trunc(line.quantity),
    quantity_decimal: line.quantity === null ? null : asDecimal(String(line.quantity)),
    subscription,
    subtotal: line.amountMinor,
    taxes: amounts.taxes,
  } satisfies Stripe.InvoiceLineItem;
}
