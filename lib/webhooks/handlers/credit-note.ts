import type { TenantId } from "@/lib/ids";
import { syncCreditNote } from "@/lib/invoices/issue-credit-note";
import type { StoredEvent } from "../inbox";

/** The event says which note; what it and its invoice are now is asked at Stripe. */
export async function onCreditNote(event: StoredEvent): Promise<TenantId | null> {
  return event.objectId ? syncCreditNote(event.objectId) : null;
}
