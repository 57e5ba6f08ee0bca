import type Stripe from "stripe";
import type { PaymentIntentId } from "@/lib/ids";

/** What we keep of a PaymentIntent, parsed once at the door. */
export type IntentSnapshot = {
  paymentIntentId: PaymentIntentId;
  status:
    | "succeeded"
    | "processing"
    | "requires_payment_method"
    | "requires_action"
    | "requires_confirmation"
    | "requires_capture"
    | "canceled";
  /** Smallest currency unit. */
  amountMinor: number;
  /** ISO code in capitals. */
  currency: string;
  customerId: string | null;
  /** The attempt that asked for it, from the metadata. */
  attemptId: string | null;
  tenantId: string | null;
  latestChargeId: string | null;
  error: { code: string; declineCode: string | null; adviceCode: string | null; message: string | null } | null;
  /** The method of the success or of the error. */
  paymentMethodId: string | null;
};

const idOf = (value: string | { id: string } | null | undefined): string | null =>
  typeof value === "string" ? value : (value?.id ?? null);

/** @param intent as retrieved, or as carried by a card error */
export function snapshotOf(intent: Stripe.PaymentIntent): IntentSnapshot {
  const error = intent.last_payment_error;
  return {
    paymentIntentId: intent.id as PaymentIntentId,
    status: intent.status as IntentSnapshot["status"],
    amountMinor: intent.amount,
    currency: intent.currency.toUpperCase(),
    customerId: idOf(intent.customer),
    attemptId: intent.metadata?.evenkeel_attempt ?? null,
    tenantId: intent.metadata?.evenkeel_tenant ?? null,
    latestChargeId: idOf(intent.latest_charge),
    error: error
      ? {
          code: error.code ?? error.type,
          declineCode: error.decline_code ?? null,
          adviceCode: error.advice_code ?? null,
          message: error.message ?? null,
        }
      : null,
    paymentMethodId: idOf(intent.payment_method) ?? error?.payment_method?.id ?? null,
  };
}
