import type Stripe from "stripe";
import type { Account } from "../../account";
import { emit } from "../../webhooks/events";
import { judge, type Proof } from "../microdeposits";
import { unexpectedState } from "./confirm";
import { completeSetup, failSetup, type SetUp } from "./outcome";

/** `POST /v1/setup_intents/:id/cancel`. */
export function cancelSetup(
  account: Account,
  intent: Stripe.SetupIntent,
  reason: Stripe.SetupIntent.CancellationReason | null,
): Stripe.SetupIntent {
  if (intent.status === "succeeded" || intent.status === "canceled") {
    throw unexpectedState(
      intent,
      `You cannot cancel this SetupIntent because it has a status of ${intent.status}. Only a SetupIntent with one of the following statuses may be canceled: requires_payment_method, requires_confirmation, requires_action.`,
    );
  }
  account.tables.challenges.delete(intent.id);
  account.tables.verifications.delete(intent.id);
  const canceled = account.tables.setupIntents.put({
    ...intent,
    cancellation_reason: reason,
    next_action: null,
    status: "canceled",
  });
  emit(account, "setup_intent.canceled", canceled);
  return canceled;
}

/** The customer's answer to 3-D Secure. */
export function answerSetupChallenge(
  account: Account,
  intent: Stripe.SetupIntent,
  passed: boolean,
): Stripe.SetupIntent {
  const challenge = account.tables.challenges.get(intent.id);
  const method = account.tables.paymentMethods.get(challenge?.method ?? "");
  if (!challenge || !method || intent.status !== "requires_action")
    throw unexpectedState(intent, `This SetupIntent does not wait for authentication: its status is ${intent.status}.`);
  account.tables.challenges.delete(intent.id);
  if (passed) return completeSetup(account, intent, method, null, true);
  const message =
    "We are unable to authenticate your payment method. Please choose a different payment method and try again.";
  return failSetup(account, intent, method, {
    type: "invalid_request_error",
    code: "setup_intent_authentication_failure",
    message,
  }).intent;
}

/** The two small deposits are named: the account is saved, or the attempt is counted and told back. */
export function verifySetupDeposits(account: Account, intent: Stripe.SetupIntent, proof: Proof): SetUp {
  const verification = account.tables.verifications.get(intent.id);
  const method = account.tables.paymentMethods.get(verification?.method ?? "");
  if (!verification || !method) throw unexpectedState(intent, "This SetupIntent does not wait for microdeposits.");
  const verdict = judge(account, verification, proof);
  if (verdict.verified) {
    account.tables.verifications.delete(intent.id);
    return { intent: completeSetup(account, intent, method, verification.acceptance, false), failure: null };
  }
  if (verdict.final)
    return {
      intent: endVerification(account, intent, verdict.failure.body.code ?? "", verdict.failure.message).intent,
      failure: verdict.failure,
    };
  return { intent, failure: verdict.failure };
}

/** The verification is over without success: the account is not saved. */
export function endVerification(account: Account, intent: Stripe.SetupIntent, code: string, message: string): SetUp {
  const verification = account.tables.verifications.get(intent.id);
  const method = account.tables.paymentMethods.get(verification?.method ?? "");
  if (!verification || !method) return { intent, failure: null };
  account.tables.verifications.delete(intent.id);
  return failSetup(account, intent, method, { type: "invalid_request_error", code, message });
}
