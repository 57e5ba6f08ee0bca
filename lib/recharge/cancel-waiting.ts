import { and, eq } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { rechargeAttempts } from "@/db/schema";
import type { TenantId } from "@/lib/ids";
import { cancelIntent } from "@/lib/stripe/payment-intents";
import { isOpen } from "./attempt";
import { recordOutcome } from "./settle";

/**
 * Ends the payment that waits for the customer's authentication, at Stripe first: what cannot be ended any more (it was just
 * finished) is settled instead.
 * @returns whether the open place is free now
 * @throws Stripe's errors when it cannot be asked
 */
export async function cancelWaiting(tenantId: TenantId): Promise<boolean> {
  const [waiting] = await systemDb()
    .select()
    .from(rechargeAttempts)
    .where(and(eq(rechargeAttempts.tenantId, tenantId), eq(rechargeAttempts.state, "requires_action")));
  if (!waiting?.stripePaymentIntentId) return false;
  const intent = await cancelIntent(waiting.stripePaymentIntentId);
  const attempt = await recordOutcome(tenantId, waiting.attemptId, { kind: "intent", intent });
  return !isOpen(attempt.state);
}
