import type Stripe from "stripe";
import type { Account } from "../../account";
import { cardFailure, type ErrorBody, type StripeFailure } from "../../http/errors";
import { instrumentOf } from "../../instruments/instrument";
import { idOf } from "../../state/ids";
import { schedule } from "../../time/work";
import { emit } from "../../webhooks/events";
import { bookCharge, bookLater } from "../charges/book";
import { checkoutIntentMoved } from "../checkout/complete";
import { intentFailed, intentSucceeded } from "../invoices/intents";
import { attachTo } from "../payment-methods/attach";

/** A card's hold that nobody captures is released. @see https://docs.stripe.com/payments/place-a-hold-on-a-payment-method */
export const AUTHORIZATION_MS = 7 * 86_400_000;

export type PaymentError = Omit<ErrorBody, "type"> & { type?: "card_error" | "invalid_request_error" };

/** What a confirmation came to: the intent, and the failure to answer with when there is one. */
export interface Confirmed {
  intent: Stripe.PaymentIntent;
  failure: StripeFailure | null;
}

function docUrl(code: string | undefined): { doc_url?: string } {
  return code ? { doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll("_", "-")}` } : {};
}

/**
 * The attempt failed: the intent waits for another method and remembers why.
 * @param charge the failed charge, when the bank was asked at all
 */
export function failPayment(
  account: Account,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  error: PaymentError,
  charge: Stripe.Charge | null,
): Confirmed {
  const members = { ...docUrl(error.code), ...error, ...(charge && { charge: charge.id }) };
  const failed = account.tables.paymentIntents.put({
    ...intent,
    last_payment_error: {
      type: "card_error",
      ...members,
      payment_method: method,
    } as Stripe.PaymentIntent.LastPaymentError,
    latest_charge: charge?.id ?? idOf(intent.latest_charge),
    next_action: null,
    payment_method: null,
    status: "requires_payment_method",
  });
  if (charge) emit(account, "charge.failed", charge);
  emit(account, "payment_intent.payment_failed", failed);
  intentFailed(account, failed);
  checkoutIntentMoved(account, failed);
  const failure = cardFailure({
    ...members,
    payment_intent: failed,
    payment_method: method,
    payment_method_type: method.type,
  });
  return { intent: failed, failure };
}

/** What the method is to be kept for: its own option counts before the intent's. */
export function futureUsage(intent: Stripe.PaymentIntent, method: Stripe.PaymentMethod): string | null {
  const options = intent.payment_method_options;
  const own = method.type === "card" ? options?.card?.setup_future_usage : options?.us_bank_account?.setup_future_usage;
  const usage = own ?? intent.setup_future_usage;
  return usage === "none" ? null : usage;
}

/** The method is kept for later when the intent says so, and used up when it belongs to nobody. */
function keepOrSpend(account: Account, intent: Stripe.PaymentIntent, method: Stripe.PaymentMethod): void {
  const customer = idOf(intent.customer);
  const usage = futureUsage(intent, method);
  if (usage && customer) {
    attachTo(account, method.id, customer);
    account.tables.instruments.patch(method.id, {
      setUp: usage === "off_session" || instrumentOf(account, method.id).setUp,
    });
  } else if (method.customer === null) {
    account.tables.instruments.patch(method.id, { spent: true });
  }
}

/** The bank said yes to a charge: the money is taken, or held when capture is manual. */
export function acceptCharge(
  account: Account,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  charge: Stripe.Charge,
): Stripe.PaymentIntent {
  const { tables } = account;
  keepOrSpend(account, intent, method);
  const settled = {
    ...intent,
    last_payment_error: null,
    latest_charge: charge.id,
    next_action: null,
    payment_method: method.id,
    processing: null,
  };
  if (!charge.captured) {
    tables.charges.put(charge);
    const held = tables.paymentIntents.put({
      ...settled,
      amount_capturable: charge.amount,
      status: "requires_capture",
    });
    emit(account, "charge.succeeded", charge);
    emit(account, "payment_intent.amount_capturable_updated", held);
    checkoutIntentMoved(account, held);
    schedule(account, "authorization_expires", held.id, account.nowMs() + AUTHORIZATION_MS);
    return held;
  }
  tables.charges.put(charge);
  const booked =
    intent.capture_method === "automatic_async" && method.type === "card" ? charge : bookCharge(account, charge);
  const succeeded = tables.paymentIntents.put({
    ...settled,
    amount_received: charge.amount_captured,
    status: "succeeded",
  });
  emit(account, "charge.succeeded", booked);
  emit(account, "payment_intent.succeeded", succeeded);
  intentSucceeded(account, succeeded);
  checkoutIntentMoved(account, succeeded);
  if (!booked.balance_transaction) bookLater(account, booked);
  return succeeded;
}
