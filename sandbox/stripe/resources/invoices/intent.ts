import type Stripe from "stripe";
import type { Account } from "../../account";
import { idOf, newId } from "../../state/ids";
import { emit } from "../../webhooks/events";
import { methodTypesFor } from "../method-types";
import { buildPaymentIntent } from "../payment-intents/build";
import { customerOf } from "./figure";

const DESCRIPTIONS: Record<string, string> = {
  subscription_create: "Subscription creation",
  subscription_cycle: "Subscription update",
  subscription_update: "Subscription update",
  subscription_threshold: "Subscription update",
};

/** The invoice's own method, its subscription's or its customer's, in this order. */
export function defaultMethodOf(account: Account, invoice: Stripe.Invoice): string | null {
  const subscription = account.tables.subscriptions.get(idOf(invoice.parent?.subscription_details?.subscription) ?? "");
  const candidates = [
    invoice.default_payment_method,
    subscription?.default_payment_method,
    customerOf(account, invoice)?.invoice_settings.default_payment_method,
  ].map(idOf);
  return candidates.find((id) => id !== null && account.tables.paymentMethods.get(id)) ?? null;
}

/** Ties an intent to an invoice. */
export function addPayment(
  account: Account,
  invoice: Stripe.Invoice,
  intent: Stripe.PaymentIntent,
  isDefault: boolean,
): Stripe.InvoicePayment {
  const payment = account.tables.invoicePayments.put({
    id: newId("inpay"),
    object: "invoice_payment",
    amount_paid: null,
    amount_requested: intent.amount,
    created: account.nowUnix(),
    currency: intent.currency,
    invoice: invoice.id,
    is_default: isDefault,
    livemode: false,
    payment: { payment_intent: intent.id, type: "payment_intent" },
    status: "open",
    status_transitions: { canceled_at: null, paid_at: null },
  } satisfies Stripe.InvoicePayment);
  account.tables.invoiceIntents.put({ id: intent.id, invoice: invoice.id, payment: payment.id });
  return payment;
}

/** The default payment of an invoice that still waits for its money, with its intent. */
export function openDefault(
  account: Account,
  invoice: Stripe.Invoice,
): { payment: Stripe.InvoicePayment; intent: Stripe.PaymentIntent } | null {
  for (const payment of account.tables.invoicePayments.whose("invoice", invoice.id).newestFirst()) {
    const intent = account.tables.paymentIntents.get(idOf(payment.payment.payment_intent) ?? "");
    if (payment.is_default && payment.status === "open" && intent) return { payment, intent };
  }
  return null;
}

/**
 * The intent that pays a finalised invoice, with the method it would be paid by.
 * @throws StripeFailure 400 when the amount or the allowed types of payment make it impossible
 */
export function createDefaultIntent(account: Account, invoice: Stripe.Invoice): Stripe.PaymentIntent {
  const settings = invoice.payment_settings;
  const types = methodTypesFor({ payment_method_types: settings.payment_method_types ?? undefined }, invoice.currency);
  const card = settings.payment_method_options?.card?.request_three_d_secure;
  const ofSubscription = invoice.parent?.type === "subscription_details";
  const built = buildPaymentIntent(account, {
    amount: invoice.amount_remaining,
    capture_method: "automatic",
    currency: invoice.currency,
    customer: idOf(invoice.customer) ?? undefined,
    description: DESCRIPTIONS[String(invoice.billing_reason)] ?? "Payment for Invoice",
    payment_method_options:
      card === "any" || card === "challenge"
        ? { card: { request_three_d_secure: card as "any" | "challenge" } }
        : undefined,
    payment_method_types: types,
    setup_future_usage:
      ofSubscription && invoice.collection_method === "charge_automatically" ? "off_session" : undefined,
    statement_descriptor: invoice.statement_descriptor ?? undefined,
  });
  const method = invoice.collection_method === "charge_automatically" ? defaultMethodOf(account, invoice) : null;
  const usable = method && types.includes(account.tables.paymentMethods.get(method)?.type ?? "");
  const intent = account.tables.paymentIntents.put<Stripe.PaymentIntent>(
    usable ? { ...built, payment_method: method, status: "requires_confirmation" } : built,
  );
  addPayment(account, invoice, intent, true);
  emit(account, "payment_intent.created", intent);
  return intent;
}

/** Gives up an intent that nobody needs any more; its payment is cancelled with it. */
export function cancelPayments(
  account: Account,
  invoice: Stripe.Invoice,
  reason: Stripe.PaymentIntent.CancellationReason,
): void {
  const { tables } = account;
  for (const payment of [...tables.invoicePayments.whose("invoice", invoice.id).oldestFirst()]) {
    if (payment.status !== "open") continue;
    const canceledAt = account.nowUnix();
    tables.invoicePayments.put({
      ...payment,
      status: "canceled",
      status_transitions: { ...payment.status_transitions, canceled_at: canceledAt },
    });
    const intent = tables.paymentIntents.get(idOf(payment.payment.payment_intent) ?? "");
    if (!intent || ["succeeded", "canceled", "processing"].includes(intent.status)) continue;
    tables.challenges.delete(intent.id);
    tables.verifications.delete(intent.id);
    const canceled = tables.paymentIntents.put({
      ...intent,
      canceled_at: canceledAt,
      cancellation_reason: reason,
      next_action: null,
      status: "canceled",
    });
    emit(account, "payment_intent.canceled", canceled);
  }
}
