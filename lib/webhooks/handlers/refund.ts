import type { PaymentIntentId, TenantId } from "@/lib/ids";
import { findAttemptOfIntent, recordOutcome } from "@/lib/recharge/settle";
import { fetchChargeIntent, fetchIntent } from "@/lib/stripe/payment-intents";
import { fetchRefund, listRefunds, type RefundSnapshot } from "@/lib/stripe/refunds";
import { syncRefund } from "@/lib/transactions/adopt-refund";
import type { StoredEvent } from "../inbox";

/** The refund may be heard of before its payment: bring the list to the payment first. */
async function settlePayment(paymentIntentId: PaymentIntentId): Promise<void> {
  const intent = await fetchIntent(paymentIntentId);
  const attempt = await findAttemptOfIntent(intent);
  if (attempt) await recordOutcome(attempt.tenantId, attempt.attemptId, { kind: "intent", intent });
}

async function refundsOf(objectId: string): Promise<RefundSnapshot[]> {
  if (objectId.startsWith("re_") || objectId.startsWith("pyr_")) return [await fetchRefund(objectId)];
  const intent = await fetchChargeIntent(objectId);
  return intent ? listRefunds(intent) : [];
}

/** Whatever was told, of a refund or of a charge, every refund concerned is fetched and our rows made equal. */
export async function onRefund(event: StoredEvent): Promise<TenantId | null> {
  if (!event.objectId) return null;
  let tenantId: TenantId | null = null;
  for (const refund of (await refundsOf(event.objectId)).reverse()) {
    if (refund.paymentIntentId) await settlePayment(refund.paymentIntentId);
    tenantId = (await syncRefund(refund)) ?? tenantId;
  }
  return tenantId;
}
