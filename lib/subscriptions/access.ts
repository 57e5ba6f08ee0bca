import type { SubscriptionStatus } from "@/db/schema/subscriptions";

/** A failed payment takes nothing away while its grace runs: dunning ends the plan when it is over. */
const GIVES_ACCESS: readonly SubscriptionStatus[] = ["trialing", "active", "past_due"];

/** Whether a subscription lets its tenant use the plan at an instant; one that has ended did until its end. */
export const hasAccess = (subscription: { status: SubscriptionStatus; endedAt: Date | null }, at: Date): boolean =>
  subscription.endedAt ? at < subscription.endedAt : GIVES_ACCESS.includes(subscription.status);
