import { and, asc, eq, isNull, lt, or, sql } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { notifications } from "@/db/schema/notifications";
import { now } from "@/lib/clock";
import type { TenantId } from "@/lib/ids";
import { log } from "@/lib/log";
import { documentOf } from "./document";
import type { NoticeContent } from "./kinds";
import type { Notice } from "./reader";
import { readRecipients, readSubject } from "./readers";
import { renderMail } from "./render";
import { AddressRefused, mailDomain, sendMail } from "./smtp";

const MINUTE_MS = 60_000;
/** How long a worker may take; then it is presumed dead. */
const LEASE_MS = 2 * MINUTE_MS;
/** Waits double up to 6 hours: the last try is made a good two days after the first. */
const MAX_ATTEMPTS = 16;
/** So many failures in one sweep mean that the server is down: the rest waits for the next one. */
const FAILURES_UNTIL_STOP = 5;
const LONGEST_WAIT_MS = 6 * 60 * MINUTE_MS;

/** `skipped`: sent already, or another worker has it, or its next try is not due. */
export type Delivery = "sent" | "failed" | "skipped";

/**
 * Mails a notice to every owner and admin of its tenant and stamps it. Two workers at once: one does it. A worker that dies
 * between the SMTP server's yes and the stamp leads to a second mail with the same Message-ID.
 */
export async function deliver(tenantId: TenantId, notificationId: string): Promise<Delivery> {
  const claimed = await claim(tenantId, notificationId);
  if (!claimed) return "skipped";
  const error = await sendToAll(tenantId, claimed.notice).catch((thrown: unknown) => thrown as Error);
  if (error)
    log().warn({ err: error, tenantId, notificationId, attempts: claimed.attempts }, "a notice could not be mailed");
  const wait = Math.min(MINUTE_MS * 2 ** (claimed.attempts - 1), LONGEST_WAIT_MS);
  await systemDb()
    .update(notifications)
    .set(
      error
        ? { claimedUntil: new Date(now().getTime() + wait), lastError: error.message }
        : { claimedUntil: null, sentAt: now(), lastError: null },
    )
    .where(
      and(
        eq(notifications.tenantId, tenantId),
        eq(notifications.notificationId, notificationId),
        eq(notifications.attempts, claimed.attempts),
      ),
    );
  return error ? "failed" : "sent";
}

/**
 * Delivers what is due and was not sent: lost events, dead workers, servers that were down. Oldest first.
 * @returns how many were sent, and how many failed again
 */
export async function deliverUnsent(limit: number): Promise<{ sent: number; failed: number }> {
  const due = await systemDb()
    .select({ tenantId: notifications.tenantId, notificationId: notifications.notificationId })
    .from(notifications)
    .where(isDue())
    .orderBy(asc(notifications.createdAt))
    .limit(limit);
  const counts = { sent: 0, failed: 0, skipped: 0 };
  for (const { tenantId, notificationId } of due) {
    counts[await deliver(tenantId, notificationId)]++;
    if (counts.failed >= FAILURES_UNTIL_STOP) break;
  }
  return { sent: counts.sent, failed: counts.failed };
}

/** When a notice that is still unsent can be tried next; null when there is none. */
export async function nextDeliveryAt(): Promise<Date | null> {
  const [row] = await systemDb()
    .select({ at: sql<string | null>`min(coalesce(claimed_until, created_at))` })
    .from(notifications)
    .where(and(isNull(notifications.sentAt), lt(notifications.attempts, MAX_ATTEMPTS)));
  return row?.at ? new Date(row.at) : null;
}

const isDue = () =>
  and(
    isNull(notifications.sentAt),
    lt(notifications.attempts, MAX_ATTEMPTS),
    or(isNull(notifications.claimedUntil), lt(notifications.claimedUntil, now())),
  );

async function claim(tenantId: TenantId, notificationId: string): Promise<{ notice: Notice; attempts: number } | null> {
  const [row] = await systemDb()
    .update(notifications)
    .set({ claimedUntil: new Date(now().getTime() + LEASE_MS), attempts: sql`${notifications.attempts} + 1` })
    .where(and(eq(notifications.tenantId, tenantId), eq(notifications.notificationId, notificationId), isDue()))
    .returning();
  if (!row) return null;
  const content = { kind: row.kind, params: row.params } as unknown as NoticeContent;
  return { notice: { ...content, notificationId, createdAt: row.createdAt }, attempts: row.attempts };
}

/** @returns the first failure that may go away by itself; everybody else got the mail */
async function sendToAll(tenantId: TenantId, notice: Notice): Promise<Error | null> {
  const [subject, recipients] = await Promise.all([
    readSubject(systemDb(), tenantId, [notice]),
    readRecipients(tenantId, notice.kind),
  ]);
  const { document, attachments } = await documentOf(tenantId, notice);
  let failure: Error | null = null;
  for (const { locale, ...recipient } of recipients) {
    const mail = await renderMail(notice, { ...subject, locale }, recipient.name, document);
    try {
      await sendMail(recipient, mail, messageId(notice.notificationId, recipient.userId), attachments);
    } catch (error) {
      if (error instanceof AddressRefused)
        log().warn({ err: error, userId: recipient.userId }, "an address refuses mail");
      else failure ??= error as Error;
    }
  }
  return failure;
}

/** Stable, so that mail programs show a repeated mail once. */
const messageId = (notificationId: string, userId: string) => `<${notificationId}.${userId}@${mailDomain()}>`;
