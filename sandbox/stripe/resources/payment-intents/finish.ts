import type Stripe from "stripe";
import type { Account } from "../../account";
import { idOf } from "../../state/ids";
import { emit } from "../../webhooks/events";
import type { Challenge } from "../challenges";
import { refuseForInvoice } from "../invoices/intents";
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
  refuseForInvoice(account, intent, "cancel");
  const { tables } = account;
  tables.challenges.delete(intent.id);
  tables.verifications.delete(intent.id);
  const charge =
    intent.status === "requires_capture" ? tables.charges.get(idOf(intent.latest_charge) ?? "") : undefined;
  if (charge) {
    const left = charge.amount - charge.amount_captured;
    const released = tables.charges.put({ ...charge, amount_refunded: left, refunded: left === charge.amount });
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

/** With manual confirmation the server has the last word: it confirms once more, and the bank does not ask again. */
function awaitServer(account: Account, intent: Stripe.PaymentIntent, challenge: Challenge): Stripe.PaymentIntent {
  account.tables.challenges.put({ ...challenge, passed: true });
  return account.tables.paymentIntents.put({ ...intent, next_action: null, status: "requires_confirmation" });
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
  if (passed && intent.confirmation_method === "manual") return awaitServer(account, intent, challenge);
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
