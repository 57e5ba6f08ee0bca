import type Stripe from "stripe";
import { customerOf } from "../story/perform";
import type { SimulatedTenant } from "../tenant";
import type { Evidence } from "./evidence";

/** A top-up as the stand-in knows it: the intent, its last charge, what was given back and disputed. */
export type Payment = {
  intent: Stripe.PaymentIntent;
  charge: Stripe.Charge;
  atMs: number;
  attemptId: string;
  refunds: Stripe.Refund[];
  disputes: Stripe.Dispute[];
};

export const idOf = (member: string | { id: string } | null | undefined): string =>
  typeof member === "string" ? member : (member?.id ?? "");

/** Every charge of a tenant that was asked for as a top-up, failed ones too, oldest first. */
export function triesOf(world: Evidence, tenant: SimulatedTenant): Payment[] {
  const customer = customerOf(world, tenant);
  const { tables } = world.stripe.account;
  if (!customer) return [];
  return [...tables.charges.whose("customer", customer).oldestFirst()].flatMap((charge) => {
    const intent = tables.paymentIntents.get(idOf(charge.payment_intent));
    if (intent?.metadata.evenkeel_purpose !== "recharge") return [];
    return {
      intent,
      charge,
      atMs: charge.created * 1_000,
      attemptId: intent.metadata.evenkeel_attempt ?? "",
      refunds: [...tables.refunds.whose("charge", charge.id).oldestFirst()],
      disputes: [...tables.disputes.whose("charge", charge.id).oldestFirst()],
    };
  });
}

/** The charges that took money, or are taking it. */
export const paymentsOf = (world: Evidence, tenant: SimulatedTenant): Payment[] =>
  triesOf(world, tenant).filter(({ charge }) => charge.status !== "failed");

/** @see https://docs.stripe.com/disputes: inquiries move no money */
export const movesMoney = (dispute: Stripe.Dispute): boolean => !dispute.status.startsWith("warning_");
export const tookMoney = (refund: Stripe.Refund): boolean =>
  refund.status === "succeeded" || refund.status === "pending";

/** Succeeded charges of a tenant that were for something else than a top-up: its invoices. */
export function invoicePaymentsOf(
  world: Evidence,
  tenant: SimulatedTenant,
): { id: string; amount: number; disputes: Stripe.Dispute[] }[] {
  const customer = customerOf(world, tenant);
  const { tables } = world.stripe.account;
  if (!customer) return [];
  return [...tables.charges.whose("customer", customer).oldestFirst()].flatMap((charge) => {
    const intent = tables.paymentIntents.get(idOf(charge.payment_intent));
    const isOther = charge.status === "succeeded" && intent && intent.metadata.evenkeel_purpose !== "recharge";
    const disputes = [...tables.disputes.whose("charge", charge.id).oldestFirst()];
    return isOther ? [{ id: intent.id, amount: charge.amount, disputes }] : [];
  });
}
