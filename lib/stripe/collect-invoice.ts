import Stripe from "stripe";
import type { PaymentIntentId, PaymentMethodId } from "@/lib/ids";
import { stripe } from "./client";
import type { InvoiceSnapshot } from "./invoice";
import { INVOICE_EXPANDED } from "./invoice";
import { wholeInvoice } from "./invoices";

/** What became of a call that collects an invoice. As with charges, `unknown` is not `declined`. */
export type CollectOutcome =
  | { kind: "invoice"; invoice: InvoiceSnapshot }
  | {
      kind: "declined";
      code: string;
      declineCode: string | null;
      adviceCode: string | null;
      message: string;
      paymentIntentId: PaymentIntentId | null;
    }
  | { kind: "refused"; code: string; message: string }
  | {
      kind: "unknown";
      message: string;
      /** Stripe answered with what it had stored under this key: it is not working on the request any more. */
      replayed: boolean;
    };

/** The customer's bank wants to ask: the invoice's payment waits for the customer. */
export const NEEDS_CUSTOMER = "invoice_payment_intent_requires_action";

function outcomeOfError(error: unknown): CollectOutcome {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Stripe.errors.StripeCardError)
    return {
      kind: "declined",
      code: error.code ?? "card_declined",
      declineCode: error.decline_code ?? null,
      adviceCode: error.advice_code ?? null,
      message,
      paymentIntentId: (error.payment_intent?.id ?? null) as PaymentIntentId | null,
    };
  const refused =
    error instanceof Stripe.errors.StripeInvalidRequestError ||
    error instanceof Stripe.errors.StripeAuthenticationError ||
    error instanceof Stripe.errors.StripePermissionError;
  if (refused) return { kind: "refused", code: error.code ?? error.type, message };
  const replayed = error instanceof Stripe.errors.StripeError && error.headers?.["idempotent-replayed"] === "true";
  return { kind: "unknown", message, replayed };
}

/** Collects an open invoice with a saved method. Our payment's id is the idempotency key. Never throws. */
export async function collectInvoice(input: {
  stripeInvoiceId: string;
  paymentId: string;
  paymentMethodId: PaymentMethodId;
  /** The customer is there and can be asked by the bank. */
  onSession: boolean;
}): Promise<CollectOutcome> {
  try {
    const paid = await stripe().invoices.pay(
      input.stripeInvoiceId,
      { payment_method: input.paymentMethodId, off_session: !input.onSession, expand: INVOICE_EXPANDED },
      { idempotencyKey: input.paymentId },
    );
    return { kind: "invoice", invoice: await wholeInvoice(paid) };
  } catch (error) {
    return outcomeOfError(error);
  }
}
