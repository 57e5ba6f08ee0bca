import { syncInvoice } from "@/lib/invoices/sync";
import { log } from "@/lib/log";
import { findAttemptOfIntent, recordOutcome } from "@/lib/recharge/settle";
import { fetchIntent } from "@/lib/stripe/payment-intents";
import { fetchRefund } from "@/lib/stripe/refunds";
import { syncRefund } from "@/lib/transactions/adopt-refund";
import type { Difference, Repair } from "./decide";

async function run(repair: Repair): Promise<void> {
  if (repair.kind === "sync_invoice") return void (await syncInvoice(repair.stripeInvoiceId));
  if (repair.kind === "sync_refund") return void (await syncRefund(await fetchRefund(repair.stripeRefundId)));
  const intent = await fetchIntent(repair.paymentId);
  const attempt = await findAttemptOfIntent(intent);
  if (!attempt) throw new Error("no top-up of ours asked for it");
  await recordOutcome(attempt.tenantId, attempt.attemptId, { kind: "intent", intent });
}

/** Payments first: what is given back of one is found by it. */
const inOrder = (found: Difference[]) =>
  found
    .filter((one) => one.repair !== null)
    .sort((a, b) => Number(a.repair?.kind === "sync_refund") - Number(b.repair?.kind === "sync_refund"));

/**
 * Does what a webhook would have done, by the same functions, each of which asks Stripe again and changes nothing when it was done
 * before. Whether it came about is not taken for granted: the two sides are compared again.
 * @returns why a repair did not come about, by subject
 */
export async function repairAll(found: Difference[]): Promise<ReadonlyMap<string, string>> {
  const errors = new Map<string, string>();
  for (const difference of inOrder(found)) {
    try {
      if (difference.repair) await run(difference.repair);
    } catch (error) {
      const { subjectId, tenantId } = difference;
      log().warn({ err: error, subjectId, tenantId }, "a difference from Stripe could not be repaired");
      errors.set(subjectId, error instanceof Error ? error.message : String(error));
    }
  }
  return errors;
}
