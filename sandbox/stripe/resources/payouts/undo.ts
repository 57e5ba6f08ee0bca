import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest } from "../../http/errors";
import { emit } from "../../webhooks/events";
import { bookPayout, createPayout } from "./payout";

/** `POST /v1/payouts/:id/cancel`. @throws StripeFailure 400 when it is on its way already, or was not asked for by hand */
export function cancelPayout(account: Account, payout: Stripe.Payout): Stripe.Payout {
  if (payout.automatic)
    throw invalidRequest("You cannot cancel an automatic payout. Only payouts you created can be canceled.");
  if (payout.status !== "pending")
    throw invalidRequest(`Payouts can only be canceled while they are pending. This payout is ${payout.status}.`);
  const canceled = account.tables.payouts.put({
    ...payout,
    failure_balance_transaction: bookPayout(account, payout, "payout_cancel", payout.amount),
    status: "canceled",
  });
  emit(account, "payout.canceled", canceled);
  emit(account, "payout.updated", canceled, payout);
  return canceled;
}

/** `POST /v1/payouts/:id/reverse`: the bank account is debited. @throws StripeFailure 400 unless it was paid and not reversed yet */
export function reversePayout(account: Account, payout: Stripe.Payout, metadata: Stripe.Metadata): Stripe.Payout {
  if (payout.status !== "paid" || payout.reversed_by || payout.original_payout)
    throw invalidRequest(`This payout cannot be reversed: its status is ${payout.status}.`);
  const reversal = createPayout(account, {
    amountMinor: -payout.amount,
    currency: payout.currency,
    automatic: false,
    method: "standard",
    description: payout.description,
    metadata,
    statementDescriptor: payout.statement_descriptor,
    original: payout.id,
  });
  const reversed = account.tables.payouts.put({ ...payout, reversed_by: reversal.id });
  emit(account, "payout.updated", reversed, payout);
  return reversal;
}

/** The bank refused: the money comes back to the balance, even after the payout looked paid. */
export function failPayout(account: Account, payout: Stripe.Payout): Stripe.Payout {
  if (!["pending", "in_transit", "paid"].includes(payout.status))
    throw invalidRequest(`This payout cannot fail: its status is ${payout.status}.`);
  const failed = account.tables.payouts.put({
    ...payout,
    failure_balance_transaction: bookPayout(account, payout, "payout_failure", payout.amount),
    failure_code: "account_closed",
    failure_message: "The bank account has been closed",
    status: "failed",
  });
  emit(account, "payout.failed", failed);
  emit(account, "payout.updated", failed, payout);
  return failed;
}
