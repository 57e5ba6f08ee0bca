import type { TenantId } from "@/lib/ids";
import { applyInvoiceDispute } from "@/lib/invoices/dispute";
import { applyDispute } from "@/lib/recharge/reverse";
import { findAttemptOfIntent, recordOutcome } from "@/lib/recharge/settle";
import { fetchDispute } from "@/lib/stripe/disputes";
import { fetchIntent } from "@/lib/stripe/payment-intents";
import type { StoredEvent } from "../inbox";

export async function onDispute(event: StoredEvent): Promise<TenantId | null> {
  if (!event.objectId) return null;
  const dispute = await fetchDispute(event.objectId);
  if (!dispute || dispute.state === "inquiry") return null;
  const intent = await fetchIntent(dispute.paymentIntentId);
  const attempt = await findAttemptOfIntent(intent);
  if (!attempt) return applyInvoiceDispute(dispute);
  // The dispute may be heard of before the payment: bring the ledger to the payment first.
  const settled = await recordOutcome(attempt.tenantId, attempt.attemptId, { kind: "intent", intent });
  await applyDispute(settled, dispute);
  return attempt.tenantId;
}
