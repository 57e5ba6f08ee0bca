import type { Tx } from "@/db/client";
import { notifications } from "@/db/schema/notifications";
import { now } from "@/lib/clock";
import { newId, type TenantId } from "@/lib/ids";
import type { NoticeContent } from "./kinds";

/**
 * Records a notice in the caller's transaction (of the system role), once per tenant, kind and `dedupeKey`.
 * The caller sends `notification/created` after its commit; a lost send is caught by `deliverUnsent`.
 * @param notice.dedupeKey names the episode, e.g. an attempt's or an episode's id
 * @returns the new notice's id, or null when there was one already
 */
export async function notify(
  tx: Tx,
  notice: { tenantId: TenantId; dedupeKey: string } & NoticeContent,
): Promise<string | null> {
  const [row] = await tx
    .insert(notifications)
    .values({
      tenantId: notice.tenantId,
      notificationId: newId(),
      kind: notice.kind,
      dedupeKey: notice.dedupeKey,
      params: notice.params,
      createdAt: now(),
    })
    .onConflictDoNothing()
    .returning({ notificationId: notifications.notificationId });
  return row?.notificationId ?? null;
}
