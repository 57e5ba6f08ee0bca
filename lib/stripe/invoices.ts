import Stripe from "stripe";
import type { InvoiceId, PaymentIntentId, PaymentMethodId, StripeCustomerId, TenantId } from "@/lib/ids";
import { type Currency, decimalsOf, toCurrency } from "@/lib/money/currency";
import type { Minor } from "@/lib/money/minor";
import { stripe } from "./client";
import { INVOICE_EXPANDED, type InvoiceSnapshot, snapshotOfInvoice } from "./invoice";

/** What became of a call that collects an invoice. As with charges, `unknown` is not `declined`. */
export type CollectOutcome =
  | { kind: "invoice"; invoice: InvoiceSnapshot }
  | { kind: "declined"; code: string; declineCode: string | null; message: string }
  | { kind: "refused"; code: string; message: string }
  | { kind: "unknown"; message: string };

async function wholeOf(invoice: Stripe.Invoice): Promise<InvoiceSnapshot> {
  const lines: Stripe.InvoiceLineItem[] = [];
  if (invoice.lines.has_more) {
    for await (const line of stripe().invoices.listLineItems(invoice.id, { limit: 100 })) lines.push(line);
  } else lines.push(...invoice.lines.data);
  return snapshotOfInvoice(invoice, lines, decimalsOf(toCurrency(invoice.currency)));
}

/** @returns null for a draft that was deleted @throws Stripe's errors */
export async function fetchInvoice(stripeInvoiceId: string): Promise<InvoiceSnapshot | null> {
  try {
    return await wholeOf(await stripe().invoices.retrieve(stripeInvoiceId, { expand: INVOICE_EXPANDED }));
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError && error.code === "resource_missing") return null;
    throw error;
  }
}

/** The invoice that a payment intent pays; null for none. @throws Stripe's errors */
export async function invoiceOfIntent(paymentIntentId: PaymentIntentId): Promise<string | null> {
  const payments = await stripe().invoicePayments.list({
    payment: { type: "payment_intent", payment_intent: paymentIntentId },
    limit: 1,
  });
  const invoice = payments.data[0]?.invoice;
  return typeof invoice === "string" ? invoice : (invoice?.id ?? null);
}

/** Stripe does not try to collect it any more: the timetable is ours. @throws Stripe's errors */
export async function stopCollecting(stripeInvoiceId: string): Promise<void> {
  await stripe().invoices.update(stripeInvoiceId, { auto_advance: false });
}

/** Collects an open invoice with a saved method. Our payment's id is the idempotency key. Never throws. */
export async function collectInvoice(input: {
  stripeInvoiceId: string;
  paymentId: string;
  paymentMethodId: PaymentMethodId | null;
  /** The customer is there and can be asked by the bank. */
  onSession: boolean;
}): Promise<CollectOutcome> {
  try {
    const paid = await stripe().invoices.pay(
      input.stripeInvoiceId,
      {
        ...(input.paymentMethodId && { payment_method: input.paymentMethodId }),
        off_session: !input.onSession,
        expand: INVOICE_EXPANDED,
      },
      { idempotencyKey: input.paymentId },
    );
    return { kind: "invoice", invoice: await wholeOf(paid) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof Stripe.errors.StripeCardError)
      return {
        kind: "declined",
        code: error.code ?? "card_declined",
        declineCode: error.decline_code ?? null,
        message,
      };
    const refused =
      error instanceof Stripe.errors.StripeInvalidRequestError ||
      error instanceof Stripe.errors.StripeAuthenticationError ||
      error instanceof Stripe.errors.StripePermissionError;
    if (refused) return { kind: "refused", code: error.code ?? error.type, message };
    return { kind: "unknown", message };
  }
}

export type ManualInvoice = {
  tenantId: TenantId;
  invoiceId: InvoiceId;
  stripeCustomerId: StripeCustomerId;
  currency: Currency;
  /** Each amount in minor units; quantity and unit are in the description of our own document. */
  lines: { description: string; amountMinor: Minor }[];
  dueAt: Date | null;
  memo: string | null;
  taxRateId: string | null;
};

/**
 * Makes an invoice that was written by hand, and finalises it. Each step has a key of its own from the invoice's id: going through
 * it again, after a crash in the middle, ends in the same invoice.
 * @throws Stripe's errors
 */
export async function issueManualInvoice(input: ManualInvoice): Promise<InvoiceSnapshot> {
  const key = (step: string) => ({ idempotencyKey: `invoice:${input.invoiceId}:${step}` });
  const draft = await stripe().invoices.create(
    {
      customer: input.stripeCustomerId,
      currency: input.currency.toLowerCase(),
      collection_method: "send_invoice",
      ...(input.dueAt ? { due_date: Math.floor(input.dueAt.getTime() / 1000) } : { days_until_due: 0 }),
      auto_advance: false,
      pending_invoice_items_behavior: "exclude",
      ...(input.memo && { description: input.memo }),
      ...(input.taxRateId && { default_tax_rates: [input.taxRateId] }),
      metadata: {
        evenkeel_purpose: "invoice",
        evenkeel_tenant: input.tenantId,
        evenkeel_invoice: input.invoiceId,
      },
    },
    key("create"),
  );
  for (const [index, line] of input.lines.entries()) {
    await stripe().invoiceItems.create(
      {
        customer: input.stripeCustomerId,
        invoice: draft.id,
        currency: input.currency.toLowerCase(),
        amount: line.amountMinor,
        description: line.description,
      },
      key(`line:${index}`),
    );
  }
  const final = await stripe().invoices.finalizeInvoice(
    draft.id,
    { auto_advance: false, expand: INVOICE_EXPANDED },
    key("finalize"),
  );
  return wholeOf(final);
}

/** @throws Stripe's errors */
export async function voidInvoiceAtStripe(stripeInvoiceId: string): Promise<InvoiceSnapshot> {
  return wholeOf(await stripe().invoices.voidInvoice(stripeInvoiceId, { expand: INVOICE_EXPANDED }));
}

/** @throws Stripe's errors */
export async function markUncollectibleAtStripe(stripeInvoiceId: string): Promise<InvoiceSnapshot> {
  return wholeOf(await stripe().invoices.markUncollectible(stripeInvoiceId, { expand: INVOICE_EXPANDED }));
}

/** The tax rate of a percentage, made at first need. @throws Stripe's errors */
export async function taxRateOf(percentage: string): Promise<string | null> {
  if (Number(percentage) === 0) return null;
  const known = await stripe().taxRates.list({ active: true, limit: 100 });
  const found = known.data.find((rate) => rate.metadata?.evenkeel_percentage === percentage);
  if (found) return found.id;
  const made = await stripe().taxRates.create(
    {
      display_name: "Tax",
      percentage: Number(percentage),
      inclusive: false,
      metadata: { evenkeel_percentage: percentage },
    },
    { idempotencyKey: `tax-rate:${percentage}` },
  );
  return made.id;
}
