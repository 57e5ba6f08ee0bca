import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest } from "../../http/errors";
import { idOf } from "../../state/ids";
import { emit } from "../../webhooks/events";
import { capturePayment } from "../payment-intents/capture";
import { bookCharge } from "./book";

interface CaptureInput {
  amount?: number | undefined;
  receipt_email?: string | undefined;
  statement_descriptor?: string | undefined;
  statement_descriptor_suffix?: string | undefined;
}

/** `POST /v1/charges/:id/capture`; a charge of an intent is captured by it. @throws StripeFailure 400 */
export function captureCharge(account: Account, charge: Stripe.Charge, given: CaptureInput): Stripe.Charge {
  if (charge.captured)
    throw invalidRequest(`Charge ${charge.id} has already been captured.`, { code: "charge_already_captured" });
  if (charge.refunded || charge.status !== "succeeded")
    throw invalidRequest(`Charge ${charge.id} cannot be captured: it has expired, failed or been refunded.`, {
      code: "charge_expired_for_capture",
    });
  const intent = account.tables.paymentIntents.get(idOf(charge.payment_intent) ?? "");
  const descriptors = {
    ...(given.statement_descriptor && { statement_descriptor: given.statement_descriptor }),
    ...(given.statement_descriptor_suffix && { statement_descriptor_suffix: given.statement_descriptor_suffix }),
  };
  if (intent) {
    capturePayment(account, { amount_to_capture: given.amount, ...descriptors }, intent);
    return account.tables.charges.get(charge.id) ?? charge;
  }
  const amount = given.amount ?? charge.amount;
  if (amount < 1 || amount > charge.amount)
    throw invalidRequest("You cannot capture a charge for an amount greater than it already has.", {
      code: "amount_too_large",
      param: "amount",
    });
  const captured = bookCharge(
    account,
    account.tables.charges.put({
      ...charge,
      ...descriptors,
      amount_captured: amount,
      amount_refunded: charge.amount - amount,
      captured: true,
      receipt_email: given.receipt_email ?? charge.receipt_email,
    }),
  );
  emit(account, "charge.captured", captured, charge);
  return captured;
}
