import type { Tx } from "@/db/client";
import type { AppEvent } from "@/inngest/events";
import type { NoticeContent } from "@/lib/notifications/kinds";
import { notify } from "@/lib/notifications/notify";
import type { SubscriptionRow } from "./end";

/** Why a plan was ended whose invoice stayed unpaid: dunning tells of that end itself. */
export const UNPAID = "unpaid";

const hasBegun = (row: SubscriptionRow) => row.status !== "incomplete" && row.status !== "incomplete_expired";

/** What a customer is told when a subscription at Stripe went from one row to the next; null: nothing worth a mail. */
export function noticeOfChange(before: SubscriptionRow | null, after: SubscriptionRow): NoticeContent | null {
  if (!hasBegun(after)) return null;
  const { plan, endedAt, cancelAt } = after;
  const params = (at: Date) => ({ plan, at: at.toISOString() });
  if (endedAt) {
    const isNews = before !== null && before.endedAt === null && hasBegun(before) && after.cancelReason !== UNPAID;
    return isNews ? { kind: "subscription_ended", params: params(endedAt) } : null;
  }
  if (!before || !hasBegun(before)) return { kind: "subscription_started", params: params(after.currentPeriodEnd) };
  if (before.plan !== plan)
    return { kind: "subscription_changed", params: { ...params(after.currentPeriodEnd), from: before.plan } };
  if (cancelAt && !before.cancelAt) return { kind: "subscription_ending", params: params(cancelAt) };
  return null;
}

/** Tells of a change in the transaction that stores it: once, since the next look finds nothing changed. */
export async function tellChange(
  tx: Tx,
  after: AppEvent[],
  before: SubscriptionRow | null,
  row: SubscriptionRow,
): Promise<void> {
  const content = noticeOfChange(before, row);
  if (!content) return;
  const { tenantId, subscriptionId, syncedAt } = row;
  const dedupeKey = `${subscriptionId}:${syncedAt.toISOString()}`;
  const notificationId = await notify(tx, { tenantId, dedupeKey, ...content });
  if (notificationId) after.push({ name: "notification/created", data: { tenantId, notificationId } });
}
