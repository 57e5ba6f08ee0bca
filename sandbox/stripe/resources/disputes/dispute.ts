import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest } from "../../http/errors";
import { instrumentOf } from "../../instruments/instrument";
import { cardByNumber, type TestCard } from "../../instruments/test-cards";
import { idOf, newId } from "../../state/ids";
import { schedule } from "../../time/work";
import { emit } from "../../webhooks/events";
import { book } from "../balance-transactions/book";
import { BANK_RETURN_FEE_MINOR, CARD_DISPUTE_FEE_MINOR } from "../balance-transactions/fees";
import { noEvidence } from "./evidence";

const EVIDENCE_DAYS = 9;
const DAY_MS = 86_400_000;
const OPEN: Stripe.Dispute.Status[] = [
  "needs_response",
  "under_review",
  "warning_needs_response",
  "warning_under_review",
];

export function isOpen(dispute: Stripe.Dispute): boolean {
  return OPEN.includes(dispute.status);
}

function move(
  account: Account,
  dispute: { id: string; currency: string },
  amountMinor: number,
  feeMinor: number,
  category: string,
): Stripe.BalanceTransaction {
  return book(account, {
    type: "adjustment",
    reportingCategory: category,
    amountMinor,
    feeMinor,
    feeDescription: feeMinor ? "Dispute fee" : null,
    currency: dispute.currency,
    source: dispute.id,
    description: `Chargeback ${amountMinor < 0 ? "withdrawal" : "reversal"} for ${dispute.id}`,
    available: true,
  });
}

function cardDetails(charge: Stripe.Charge, inquiry: boolean): Stripe.Dispute.PaymentMethodDetails | undefined {
  const brand = charge.payment_method_details?.card?.brand;
  if (!brand) return undefined;
  return {
    type: "card",
    card: { brand, case_type: inquiry ? "inquiry" : "chargeback", network: brand, network_reason_code: "10.4" },
  };
}

/**
 * Opens a dispute over what is left of a charge. A card's waits for evidence; a returned bank debit is lost at once; an
 * inquiry takes no money.
 * @throws StripeFailure 400 when the charge is disputed already or never succeeded
 */
export function openDispute(
  account: Account,
  charge: Stripe.Charge,
  kind: TestCard["dispute"] = "fraudulent",
): Stripe.Dispute {
  const { tables } = account;
  if (charge.disputed) throw invalidRequest(`Charge ${charge.id} is disputed already.`, { code: "charge_disputed" });
  if (charge.status !== "succeeded" || !charge.captured)
    throw invalidRequest(`Charge ${charge.id} has no money to dispute.`);
  const isCard = charge.payment_method_details?.type === "card";
  const inquiry = isCard && kind === "inquiry";
  const amount = charge.amount_captured - (charge.amount_refunded - (charge.amount - charge.amount_captured));
  if (amount < 1) throw invalidRequest(`Charge ${charge.id} has been refunded, nothing is left to dispute.`);
  const id = newId("du");
  const withdrawn = inquiry
    ? null
    : move(
        account,
        { id, currency: charge.currency },
        -amount,
        isCard ? CARD_DISPUTE_FEE_MINOR : BANK_RETURN_FEE_MINOR,
        "dispute",
      );
  const dueMs = account.nowMs() + EVIDENCE_DAYS * DAY_MS;
  const dispute = {
    id,
    object: "dispute",
    amount,
    balance_transactions: withdrawn ? [withdrawn] : [],
    charge: charge.id,
    created: account.nowUnix(),
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: noEvidence(),
    evidence_details: {
      due_by: isCard ? Math.floor(dueMs / 1000) : null,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: "not_submitted",
    },
    intended_submission_method: null,
    is_charge_refundable: inquiry,
    livemode: false,
    metadata: {},
    network_reason_code: isCard ? "10.4" : "R10",
    payment_intent: idOf(charge.payment_intent),
    payment_method_details: cardDetails(charge, inquiry),
    reason: !isCard ? "debit_not_authorized" : kind === "product_not_received" ? "product_not_received" : "fraudulent",
    status: inquiry ? "warning_needs_response" : isCard ? "needs_response" : "lost",
  } satisfies Stripe.Dispute;
  tables.disputes.put(dispute);
  tables.charges.patch(charge.id, { disputed: true });
  emit(account, "charge.dispute.created", dispute);
  if (withdrawn) emit(account, "charge.dispute.funds_withdrawn", dispute);
  if (isCard) schedule(account, "dispute_expires", id, dueMs);
  else emit(account, "charge.dispute.closed", dispute);
  return dispute;
}

/** Opens the dispute that a test card asks for, unless its charge was given back meanwhile. */
export function openCardDispute(account: Account, chargeId: string): void {
  const charge = account.tables.charges.get(chargeId);
  if (
    !charge?.payment_method ||
    charge.disputed ||
    charge.refunded ||
    charge.status !== "succeeded" ||
    !charge.captured
  )
    return;
  openDispute(account, charge, cardByNumber(instrumentOf(account, charge.payment_method).number)?.dispute);
}

/** The bank has taken a debit back. */
export function returnBankDebit(account: Account, chargeId: string): void {
  const charge = account.tables.charges.get(chargeId);
  if (charge && !charge.disputed) openDispute(account, charge);
}

/** Ends a dispute; a won one brings the money back (the fee stays). @throws StripeFailure 400 when it is over */
export function decideDispute(account: Account, dispute: Stripe.Dispute, outcome: "won" | "lost"): Stripe.Dispute {
  if (!isOpen(dispute)) throw invalidRequest("This dispute is already closed.", { param: "dispute" });
  const inquiry = dispute.status.startsWith("warning");
  const returned = outcome === "won" && !inquiry ? move(account, dispute, dispute.amount, 0, "dispute_reversal") : null;
  const closed = account.tables.disputes.put({
    ...dispute,
    balance_transactions: returned ? [...dispute.balance_transactions, returned] : dispute.balance_transactions,
    status: inquiry ? "warning_closed" : outcome,
  });
  if (returned) emit(account, "charge.dispute.funds_reinstated", closed);
  emit(account, "charge.dispute.closed", closed);
  return closed;
}

/** The bank takes the money after all: an inquiry becomes a chargeback, with time for evidence from now on. */
export function escalateInquiry(account: Account, dispute: Stripe.Dispute): Stripe.Dispute {
  const withdrawn = move(account, dispute, -dispute.amount, CARD_DISPUTE_FEE_MINOR, "dispute");
  const dueMs = account.nowMs() + EVIDENCE_DAYS * DAY_MS;
  const details = dispute.payment_method_details;
  const escalated = account.tables.disputes.put({
    ...dispute,
    balance_transactions: [...dispute.balance_transactions, withdrawn],
    evidence_details: { ...dispute.evidence_details, due_by: Math.floor(dueMs / 1000) },
    is_charge_refundable: false,
    ...(details?.card && {
      payment_method_details: { ...details, card: { ...details.card, case_type: "chargeback" as const } },
    }),
    status: "needs_response",
  });
  emit(account, "charge.dispute.updated", escalated, dispute);
  emit(account, "charge.dispute.funds_withdrawn", escalated);
  schedule(account, "dispute_expires", dispute.id, dueMs);
  return escalated;
}

/** Nobody answered in time. */
export function expireDispute(account: Account, id: string): void {
  const dispute = account.tables.disputes.get(id);
  if (!dispute?.status.endsWith("needs_response")) return;
  // An inquiry that became a chargeback has more time than it had at first.
  if ((dispute.evidence_details.due_by ?? 0) > account.nowUnix()) return;
  const late = account.tables.disputes.put({
    ...dispute,
    evidence_details: { ...dispute.evidence_details, past_due: true },
  });
  decideDispute(account, late, "lost");
}
