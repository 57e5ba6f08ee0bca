import type { Subscription } from "@/lib/subscriptions/queries";
import { periodFor } from "@/lib/usage/periods";
import type { UsageMonth } from "@/lib/usage/queries";

/** How a month is named in the page's address. */
export const monthKey = (month: UsageMonth): string => `${month.subscriptionId}.${month.period.start.getTime()}`;

/** The month that runs, then those before it in which something was used. @param used newest first */
export function monthsToShow(
  live: Pick<Subscription, "subscriptionId" | "usageAnchorAt">,
  used: UsageMonth[],
  at: Date,
): [UsageMonth, ...UsageMonth[]] {
  const { subscriptionId, usageAnchorAt } = live;
  const opened = used.filter((month) => month.subscriptionId === subscriptionId).map((month) => month.period);
  const running = { subscriptionId, period: periodFor(usageAnchorAt, opened, at) };
  return [running, ...used.filter((month) => monthKey(month) !== monthKey(running))];
}
