import type { DifferenceClass } from "@/db/schema/reconciliation";
import type { TenantId } from "@/lib/ids";
import type { Currency } from "@/lib/money/currency";
import { add, type Minor } from "@/lib/money/minor";
import type { StripePayment } from "@/lib/stripe/statement";
import { disputeDifferences } from "./decide-disputes";
import { refundDifferences } from "./decide-refunds";
import type { Credit, OurSide, StripeSide } from "./sides";

/** What is done about it by itself: only what webhooks would do, and only where doing it again changes nothing. */
export type Repair =
  | { kind: "settle_payment"; paymentId: string }
  | { kind: "sync_invoice"; stripeInvoiceId: string }
  | { kind: "sync_refund"; stripeRefundId: string };

export type Difference = {
  class: DifferenceClass;
  subjectId: string;
  tenantId: TenantId | null;
  currency: Currency;
  stripeMinor: Minor | null;
  ourMinor: Minor | null;
  occurredAt: Date;
  detail: string | null;
  repair: Repair | null;
};

/** What Stripe has just done may be on its way here. */
export const UNDER_WAY_MS = 15 * 60_000;

type Payments = ReadonlyMap<string, StripePayment | null>;

function whatRepairs(payment: StripePayment, stripeInvoiceId: string | null): Repair | null {
  if (payment.purpose === "recharge") return { kind: "settle_payment", paymentId: payment.paymentId };
  return stripeInvoiceId ? { kind: "sync_invoice", stripeInvoiceId } : null;
}

/** Whose a payment is, by its customer. */
export const ownerOf = (ours: OurSide, payment: StripePayment): TenantId | null =>
  (payment.customerId && ours.tenants.get(payment.customerId)) ?? null;

/** Succeeded at Stripe, not credited here, and not just under way. */
export function uncreditedPayments(ours: OurSide, payments: StripePayment[], now: Date): StripePayment[] {
  const credited = new Set<string>(ours.credits.map((one) => one.paymentId));
  const settled = now.getTime() - UNDER_WAY_MS;
  return payments.filter(
    (one) => one.status === "succeeded" && !credited.has(one.paymentId) && one.createdAt.getTime() <= settled,
  );
}

/** A payment at Stripe that nothing here was credited for. */
function uncredited(payment: StripePayment, tenantId: TenantId | null, invoiceId: string | null): Difference {
  const base = {
    subjectId: payment.paymentId,
    tenantId,
    currency: payment.currency,
    stripeMinor: payment.amountMinor,
    ourMinor: null,
    occurredAt: payment.createdAt,
    repair: null,
  };
  if (!tenantId) return { ...base, class: "customer_unknown", detail: payment.customerId };
  const repair = whatRepairs(payment, invoiceId);
  if (!repair) return { ...base, class: "purpose_unknown", detail: payment.purpose };
  return { ...base, class: "paid_not_credited", detail: payment.purpose ?? "invoice", repair };
}

/** How a credit differs from the payment that it is for; the first that holds. */
function compare(credit: Credit, payment: StripePayment | null): Difference | null {
  const base = {
    subjectId: credit.paymentId,
    tenantId: credit.tenantId,
    currency: credit.currency,
    ourMinor: credit.amountMinor,
    occurredAt: credit.createdAt,
    repair: null,
  };
  if (payment?.status !== "succeeded")
    return {
      ...base,
      class: "credited_not_paid",
      stripeMinor: null,
      detail: payment ? payment.status : "not at Stripe",
    };
  const paid = { ...base, stripeMinor: payment.amountMinor };
  if (payment.currency !== credit.currency) return { ...paid, class: "currency_differs", detail: payment.currency };
  if (payment.amountMinor !== credit.amountMinor) return { ...paid, class: "amount_differs", detail: null };
  if (credit.kind === "recharge" && payment.feeMinor !== null && payment.feeMinor !== credit.feeMinor)
    return {
      ...base,
      class: "fee_differs",
      stripeMinor: payment.feeMinor,
      ourMinor: credit.feeMinor,
      detail: null,
    };
  if (credit.listedMinor !== credit.amountMinor || credit.listedStatus !== "succeeded")
    return { ...paid, class: "list_differs", ourMinor: credit.listedMinor, detail: credit.listedStatus };
  return null;
}

/** One payment that was credited twice: to two tenants, or to a balance and to an invoice. */
function duplicate([first, ...others]: Credit[], payment: StripePayment | null): Difference[] {
  const last = others.at(-1);
  if (!first || !last) return [];
  return [
    {
      class: "duplicate_credit",
      subjectId: first.paymentId,
      tenantId: last.tenantId,
      currency: first.currency,
      stripeMinor: payment?.amountMinor ?? null,
      ourMinor: add(first.amountMinor, ...others.map((one) => one.amountMinor)),
      occurredAt: first.createdAt,
      detail: [first, ...others].map((one) => one.kind).join(" + "),
      repair: null,
    },
  ];
}

function paymentDifferences(ours: OurSide, stripe: StripeSide, payments: Payments, now: Date): Difference[] {
  const credits = new Map<string, Credit[]>();
  for (const one of ours.credits) credits.set(one.paymentId, [...(credits.get(one.paymentId) ?? []), one]);
  const found = [...credits.values()].flatMap((same) => {
    const [first] = same;
    const payment = (first && payments.get(first.paymentId)) ?? null;
    if (same.length > 1) return duplicate(same, payment);
    const difference = first && compare(first, payment);
    return difference ? [difference] : [];
  });
  const missing = uncreditedPayments(ours, stripe.payments, now).map((one) =>
    uncredited(one, ownerOf(ours, one), stripe.invoiceOf.get(one.paymentId) ?? null),
  );
  return [...found, ...missing];
}

const waitingDifferences = (ours: OurSide): Difference[] =>
  ours.waiting.map((one) => ({
    class: "pending_too_long",
    subjectId: one.transactionId,
    tenantId: one.tenantId,
    currency: one.currency,
    stripeMinor: null,
    ourMinor: one.amountMinor,
    occurredAt: one.createdAt,
    detail: null,
    repair: null,
  }));

/**
 * What one side has and the other has not, or has otherwise, in both directions. Each payment, refund and dispute gives at most one
 * difference of its own.
 */
export function decide(ours: OurSide, stripe: StripeSide, now: Date): Difference[] {
  const payments: Payments = new Map([
    ...stripe.askedPayments,
    ...stripe.payments.map((one) => [one.paymentId, one] as const),
  ]);
  return [
    ...paymentDifferences(ours, stripe, payments, now),
    ...refundDifferences(ours, stripe, now),
    ...disputeDifferences(ours, stripe, now),
    ...waitingDifferences(ours),
  ];
}
