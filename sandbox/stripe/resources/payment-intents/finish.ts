import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest } from "../../http/errors";
import { idOf } from "../../state/ids";
import { emit } from "../../webhooks/events";
import { bookCharge } from "../charges/book";
import { intentSucceeded } from "../invoices/intents";
import { judge, type Proof } from "../microdeposits";
import { chargeCard } from "./charge-card";
import { unexpectedState } from "./confirm";
import { debitBank } from "./debit-bank";
import { type Confirmed, failPayment } from "./outcome";

const CANCELABLE = ["requires_payment_method", "requires_capture", "requires_confirmation", "requires_action"];

/** `POST /v1/payment_intents/:id/cancel`: nothing is charged, a held amount is released. */
export function cancelPayment(
  account: Account,
  intent: Stripe.PaymentIntent,
  reason: Stripe.PaymentIntent.CancellationReason | null,
): Stripe.PaymentIntent {
  if (!CANCELABLE.includes(intent.status)) {
    throw unexpectedState(
      intent,
      `You cannot cancel this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be canceled: ${CANCELABLE.join(", ")}.`,
    );
  }
  const { tables } = account;
  tables.challenges.delete(intent.id);
  tables.verifications.delete(intent.id);
  const charge =
    intent.status === "requires_capture" ? tables.charges.get(idOf(intent.latest_charge) ?? "") : undefined;
  if (charge) {
    const released = tables.charges.put({ ...charge, amount_refunded: charge.amount, refunded: true });
    emit(account, "charge.refunded", released, charge);
  }
  const canceled = tables.paymentIntents.put({
    ...intent,
    amount_capturable: 0,
    canceled_at: account.nowUnix(),
    cancellation_reason: reason,
    next_action: null,
    status: "canceled",
  });
  emit(account, "payment_intent.canceled", canceled);
  return canceled;
}

/** `POST /v1/payment_intents/:id/capture`. @param amountMinor up to what is held; less releases the rest */
export function capturePayment(
  account: Account,
  intent: Stripe.PaymentIntent,
  amountMinor: number | undefined,
): Stripe.PaymentIntent {
  const charge = account.tables.charges.get(idOf(intent.latest_charge) ?? "");
  if (intent.status !== "requires_capture" || !charge) {
    throw unexpectedState(
      intent,
      `This PaymentIntent could not be captured because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be captured: requires_capture.`,
    );
  }
  const amount = amountMinor ?? intent.amount_capturable;
  if (amount < 1 || amount > intent.amount_capturable) {
    throw invalidRequest(`The amount to capture must be between 1 and ${intent.amount_capturable}.`, {
      code: "amount_too_large",
      param: "amount_to_capture",
    });
  }
  const left = charge.amount - amount;
  const captured = bookCharge(
    account,
    account.tables.charges.put({ ...charge, amount_captured: amount, amount_refunded: left, captured: true }),
  );
  const succeeded = account.tables.paymentIntents.put({
    ...intent,
    amount_capturable: 0,
    amount_received: amount,
    status: "succeeded",
  });
  emit(account, "charge.captured", captured, charge);
  emit(account, "payment_intent.succeeded", succeeded);
  intentSucceeded(account, succeeded);
  return succeeded;
}

/** The customer's answer to 3-D Secure. A decline afterwards is told by the intent, nobody waits for a 402. */
export function answerPaymentChallenge(
  account: Account,
  intent: Stripe.PaymentIntent,
  passed: boolean,
): Stripe.PaymentIntent {
  const challenge = account.tables.challenges.get(intent.id);
  const method = account.tables.paymentMethods.get(challenge?.method ?? "");
  if (!challenge || !method || intent.status !== "requires_action")
    throw unexpectedState(
      intent,
      `This PaymentIntent does not wait for authentication: its status is ${intent.status}.`,
    );
  account.tables.challenges.delete(intent.id);
  if (passed) return chargeCard(account, intent, method, true).intent;
  const message =
    "We are unable to authenticate your payment method. Please choose a different payment method and try again.";
  return failPayment(
    account,
    intent,
    method,
    { type: "invalid_request_error", code: "payment_intent_authentication_failure", message },
    null,
  ).intent;
}

/** The two small deposits are named: the debit starts, or the attempt is counted and told back. */
export function verifyPaymentDeposits(account: Account, intent: Stripe.PaymentIntent, proof: Proof): Confirmed {
  const verification = account.tables.verifications.get(intent.id);
  const method = account.tables.paymentMethods.get(verification?.method ?? "");
  if (!verification || !method) throw unexpectedState(intent, "This PaymentIntent does not wait for microdeposits.");
  const verdict = judge(account, verification, proof);
  if (!verdict.verified) {
    if (verdict.final)
      endPaymentVerification(account, intent, verdict.failure.body.code ?? "", verdict.failure.message);
    return { intent, failure: verdict.failure };
  }
  account.tables.verifications.delete(intent.id);
  account.tables.instruments.patch(method.id, { verified: true });
  return debitBank(account, intent, method, verification.acceptance);
}

/** The deposits never came or were not named in time. */
export function endPaymentVerification(
  account: Account,
  intent: Stripe.PaymentIntent,
  code: string,
  message: string,
): void {
  const verification = account.tables.verifications.get(intent.id);
  const method = account.tables.paymentMethods.get(verification?.method ?? "");
  if (!verification || !method) return;
  account.tables.verifications.delete(intent.id);
  failPayment(account, intent, method, { type: "invalid_request_error", code, message }, null);
}
