import type { TenantId } from "@/lib/ids";
import { remindOf } from "@/lib/subscriptions/reminders";
import { syncSubscription } from "@/lib/subscriptions/sync";
import type { StoredEvent } from "../inbox";

/** Stripe rings; whether there is something to tell, and whether it was told, our row knows. */
export async function onTrialWillEnd(event: StoredEvent): Promise<TenantId | null> {
  if (!event.objectId) return null;
  const tenantId = await syncSubscription(event.objectId);
  if (tenantId) await remindOf(tenantId, event.objectId);
  return tenantId;
}
