import { and, asc, eq, isNull, lt, or, sql } from "drizzle-orm";
import { systemDb, systemSql } from "@/db/client";
import { stripeEvents } from "@/db/schema";
import { now } from "@/lib/clock";
import type { StripeEventId, TenantId } from "@/lib/ids";
import type { IncomingEvent } from "@/lib/stripe/events";

/** A handler asks Stripe and writes a few rows; a lease this long outlives it. */
const LEASE_MS = 120_000;

export type StoredEvent = typeof stripeEvents.$inferSelect;

/** An event to be stored. `isDone`: nothing has to be done for events of its type. */
export type EventToStore = IncomingEvent & { isDone: boolean };

/** Stores events once by their id, all or none. @returns the ids that were new */
export async function storeEvents(
  events: readonly EventToStore[],
  via: "webhook" | "backfill",
): Promise<Set<StripeEventId>> {
  if (events.length === 0) return new Set();
  const column = <T>(of: (event: EventToStore) => T) => events.map(of);
  const rows = await systemSql()<{ event_id: StripeEventId }[]>`
    select * from stripe_events_store(${now().toISOString()}::timestamptz, ${via}, ${column((e) => e.eventId)}::text[],
      ${column((e) => e.type)}::text[], ${column((e) => e.objectId)}::text[], ${column((e) => e.stripeCustomerId)}::text[],
      ${column((e) => e.createdAt.toISOString())}::text[]::timestamptz[], ${column((e) => String(e.isDone))}::text[]::boolean[])`;
  return new Set(rows.map((row) => row.event_id));
}

/** Takes an unhandled event for one handler. Zero rows: it is handled, or somebody else has it. */
export async function claimEvent(eventId: StripeEventId): Promise<StoredEvent | null> {
  const at = now();
  const [event] = await systemDb()
    .update(stripeEvents)
    .set({ claimedUntil: new Date(at.getTime() + LEASE_MS), attempts: sql`${stripeEvents.attempts} + 1` })
    .where(
      and(
        eq(stripeEvents.eventId, eventId),
        isNull(stripeEvents.handledAt),
        or(isNull(stripeEvents.claimedUntil), lt(stripeEvents.claimedUntil, at)),
      ),
    )
    .returning();
  return event ?? null;
}

export async function completeEvent(eventId: StripeEventId, tenantId: TenantId | null): Promise<void> {
  await systemDb()
    .update(stripeEvents)
    .set({ handledAt: now(), claimedUntil: null, lastError: null, ...(tenantId ? { tenantId } : {}) })
    .where(eq(stripeEvents.eventId, eventId));
}

/** Gives a failed event back; the sweeper takes it up again after a wait that doubles, an hour at most. */
export async function failEvent(event: StoredEvent, error: unknown): Promise<void> {
  const waitMs = Math.min(30_000 * 2 ** event.attempts, 3_600_000);
  await systemDb()
    .update(stripeEvents)
    .set({
      claimedUntil: new Date(now().getTime() + waitMs),
      lastError: error instanceof Error ? error.message : String(error),
    })
    .where(eq(stripeEvents.eventId, event.eventId));
}

/** Events that were left behind: never handled and not in anybody's hands. */
export async function listUnhandled(limit: number): Promise<StripeEventId[]> {
  const at = now();
  const rows = await systemDb()
    .select({ eventId: stripeEvents.eventId })
    .from(stripeEvents)
    .where(
      and(isNull(stripeEvents.handledAt), or(isNull(stripeEvents.claimedUntil), lt(stripeEvents.claimedUntil, at))),
    )
    .orderBy(asc(stripeEvents.receivedAt))
    .limit(limit);
  return rows.map((row) => row.eventId);
}
