import type { TenantId } from "@/lib/ids";
import { syncSubscription } from "@/lib/subscriptions/sync";
import type { StoredEvent } from "../inbox";

/** The event says which subscription; what it is now is asked at Stripe. */
export async function onSubscription(event: StoredEvent): Promise<TenantId | null> {
  return event.objectId ? syncSubscription(event.objectId) : null;
}
