import type Stripe from "stripe";
import { idOf, newId } from "../../state/ids";
import type { HeldLine } from "../invoices/book";

/** The line that an invoice item becomes on its invoice. */
export function lineOfItem(item: Stripe.InvoiceItem): HeldLine {
  const from = item.parent?.subscription_details;
  const credited = item.proration_details?.credited_items?.invoice_line_item_details;
  return {
    id: newId("il"),
    amountMinor: item.amount,
    credits: [],
    description: item.description,
    discountable: item.discountable,
    discounts: (item.discounts ?? []).flatMap((discount) => idOf(discount) ?? []),
    invoiceItem: item.id,
    metadata: item.metadata ?? {},
    period: item.period,
    pricing: {
      price: idOf(item.pricing?.price_details?.price),
      product: item.pricing?.price_details?.product ?? null,
      unitAmountDecimal: item.pricing?.unit_amount_decimal ? String(item.pricing.unit_amount_decimal) : null,
    },
    proration: item.proration,
    prorationDetails: item.proration ? { credited_items: credited ?? null } : null,
    quantity: Number(item.quantity_decimal),
    subscription: from?.subscription ?? null,
    subscriptionItem: (item.proration && from?.subscription_item) || null,
    taxRates: item.tax_rates ?? [],
  };
}
