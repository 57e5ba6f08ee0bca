import { type Minor, toMinor } from "@/lib/money/minor";
import { stripe } from "./client";

/** `inquiry`: the bank asks, no money has moved. */
export type DisputeSnapshot = {
  disputeId: string;
  paymentIntentId: string;
  amountMinor: Minor;
  state: "inquiry" | "open" | "won" | "lost";
};

function stateOf(status: string): DisputeSnapshot["state"] {
  if (status === "won" || status === "lost") return status;
  return status.startsWith("warning_") ? "inquiry" : "open";
}

/** @returns null for a dispute of a charge that no PaymentIntent made @throws Stripe's errors */
export async function fetchDispute(disputeId: string): Promise<DisputeSnapshot | null> {
  const dispute = await stripe().disputes.retrieve(disputeId);
  const intent = dispute.payment_intent;
  const paymentIntentId = typeof intent === "string" ? intent : intent?.id;
  return paymentIntentId
    ? { disputeId: dispute.id, paymentIntentId, amountMinor: toMinor(dispute.amount), state: stateOf(dispute.status) }
    : null;
}
