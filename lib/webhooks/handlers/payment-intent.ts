import type { TenantId } from "@/lib/ids";
import { findAttemptOfIntent, recordOutcome } from "@/lib/recharge/settle";
import { fetchIntent } from "@/lib/stripe/payment-intents";
import type { StoredEvent } from "../inbox";

/** The event says which intent; what it is now is asked at Stripe and settled as an answer would be. */
export async function onPaymentIntent(event: StoredEvent): Promise<TenantId | null> {
  if (!event.objectId) return null;
  const intent = await fetchIntent(event.objectId);
  const attempt = await findAttemptOfIntent(intent);
  if (!attempt) return null;
  await recordOutcome(attempt.tenantId, attempt.attemptId, { kind: "intent", intent });
  return attempt.tenantId;
}
