import { negate } from "@/lib/money/minor";
import type { DisputeSnapshot } from "@/lib/stripe/disputes";
import { type Difference, UNDER_WAY_MS } from "./decide";
import type { OurSide, StripeSide } from "./sides";

/** How a dispute reads in the list of transactions. */
const LISTED_AS = { open: "pending", won: "canceled", lost: "succeeded" } as const;

type Moved = DisputeSnapshot & { state: keyof typeof LISTED_AS };
const hasMoved = (one: DisputeSnapshot): one is Moved => one.state !== "inquiry";

/** @returns disputes that are not here, or stand otherwise; none is repaired by itself, for a rule pauses with it */
export function disputeDifferences(ours: OurSide, stripe: StripeSide, now: Date): Difference[] {
  const settledMs = now.getTime() - UNDER_WAY_MS;
  const known = new Map(ours.disputes.map((one) => [one.disputeId, one]));
  const credited = new Map(ours.credits.map((one) => [one.paymentId as string, one.tenantId]));
  return stripe.disputes
    .filter(hasMoved)
    .filter((one) => one.createdAt.getTime() <= settledMs)
    .flatMap((one): Difference[] => {
      const here = known.get(one.disputeId);
      const base = {
        subjectId: one.disputeId,
        currency: one.currency,
        stripeMinor: negate(one.amountMinor),
        occurredAt: one.createdAt,
        repair: null,
      };
      if (!here) {
        const tenantId = credited.get(one.paymentIntentId);
        return tenantId ? [{ ...base, class: "dispute_missing", tenantId, ourMinor: null, detail: one.state }] : [];
      }
      const same = here.status === LISTED_AS[one.state] && here.amountMinor === negate(one.amountMinor);
      if (same) return [];
      const detail = `${one.state} / ${here.status}`;
      return [{ ...base, class: "dispute_differs", tenantId: here.tenantId, ourMinor: here.amountMinor, detail }];
    });
}
