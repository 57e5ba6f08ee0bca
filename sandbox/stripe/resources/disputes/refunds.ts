import type Stripe from "stripe";
import type { Account } from "../../account";
import { decideDispute, isOpen } from "./dispute";

function disputesOf(account: Account, chargeId: string): Stripe.Dispute[] {
  return [...account.tables.disputes.whose("charge", chargeId).oldestFirst()];
}

/** Whether a disputed charge may still be refunded: an inquiry has taken no money, and a won dispute has given it back. */
export function isRefundableInDispute(account: Account, chargeId: string): boolean {
  return disputesOf(account, chargeId).every(
    (dispute) => dispute.is_charge_refundable || dispute.status === "won" || dispute.status === "warning_closed",
  );
}

/** A customer who has the money back has nothing left to inquire. */
export function closeInquiries(account: Account, chargeId: string): void {
  for (const dispute of disputesOf(account, chargeId))
    if (dispute.status.startsWith("warning") && isOpen(dispute)) decideDispute(account, dispute, "lost");
}
