import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest, resourceMissing } from "../../http/errors";
import { instrumentOf } from "../../instruments/instrument";
import { cardByNumber } from "../../instruments/test-cards";
import { idOf, newId } from "../../state/ids";
import { mergeMetadata } from "../../state/metadata";
import { addBusinessDays } from "../../time/business-days";
import { schedule } from "../../time/work";
import { emit } from "../../webhooks/events";
import { book } from "../balance-transactions/book";
import { closeInquiries, isRefundableInDispute } from "../disputes/refunds";
import { checkMultiple } from "../payment-intents/build";

const ASYNC_REFUND_MS = 5 * 60_000;
const BANK_REFUND_BUSINESS_DAYS = 4;

interface RefundInput {
  amount?: number | undefined;
  charge?: string | undefined;
  payment_intent?: string | undefined;
  metadata?: Record<string, string> | null | undefined;
  reason?: Stripe.Refund.Reason | undefined;
}

function chargeOf(account: Account, given: RefundInput): Stripe.Charge {
  if (given.charge) {
    const charge = account.tables.charges.get(given.charge);
    if (!charge) throw resourceMissing("charge", given.charge, "charge");
    return charge;
  }
  if (!given.payment_intent)
    throw invalidRequest("One of the following params should be provided for this request: payment_intent or charge.", {
      code: "parameter_missing",
    });
  const intent = account.tables.paymentIntents.get(given.payment_intent);
  if (!intent) throw resourceMissing("payment_intent", given.payment_intent, "payment_intent");
  const charge = account.tables.charges.get(idOf(intent.latest_charge) ?? "");
  if (charge?.status !== "succeeded")
    throw invalidRequest(`This PaymentIntent (${intent.id}) does not have a successful charge to refund.`, {
      param: "payment_intent",
    });
  return charge;
}

function dollars(minor: number): string {
  return `$${(minor / 100).toFixed(2)}`;
}

/** What may still be given back, minor units. @throws StripeFailure 400 */
function refundableMinor(account: Account, charge: Stripe.Charge, wanted: number | undefined): number {
  if (charge.status !== "succeeded" || !charge.captured)
    throw invalidRequest(`Charge ${charge.id} is not in a state that can be refunded.`, {
      code: "charge_not_refundable",
    });
  if (charge.disputed && !isRefundableInDispute(account, charge.id))
    throw invalidRequest(`Charge ${charge.id} has been charged back; cannot issue a refund.`, {
      code: "charge_disputed",
    });
  if (charge.refunded)
    throw invalidRequest(`Charge ${charge.id} has already been refunded.`, { code: "charge_already_refunded" });
  const left = charge.amount_captured - (charge.amount_refunded - (charge.amount - charge.amount_captured));
  const amount = wanted ?? left;
  if (amount < 1)
    throw invalidRequest("This value must be greater than or equal to 1.", {
      code: "parameter_invalid_integer",
      param: "amount",
    });
  if (amount > left)
    throw invalidRequest(
      `Refund amount (${dollars(amount)}) is greater than unrefunded amount on charge (${dollars(left)})`,
      { code: "amount_too_large", param: "amount" },
    );
  if (amount < left) checkMultiple(amount, charge.currency);
  return amount;
}

/** `POST /v1/refunds`. Cards get their money back at once, bank accounts after some days; fees are kept. */
export function createRefund(account: Account, given: RefundInput): Stripe.Refund {
  const { tables } = account;
  const charge = chargeOf(account, given);
  const amount = refundableMinor(account, charge, given.amount);
  const isCard = charge.payment_method_details?.type === "card";
  const behaviour = charge.payment_method
    ? cardByNumber(instrumentOf(account, charge.payment_method).number)?.refund
    : undefined;
  const pending = !isCard || behaviour === "pending";
  const id = newId(isCard ? "re" : "pyr");
  const booked = book(account, {
    type: isCard ? "refund" : "payment_refund",
    reportingCategory: "refund",
    amountMinor: -amount,
    feeMinor: 0,
    feeDescription: null,
    currency: charge.currency,
    source: id,
    description: "REFUND FOR CHARGE",
    available: false,
  });
  const refund = {
    id,
    object: "refund",
    amount,
    balance_transaction: booked.id,
    charge: charge.id,
    created: account.nowUnix(),
    currency: charge.currency,
    customer: idOf(charge.customer),
    customer_account: null,
    destination_details: isCard
      ? {
          type: "card",
          card: { reference_status: "pending", reference_type: "acquirer_reference_number", type: "refund" },
        }
      : { type: "us_bank_transfer", us_bank_transfer: { reference: null, reference_status: null } },
    metadata: mergeMetadata(null, given.metadata),
    payment_intent: idOf(charge.payment_intent),
    payment_method: charge.payment_method,
    reason: given.reason ?? null,
    ...(pending && { pending_reason: "processing" as const }),
    receipt_number: null,
    source_transfer_reversal: null,
    status: pending ? "pending" : "succeeded",
    transfer_reversal: null,
  } satisfies Stripe.Refund;
  tables.refunds.put(refund);
  const refundedMinor = charge.amount_refunded + amount;
  const updated = tables.charges.put({
    ...charge,
    amount_refunded: refundedMinor,
    ...(given.reason === "fraudulent" && { fraud_details: { user_report: "fraudulent" as const } }),
    refunded: refundedMinor >= charge.amount,
  });
  if (updated.refunded) closeInquiries(account, charge.id);
  emit(account, "refund.created", refund);
  emit(account, "charge.refunded", updated, charge);
  if (behaviour === "fails") schedule(account, "refund_fails", id, account.nowMs() + ASYNC_REFUND_MS);
  else if (!isCard)
    schedule(account, "refund_succeeds", id, addBusinessDays(account.nowMs(), BANK_REFUND_BUSINESS_DAYS));
  else if (pending) schedule(account, "refund_succeeds", id, account.nowMs() + ASYNC_REFUND_MS);
  return refund;
}
