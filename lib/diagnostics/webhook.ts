import { and, count, eq, isNotNull, isNull, max, or, type SQL } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { stripeEvents } from "@/db/schema";
import type { StripeCustomerId, TenantId } from "@/lib/ids";
import type { Step } from "./step";

/** When Stripe last told us something about this tenant, and whether anything of it waits to be handled. */
export async function checkWebhook(tenantId: TenantId, customerId: StripeCustomerId | null): Promise<Step> {
  const own: SQL | undefined = or(
    eq(stripeEvents.tenantId, tenantId),
    customerId ? eq(stripeEvents.stripeCustomerId, customerId) : undefined,
  );
  const db = systemDb();
  const [[received], [waiting]] = await Promise.all([
    db
      .select({ last: max(stripeEvents.receivedAt) })
      .from(stripeEvents)
      .where(own),
    db
      .select({ events: count(), error: max(stripeEvents.lastError) })
      .from(stripeEvents)
      .where(and(own, isNull(stripeEvents.handledAt), isNotNull(stripeEvents.receivedAt))),
  ]);
  const at = received?.last ?? null;
  if (!at) return { name: "webhook", state: "warn", detail: "webhookNever" };
  if (waiting && waiting.events > 0)
    return {
      name: "webhook",
      state: "warn",
      detail: "webhookWaiting",
      values: { count: waiting.events },
      at,
      error: waiting.error ?? undefined,
    };
  return { name: "webhook", state: "pass", detail: "webhookReceived", at };
}
