import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest } from "../../http/errors";
import { idOf } from "../../state/ids";
import { emit } from "../../webhooks/events";
import { book } from "../balance-transactions/book";

const ACTION_WITHIN_SECONDS = 45 * 86_400;

function announce(account: Account, updated: Stripe.Refund, before: Stripe.Refund): void {
  emit(account, "refund.updated", updated, before);
  emit(account, "charge.refund.updated", updated, before);
}

/** A pending refund has arrived. */
export function completeRefund(account: Account, id: string): void {
  const refund = account.tables.refunds.get(id);
  if (refund?.status !== "pending" && refund?.status !== "requires_action") return;
  const { pending_reason: _reason, next_action: _action, ...rest } = refund;
  announce(account, account.tables.refunds.put({ ...rest, status: "succeeded" }), refund);
}

/** The money is back on the balance, and the charge is not refunded any more by this amount. */
function takeBack(account: Account, refund: Stripe.Refund): string {
  const { charges } = account.tables;
  const booked = book(account, {
    type: "refund_failure",
    reportingCategory: "refund_failure",
    amountMinor: refund.amount,
    feeMinor: 0,
    feeDescription: null,
    currency: refund.currency,
    source: refund.id,
    description: "REFUND FAILURE",
    available: false,
  });
  const charge = charges.get(idOf(refund.charge) ?? "");
  if (charge) charges.put({ ...charge, amount_refunded: charge.amount_refunded - refund.amount, refunded: false });
  return booked.id;
}

/** The bank sent the money back: the refund fails although it may have succeeded. */
export function failRefund(account: Account, id: string): void {
  const refund = account.tables.refunds.get(id);
  if (!refund || refund.status === "failed" || refund.status === "canceled") return;
  const { pending_reason: _reason, next_action: _action, ...rest } = refund;
  const failed = account.tables.refunds.put({
    ...rest,
    failure_balance_transaction: takeBack(account, refund),
    failure_reason: "expired_or_canceled_card",
    status: "failed",
  });
  emit(account, "refund.failed", failed);
  announce(account, failed, refund);
}

/** Stripe asks the customer where to send the money, which happens to methods that cannot take it back. */
export function askForDetails(account: Account, refund: Stripe.Refund): Stripe.Refund {
  if (refund.status !== "pending") throw invalidRequest(`This refund is not pending, it has ${refund.status}.`);
  const { pending_reason: _reason, ...rest } = refund;
  const waiting = account.tables.refunds.put({
    ...rest,
    next_action: {
      type: "display_details",
      display_details: {
        email_sent: { email_sent_at: account.nowUnix(), email_sent_to: "customer@example.com" },
        expires_at: account.nowUnix() + ACTION_WITHIN_SECONDS,
      },
    },
    status: "requires_action",
  });
  announce(account, waiting, refund);
  return waiting;
}

/** `POST /v1/refunds/:id/cancel`. @throws StripeFailure 400 unless the refund waits for the customer */
export function cancelRefund(account: Account, refund: Stripe.Refund): Stripe.Refund {
  if (refund.status !== "requires_action")
    throw invalidRequest(
      `You cannot cancel this refund because it has a status of ${refund.status}. Only a refund with a status of requires_action may be canceled.`,
    );
  const { next_action: _action, ...rest } = refund;
  const canceled = account.tables.refunds.put({
    ...rest,
    failure_balance_transaction: takeBack(account, refund),
    status: "canceled",
  });
  announce(account, canceled, refund);
  return canceled;
}
