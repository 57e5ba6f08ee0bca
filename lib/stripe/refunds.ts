import Stripe from "stripe";
import type { PaymentIntentId, TenantId } from "@/lib/ids";
import type { Currency } from "@/lib/money/currency";
import { toCurrency } from "@/lib/money/currency";
import { type Minor, toMinor } from "@/lib/money/minor";
import { stripe } from "./client";

/** What Stripe says of a refund now. */
export type RefundSnapshot = {
  stripeRefundId: string;
  paymentIntentId: PaymentIntentId | null;
  /** Our id, when it was made by us. */
  refundId: string | null;
  amountMinor: Minor;
  currency: Currency;
  state: "pending" | "succeeded" | "failed" | "canceled";
  failureReason: string | null;
  createdAt: Date;
};

/** As with charges: `unknown` is not `rejected`. */
export type RefundOutcome =
  | { kind: "refund"; refund: RefundSnapshot }
  | { kind: "rejected"; code: string; message: string }
  | { kind: "unknown"; message: string; replayed: boolean };

const idOf = (value: string | { id: string } | null): string | null =>
  typeof value === "string" ? value : (value?.id ?? null);

function stateOf(status: string | null): RefundSnapshot["state"] {
  if (status === "succeeded" || status === "failed" || status === "canceled") return status;
  return "pending";
}

/** @param refund as retrieved or listed */
export function snapshotOfRefund(refund: Stripe.Refund): RefundSnapshot {
  return {
    stripeRefundId: refund.id,
    paymentIntentId: idOf(refund.payment_intent) as PaymentIntentId | null,
    refundId: refund.metadata?.evenkeel_refund ?? null,
    amountMinor: toMinor(refund.amount),
    currency: toCurrency(refund.currency),
    state: stateOf(refund.status),
    failureReason: refund.failure_reason ?? null,
    createdAt: new Date(refund.created * 1000),
  };
}

/** Gives back a part of a payment. Our refund's id is the idempotency key. Never throws. */
export async function createRefund(refund: {
  tenantId: TenantId;
  refundId: string;
  paymentIntentId: PaymentIntentId;
  amountMinor: Minor;
}): Promise<RefundOutcome> {
  try {
    const made = await stripe().refunds.create(
      {
        payment_intent: refund.paymentIntentId,
        amount: refund.amountMinor,
        reason: "requested_by_customer",
        metadata: { evenkeel_tenant: refund.tenantId, evenkeel_refund: refund.refundId },
      },
      { idempotencyKey: refund.refundId },
    );
    return { kind: "refund", refund: snapshotOfRefund(made) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const refused =
      error instanceof Stripe.errors.StripeInvalidRequestError ||
      error instanceof Stripe.errors.StripeAuthenticationError ||
      error instanceof Stripe.errors.StripePermissionError ||
      error instanceof Stripe.errors.StripeCardError;
    if (refused) return { kind: "rejected", code: error.code ?? error.type, message };
    const replayed = error instanceof Stripe.errors.StripeError && error.headers?.["idempotent-replayed"] === "true";
    return { kind: "unknown", message, replayed };
  }
}

/** @throws Stripe's errors */
export async function fetchRefund(stripeRefundId: string): Promise<RefundSnapshot> {
  return snapshotOfRefund(await stripe().refunds.retrieve(stripeRefundId));
}

/** Every refund of a payment, newest first. @throws Stripe's errors */
export async function listRefunds(paymentIntentId: PaymentIntentId): Promise<RefundSnapshot[]> {
  const found: RefundSnapshot[] = [];
  for await (const refund of stripe().refunds.list({ payment_intent: paymentIntentId, limit: 100 }))
    found.push(snapshotOfRefund(refund));
  return found;
}
