import type Stripe from "stripe";
import { type Currency, toCurrency } from "@/lib/money/currency";
import { type Minor, toMinor } from "@/lib/money/minor";
import { stripe } from "./client";

/** `inquiry`: the bank asks, no money has moved. */
export type DisputeSnapshot = {
  disputeId: string;
  paymentIntentId: string;
  amountMinor: Minor;
  currency: Currency;
  createdAt: Date;
  state: "inquiry" | "open" | "won" | "lost";
};

function stateOf(status: string): DisputeSnapshot["state"] {
  if (status === "won" || status === "lost") return status;
  return status.startsWith("warning_") ? "inquiry" : "open";
}

/** @returns null for a dispute of a charge that no PaymentIntent made */
export function snapshotOfDispute(dispute: Stripe.Dispute): DisputeSnapshot | null {
  const intent = dispute.payment_intent;
  const paymentIntentId = typeof intent === "string" ? intent : intent?.id;
  if (!paymentIntentId) return null;
  return {
    disputeId: dispute.id,
    paymentIntentId,
    amountMinor: toMinor(dispute.amount),
    currency: toCurrency(dispute.currency),
    createdAt: new Date(dispute.created * 1000),
    state: stateOf(dispute.status),
  };
}

/** @returns null for a dispute of a charge that no PaymentIntent made @throws Stripe's errors */
export const fetchDispute = async (disputeId: string): Promise<DisputeSnapshot | null> =>
  snapshotOfDispute(await stripe().disputes.retrieve(disputeId));
