import { and, inArray, isNull, sql } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { paymentMethods } from "@/db/schema";
import { send } from "@/inngest/client";
import type { AppEvent } from "@/inngest/events";
import { now } from "@/lib/clock";
import { notify } from "@/lib/notifications/notify";

/** So many days before a card expires its owner is told; the nearer one first. */
const DAYS_BEFORE = [7, 30] as const;
const DAY_MS = 86_400_000;

/** Months since the year 0, as the index counts them. */
const monthOf = (at: Date) => at.getUTCFullYear() * 12 + at.getUTCMonth() + 1;

type Card = { expMonth: number; expYear: number };

/** A card is good until the end of the month printed on it (UTC). */
const expiresAt = (card: Card) => new Date(Date.UTC(card.expYear, card.expMonth, 1));

/**
 * Tells once 30 and once 7 days before a card expires. A day on which nobody looked is made up for by the next; a card that is
 * replaced by a later date of expiry is told of anew.
 * @returns how many were told
 */
export async function tellExpiring(): Promise<number> {
  const at = now();
  const last = new Date(at.getTime() + DAYS_BEFORE[1] * DAY_MS);
  const months = [...new Set([monthOf(at), monthOf(last)])];
  const rows = await systemDb()
    .select()
    .from(paymentMethods)
    .where(
      and(
        isNull(paymentMethods.removedAt),
        sql`${paymentMethods.card} is not null`,
        inArray(sql`((card->>'expYear')::int * 12 + (card->>'expMonth')::int)`, months),
      ),
    );
  const after: AppEvent[] = [];
  for (const { tenantId, paymentMethodId, card } of rows) {
    if (!card) continue;
    const end = expiresAt(card);
    const daysLeft = (end.getTime() - at.getTime()) / DAY_MS;
    const days = DAYS_BEFORE.find((limit) => daysLeft <= limit);
    if (!days || daysLeft <= 0) continue;
    const notificationId = await systemDb().transaction((tx) =>
      notify(tx, {
        tenantId,
        dedupeKey: `expiring:${paymentMethodId}:${card.expYear}-${card.expMonth}:${days}`,
        kind: "method_expiring",
        params: { paymentMethodId, at: end.toISOString() },
      }),
    );
    if (notificationId) after.push({ name: "notification/created", data: { tenantId, notificationId } });
  }
  await send(after);
  return after.length;
}

/** When the next card comes so near to its end that its owner is told; null: none that is known. */
export async function nextExpiringAt(): Promise<Date | null> {
  const at = now();
  const months = await systemDb()
    .selectDistinct({ card: sql<Card>`jsonb_build_object('expMonth', card->'expMonth', 'expYear', card->'expYear')` })
    .from(paymentMethods)
    .where(and(isNull(paymentMethods.removedAt), sql`${paymentMethods.card} is not null`));
  const times = months
    .flatMap(({ card }) => DAYS_BEFORE.map((days) => expiresAt(card).getTime() - days * DAY_MS))
    .filter((time) => time > at.getTime());
  return times.length > 0 ? new Date(Math.min(...times)) : null;
}
