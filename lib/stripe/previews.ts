import type Stripe from "stripe";
import type { StripeCustomerId } from "@/lib/ids";
import { type Minor, toMinor } from "@/lib/money/minor";
import { stripe } from "./client";
import type { DiscountChoice } from "./subscriptions";

export type PreviewLine = {
  description: string;
  amountMinor: Minor;
  isProration: boolean;
  periodStart: Date;
  periodEnd: Date;
};

/** An invoice that was not made: what would be charged, to the cent. */
export type InvoicePreview = {
  lines: PreviewLine[];
  subtotalMinor: Minor;
  discountMinor: Minor;
  taxMinor: Minor;
  totalMinor: Minor;
  /** After the customer's credit at Stripe. */
  dueMinor: Minor;
};

const unix = (at: Date) => Math.floor(at.getTime() / 1000);

function isProration(line: Stripe.InvoiceLineItem): boolean {
  return line.parent?.subscription_item_details?.proration ?? line.parent?.invoice_item_details?.proration ?? false;
}

function previewOf(invoice: Stripe.Invoice): InvoicePreview {
  const sum = (amounts: { amount: number }[] | null) =>
    toMinor((amounts ?? []).reduce((total, one) => total + one.amount, 0));
  return {
    lines: invoice.lines.data.map((line) => ({
      description: line.description ?? "",
      amountMinor: toMinor(line.amount),
      isProration: isProration(line),
      periodStart: new Date(line.period.start * 1000),
      periodEnd: new Date(line.period.end * 1000),
    })),
    subtotalMinor: toMinor(invoice.subtotal),
    discountMinor: sum(invoice.total_discount_amounts),
    taxMinor: sum(invoice.total_taxes),
    totalMinor: toMinor(invoice.total),
    dueMinor: toMinor(invoice.amount_due),
  };
}

/** What the first invoice of a new subscription would be. @throws Stripe's errors */
export async function previewNew(input: {
  stripeCustomerId: StripeCustomerId;
  priceId: string;
  discount: DiscountChoice | null;
  taxRateIds: string[];
}): Promise<InvoicePreview> {
  return previewOf(
    await stripe().invoices.createPreview({
      customer: input.stripeCustomerId,
      ...(input.discount && { discounts: [input.discount] }),
      subscription_details: {
        items: [{ price: input.priceId }],
        ...(input.taxRateIds.length > 0 && { default_tax_rates: input.taxRateIds }),
      },
    }),
  );
}

/**
 * What a change would cost at an instant: with `prorationAt` what is charged at once, without it the next regular invoice.
 * @throws Stripe's errors
 */
export async function previewOfChange(input: {
  stripeCustomerId: StripeCustomerId;
  stripeSubscriptionId: string;
  itemId: string;
  priceId: string;
  prorationAt: Date | null;
  discount: DiscountChoice | null | undefined;
}): Promise<InvoicePreview> {
  return previewOf(
    await stripe().invoices.createPreview({
      customer: input.stripeCustomerId,
      subscription: input.stripeSubscriptionId,
      ...(input.discount && { discounts: [input.discount] }),
      subscription_details: {
        items: [{ id: input.itemId, price: input.priceId }],
        ...(input.prorationAt
          ? { proration_behavior: "always_invoice" as const, proration_date: unix(input.prorationAt) }
          : { proration_behavior: "none" as const }),
      },
    }),
  );
}

/** What is paid when a paused subscription goes on now. @throws Stripe's errors */
export async function previewOfResuming(input: {
  stripeCustomerId: StripeCustomerId;
  stripeSubscriptionId: string;
}): Promise<InvoicePreview> {
  return previewOf(
    await stripe().invoices.createPreview({
      customer: input.stripeCustomerId,
      subscription: input.stripeSubscriptionId,
      subscription_details: { resume_at: "now" },
    }),
  );
}
