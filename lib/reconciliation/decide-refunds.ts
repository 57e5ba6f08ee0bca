import type { TenantId } from "@/lib/ids";
import { negate } from "@/lib/money/minor";
import type { RefundSnapshot } from "@/lib/stripe/refunds";
import { type Difference, UNDER_WAY_MS } from "./decide";
import type { OurRefund, OurSide, StripeSide } from "./sides";

const isUndone = (state: OurRefund["state"]) => state === "failed" || state === "canceled";

function compare(ours: OurRefund, said: RefundSnapshot | null, settledMs: number): Difference | null {
  const base = {
    subjectId: ours.stripeRefundId ?? ours.refundId,
    tenantId: ours.tenantId,
    currency: ours.currency,
    ourMinor: negate(ours.amountMinor),
    occurredAt: ours.createdAt,
  };
  if (!said) {
    // One that has no name at Stripe yet is asked about by the resolver, which gives it up after a day.
    if (isUndone(ours.state) || !ours.stripeRefundId) return null;
    return { ...base, class: "refund_unknown_at_stripe", stripeMinor: null, detail: ours.state, repair: null };
  }
  const stripeMinor = negate(said.amountMinor);
  if (said.amountMinor !== ours.amountMinor || said.currency !== ours.currency)
    return { ...base, class: "refund_differs", stripeMinor, detail: said.currency, repair: null };
  const differs = isUndone(said.state) !== isUndone(ours.state);
  if (!differs || said.createdAt.getTime() > settledMs) return null;
  return {
    ...base,
    class: "refund_differs",
    stripeMinor: isUndone(said.state) ? null : stripeMinor,
    ourMinor: isUndone(ours.state) ? null : base.ourMinor,
    detail: `${said.state} / ${ours.state}`,
    // One that failed at Stripe gives the money back here; the other way round the money would have to be taken again.
    repair: isUndone(said.state) ? { kind: "sync_refund", stripeRefundId: said.stripeRefundId } : null,
  };
}

/** @returns what the two sides say differently of money given back */
export function refundDifferences(ours: OurSide, stripe: StripeSide, now: Date): Difference[] {
  const settledMs = now.getTime() - UNDER_WAY_MS;
  const listed = new Map(stripe.refunds.map((one) => [one.stripeRefundId, one]));
  const byOurId = new Map(stripe.refunds.flatMap((one) => (one.refundId ? [[one.refundId, one] as const] : [])));
  const known = new Set(ours.refunds.flatMap((one) => [one.stripeRefundId, one.refundId]));
  const tenantOf = new Map<string, TenantId>(ours.credits.map((one) => [one.paymentId, one.tenantId]));
  const customerOf = new Map<string, TenantId>(
    stripe.payments.flatMap((one) => {
      const tenantId = one.customerId && ours.tenants.get(one.customerId);
      return tenantId ? [[one.paymentId, tenantId] as const] : [];
    }),
  );
  const found = ours.refunds.map((one) => {
    const name = one.stripeRefundId;
    const named = name ? (listed.get(name) ?? stripe.askedRefunds.get(name)) : undefined;
    const said = named ?? byOurId.get(one.refundId) ?? null;
    return compare(one, said, settledMs);
  });
  const missing = stripe.refunds
    .filter((one) => !known.has(one.stripeRefundId) && !(one.refundId && known.has(one.refundId)))
    .filter((one) => !isUndone(one.state) && one.createdAt.getTime() <= settledMs)
    .flatMap((one): Difference[] => {
      const credited = one.paymentIntentId ? tenantOf.get(one.paymentIntentId) : undefined;
      const tenantId = credited ?? (one.paymentIntentId ? customerOf.get(one.paymentIntentId) : undefined);
      // Of a payment that is nobody's here, the payment itself is told of.
      if (!tenantId) return [];
      return [
        {
          class: "refund_missing",
          subjectId: one.stripeRefundId,
          tenantId,
          currency: one.currency,
          stripeMinor: negate(one.amountMinor),
          ourMinor: null,
          occurredAt: one.createdAt,
          detail: one.state,
          repair: { kind: "sync_refund", stripeRefundId: one.stripeRefundId },
        },
      ];
    });
  return [...found.filter((one) => one !== null), ...missing];
}
