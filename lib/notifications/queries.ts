import { and, desc, eq, isNull } from "drizzle-orm";
import { withTenant } from "@/db/client";
import { notifications } from "@/db/schema/notifications";
import type { TenantScope } from "@/lib/auth/scope";
import { now } from "@/lib/clock";
import { AppError } from "@/lib/errors";
import { isId } from "@/lib/ids";
import { type Description, describeNotice } from "./describe";
import type { NoticeContent } from "./kinds";
import type { Notice } from "./reader";
import { readSubject } from "./readers";
import { toLocale } from "./translator";

/** A notice with its words. */
export type ShownNotice = Notice & Description & { readAt: Date | null };

/**
 * The tenant's notices in words, newest first.
 * @param options.locale the reader's language
 */
export async function listNotices(
  scope: TenantScope,
  options: { unreadOnly?: boolean; limit: number; locale?: string },
): Promise<ShownNotice[]> {
  const locale = toLocale(options.locale ?? "en");
  return withTenant(scope, async (tx) => {
    const rows = await tx
      .select()
      .from(notifications)
      .where(
        and(eq(notifications.tenantId, scope.tenantId), options.unreadOnly ? isNull(notifications.readAt) : undefined),
      )
      .orderBy(desc(notifications.createdAt), desc(notifications.notificationId))
      .limit(options.limit);
    const notices = rows.map((row) => ({
      row,
      content: { kind: row.kind, params: row.params } as unknown as NoticeContent,
    }));
    const reader = {
      ...(await readSubject(
        tx,
        scope.tenantId,
        notices.map((notice) => notice.content),
      )),
      locale,
    };
    return notices.map(({ row: { notificationId, createdAt, readAt }, content }) => ({
      ...content,
      ...describeNotice(content, reader),
      notificationId,
      createdAt,
      readAt,
    }));
  });
}

/** Marks a notice as read; reading it again changes nothing. @throws AppError not_found */
export async function markRead(scope: TenantScope, notificationId: string): Promise<void> {
  if (!isId(notificationId)) throw new AppError("not_found");
  await withTenant(scope, async (tx) => {
    const own = and(eq(notifications.tenantId, scope.tenantId), eq(notifications.notificationId, notificationId));
    const [notice] = await tx.select({ readAt: notifications.readAt }).from(notifications).where(own);
    if (!notice) throw new AppError("not_found");
    if (!notice.readAt) await tx.update(notifications).set({ readAt: now() }).where(own);
  });
}
