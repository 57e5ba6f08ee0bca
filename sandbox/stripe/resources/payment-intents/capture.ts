import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest } from "../../http/errors";
import { idOf } from "../../state/ids";
import { mergeMetadata } from "../../state/metadata";
import { emit } from "../../webhooks/events";
import { bookCapture } from "../charges/book";
import { checkoutIntentMoved } from "../checkout/complete";
import { intentSucceeded } from "../invoices/intents";
import { unexpectedState } from "./confirm";
import type { CaptureInput } from "./parameters";

/** What is left of a hold after its last capture is given back. */
function releaseRest(charge: Stripe.Charge): Stripe.Charge {
  return { ...charge, amount_refunded: charge.amount - charge.amount_captured, captured: true };
}

function wantedAmount(intent: Stripe.PaymentIntent, given: CaptureInput): number {
  const amount = given.amount_to_capture ?? intent.amount_capturable;
  if (amount < 1 || amount > intent.amount_capturable)
    throw invalidRequest(`The amount to capture must be between 1 and ${intent.amount_capturable}.`, {
      code: amount < 1 ? "parameter_invalid_integer" : "amount_too_large",
      param: "amount_to_capture",
    });
  return amount;
}

/**
 * `POST /v1/payment_intents/:id/capture`. Less than what is held releases the rest, unless more captures are to follow.
 * @throws StripeFailure 400 when nothing is held, not so much, or more captures were not asked for
 * @see https://docs.stripe.com/payments/multicapture
 */
export function capturePayment(
  account: Account,
  given: CaptureInput,
  intent: Stripe.PaymentIntent,
): Stripe.PaymentIntent {
  const { tables } = account;
  const charge = tables.charges.get(idOf(intent.latest_charge) ?? "");
  if (intent.status !== "requires_capture" || !charge)
    throw unexpectedState(
      intent,
      `This PaymentIntent could not be captured because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be captured: requires_capture.`,
    );
  const isLast = given.final_capture !== false;
  if (!isLast && charge.payment_method_details?.card?.multicapture?.status !== "available")
    throw invalidRequest(
      "This PaymentIntent cannot be captured more than once: `payment_method_options[card][request_multicapture]` was not set or multicapture is not available for it.",
      { param: "final_capture" },
    );
  const amount = wantedAmount(intent, given);
  const descriptors = {
    statement_descriptor: given.statement_descriptor ?? intent.statement_descriptor,
    statement_descriptor_suffix: given.statement_descriptor_suffix ?? intent.statement_descriptor_suffix,
  };
  const done = isLast || amount === intent.amount_capturable;
  const taken = { ...charge, ...descriptors, amount_captured: charge.amount_captured + amount };
  const captured = bookCapture(account, tables.charges.put(done ? releaseRest(taken) : taken), amount);
  const updated = tables.paymentIntents.put({
    ...intent,
    ...descriptors,
    amount_capturable: done ? 0 : intent.amount_capturable - amount,
    amount_received: intent.amount_received + amount,
    metadata: mergeMetadata(intent.metadata, given.metadata),
    ...(done && { status: "succeeded" as const }),
  });
  emit(account, done ? "charge.captured" : "charge.updated", captured, charge);
  emit(account, done ? "payment_intent.succeeded" : "payment_intent.amount_capturable_updated", updated);
  if (done) intentSucceeded(account, updated);
  if (done) checkoutIntentMoved(account, updated);
  return updated;
}

/** Nobody captured in time: the bank has released the money. */
export function expireAuthorization(account: Account, intentId: string): void {
  const { tables } = account;
  const intent = tables.paymentIntents.get(intentId);
  const charge = tables.charges.get(idOf(intent?.latest_charge) ?? "");
  if (!intent || !charge || intent.status !== "requires_capture") return;
  const isPartly = charge.amount_captured > 0;
  const expired = tables.charges.put({
    ...charge,
    amount_refunded: charge.amount - charge.amount_captured,
    captured: isPartly,
    refunded: !isPartly,
  });
  const ended = tables.paymentIntents.put({
    ...intent,
    amount_capturable: 0,
    ...(isPartly
      ? { status: "succeeded" as const }
      : { canceled_at: account.nowUnix(), cancellation_reason: "automatic" as const, status: "canceled" as const }),
  });
  emit(account, "charge.expired", expired);
  emit(account, isPartly ? "payment_intent.succeeded" : "payment_intent.canceled", ended);
  if (isPartly) intentSucceeded(account, ended);
}
