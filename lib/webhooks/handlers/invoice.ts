import type { TenantId } from "@/lib/ids";
import { syncInvoice } from "@/lib/invoices/sync";
import { fetchInvoice } from "@/lib/stripe/invoices";
import { syncSubscription } from "@/lib/subscriptions/sync";
import type { StoredEvent } from "../inbox";

/** The event says which invoice; what it and its subscription are now is asked at Stripe. */
export async function onInvoice(event: StoredEvent): Promise<TenantId | null> {
  if (!event.objectId?.startsWith("in_")) return null;
  const said = await fetchInvoice(event.objectId);
  // The subscription first, so that the invoice finds whose it is.
  if (said?.stripeSubscriptionId) await syncSubscription(said.stripeSubscriptionId);
  return syncInvoice(event.objectId);
}
