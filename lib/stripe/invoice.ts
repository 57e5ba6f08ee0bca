import type Stripe from "stripe";
import type { InvoiceStatus } from "@/db/schema/invoices";
import type { InvoiceId, PaymentIntentId, StripeCustomerId } from "@/lib/ids";
import { type Currency, toCurrency } from "@/lib/money/currency";
import { type Minor, toMinor } from "@/lib/money/minor";

export type InvoiceSnapshotLine = {
  description: string;
  /** Decimal strings: quantities and unit prices may have fractions. */
  quantity: string;
  unitAmount: string;
  amountMinor: Minor;
  periodStart: Date;
  periodEnd: Date;
  isProration: boolean;
};

/** A payment intent that pays, or tried to pay, an invoice. */
export type InvoiceSnapshotPayment = {
  paymentIntentId: PaymentIntentId;
  status: Stripe.PaymentIntent.Status;
  amountMinor: Minor;
  paymentMethodId: string | null;
  error: { code: string; declineCode: string | null; adviceCode: string | null; message: string | null } | null;
};

/** What Stripe says of an invoice now. */
export type InvoiceSnapshot = {
  stripeInvoiceId: string;
  stripeCustomerId: StripeCustomerId;
  /** Ours, when it was made by hand here. */
  invoiceId: InvoiceId | null;
  stripeSubscriptionId: string | null;
  status: InvoiceStatus;
  /** Stripe's billing reason. */
  reason: string;
  currency: Currency;
  subtotalMinor: Minor;
  discountMinor: Minor;
  /** Percent, a decimal string; `0` for none. */
  taxRate: string;
  taxMinor: Minor;
  totalMinor: Minor;
  amountDueMinor: Minor;
  amountPaidMinor: Minor;
  /** By the customer's balance at Stripe; negative: what that was given, or owed from before. */
  fromCreditMinor: Minor;
  /** By credit notes after it was final. */
  creditedMinor: Minor;
  lines: InvoiceSnapshotLine[];
  payments: InvoiceSnapshotPayment[];
  hostedUrl: string | null;
  billedTo: Record<string, string | null>;
  memo: string | null;
  /** Stripe collects it by itself. */
  autoAdvance: boolean;
  chargesAutomatically: boolean;
  dueAt: Date | null;
  periodStart: Date;
  periodEnd: Date;
  createdAt: Date;
  issuedAt: Date | null;
  paidAt: Date | null;
  voidedAt: Date | null;
  markedUncollectibleAt: Date | null;
};

/** What every invoice is asked for with. */
export const INVOICE_EXPANDED = ["payments.data.payment.payment_intent"];

const idOf = (value: string | { id: string } | null | undefined): string | null =>
  typeof value === "string" ? value : (value?.id ?? null);
const dateOf = (unix: number | null | undefined): Date | null => (unix ? new Date(unix * 1000) : null);
const sum = (amounts: { amount: number }[] | null | undefined): Minor =>
  toMinor((amounts ?? []).reduce((total, one) => total + one.amount, 0));

/** Cents with decimals → major units, without going through binary fractions. */
function majorOf(unitAmountDecimal: string, decimals: number): string {
  const negative = unitAmountDecimal.startsWith("-");
  const [whole = "0", fraction = ""] = unitAmountDecimal.replace("-", "").split(".");
  const digits = whole.padStart(decimals + 1, "0");
  const cut = digits.length - decimals;
  const rest = `${digits.slice(cut)}${fraction}`.replace(/0+$/, "").padEnd(decimals, "0");
  return `${negative ? "-" : ""}${digits.slice(0, cut)}${rest ? `.${rest}` : ""}`;
}

function lineOf(line: Stripe.InvoiceLineItem, decimals: number): InvoiceSnapshotLine {
  const { parent } = line;
  const unit = line.pricing?.unit_amount_decimal?.toString() ?? String(line.amount);
  return {
    description: line.description ?? "",
    quantity: line.quantity_decimal?.toString() ?? String(line.quantity ?? 1),
    unitAmount: majorOf(unit, decimals),
    amountMinor: toMinor(line.amount),
    periodStart: new Date(line.period.start * 1000),
    periodEnd: new Date(line.period.end * 1000),
    isProration: parent?.subscription_item_details?.proration ?? parent?.invoice_item_details?.proration ?? false,
  };
}

/**
 * What is paid for. A subscription's invoice itself names the period before (the one whose usage it would bill), so its lines are
 * asked: those of the plan, or of the change where there are only such.
 */
function periodOf(invoice: Stripe.Invoice, lines: Stripe.InvoiceLineItem[]): { periodStart: Date; periodEnd: Date } {
  const ofPlan = lines.filter((line) => line.parent?.subscription_item_details?.proration === false);
  const asked = ofPlan.length > 0 ? ofPlan : invoice.parent?.subscription_details ? lines : [];
  const periods =
    asked.length > 0 ? asked.map(({ period }) => period) : [{ start: invoice.period_start, end: invoice.period_end }];
  return {
    periodStart: new Date(Math.min(...periods.map(({ start }) => start)) * 1000),
    periodEnd: new Date(Math.max(...periods.map(({ end }) => end)) * 1000),
  };
}

function paymentOf(one: Stripe.InvoicePayment): InvoiceSnapshotPayment | null {
  const intent = one.payment.payment_intent;
  if (!intent || typeof intent === "string") return null;
  const error = intent.last_payment_error;
  return {
    paymentIntentId: intent.id as PaymentIntentId,
    status: intent.status,
    amountMinor: toMinor(one.amount_paid ?? one.amount_requested),
    paymentMethodId: idOf(intent.payment_method) ?? idOf(error?.payment_method),
    error: error
      ? {
          code: error.code ?? "card_declined",
          declineCode: error.decline_code ?? null,
          adviceCode: error.advice_code ?? null,
          message: error.message ?? null,
        }
      : null,
  };
}

/** The rates that tax was counted by. */
export const taxRatesOf = (invoice: Stripe.Invoice): string[] =>
  (invoice.total_taxes ?? []).flatMap((tax) =>
    tax.amount !== 0 && tax.tax_rate_details ? [tax.tax_rate_details.tax_rate] : [],
  );

/** What the customer's balance pays of an invoice; of a draft, what it would pay now. */
const fromCredit = ({ status, total, amount_due, starting_balance, ending_balance }: Stripe.Invoice): Minor =>
  toMinor(status === "draft" ? total - amount_due : (ending_balance ?? starting_balance) - starting_balance);

/**
 * @param invoice expanded by {@link INVOICE_EXPANDED}, with all of its lines @param decimals of its currency
 * @param taxRate what {@link taxRatesOf} come to, percent
 */
export function snapshotOfInvoice(
  invoice: Stripe.Invoice,
  lines: Stripe.InvoiceLineItem[],
  decimals: number,
  taxRate: string,
): InvoiceSnapshot {
  const { status_transitions: at, customer_address: address } = invoice;
  return {
    stripeInvoiceId: invoice.id,
    stripeCustomerId: idOf(invoice.customer) as StripeCustomerId,
    invoiceId: (invoice.metadata?.evenkeel_invoice ?? null) as InvoiceId | null,
    stripeSubscriptionId: idOf(invoice.parent?.subscription_details?.subscription),
    status: (invoice.status ?? "draft") as InvoiceStatus,
    reason: invoice.billing_reason ?? "manual",
    currency: toCurrency(invoice.currency),
    subtotalMinor: toMinor(invoice.subtotal),
    discountMinor: sum(invoice.total_discount_amounts),
    taxRate,
    taxMinor: sum(invoice.total_taxes),
    totalMinor: toMinor(invoice.total),
    amountDueMinor: toMinor(invoice.amount_due),
    amountPaidMinor: toMinor(invoice.amount_paid),
    fromCreditMinor: fromCredit(invoice),
    creditedMinor: toMinor(invoice.post_payment_credit_notes_amount + invoice.pre_payment_credit_notes_amount),
    lines: lines.map((line) => lineOf(line, decimals)),
    payments: (invoice.payments?.data ?? []).map(paymentOf).filter((one) => one !== null),
    hostedUrl: invoice.hosted_invoice_url ?? null,
    billedTo: {
      name: invoice.customer_name,
      email: invoice.customer_email,
      line1: address?.line1 ?? null,
      line2: address?.line2 ?? null,
      city: address?.city ?? null,
      state: address?.state ?? null,
      postalCode: address?.postal_code ?? null,
      country: address?.country ?? null,
    },
    memo: invoice.description,
    autoAdvance: invoice.auto_advance ?? false,
    chargesAutomatically: invoice.collection_method === "charge_automatically",
    dueAt: dateOf(invoice.due_date),
    ...periodOf(invoice, lines),
    createdAt: new Date(invoice.created * 1000),
    issuedAt: dateOf(at.finalized_at),
    paidAt: dateOf(at.paid_at),
    voidedAt: dateOf(at.voided_at),
    markedUncollectibleAt: dateOf(at.marked_uncollectible_at),
  };
}
