import { and, eq } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { rechargeRules, refunds, transactions } from "@/db/schema";
import { now } from "@/lib/clock";
import { invariant } from "@/lib/errors";
import { newId, type PaymentIntentId, type TenantId } from "@/lib/ids";
import { readPrepaid } from "@/lib/ledger/queries";
import { lockRule } from "@/lib/recharge/setup";
import type { RefundSnapshot } from "@/lib/stripe/refunds";
import { book } from "./refund";
import { lockPayment, splitOf } from "./refund-rows";
import { recordRefundOutcome } from "./settle-refund";

/** The listed payment of an intent, whoever's it is. */
async function paymentOf(paymentIntentId: PaymentIntentId) {
  const [row] = await systemDb()
    .select({ tenantId: transactions.tenantId, transactionId: transactions.transactionId })
    .from(transactions)
    .where(and(eq(transactions.stripePaymentIntentId, paymentIntentId), eq(transactions.type, "payment")));
  return row ?? null;
}

/**
 * Writes a refund that was made at Stripe, not by us: the money has gone, so it is taken from the balance whatever is left of it.
 * The rule pauses when that makes the balance low: what was given back is not charged again by itself.
 */
async function adopt(tenantId: TenantId, transactionId: string, said: RefundSnapshot): Promise<string> {
  return systemDb().transaction(async (tx) => {
    const rule = await lockRule(tx, tenantId);
    const payment = await lockPayment(tx, tenantId, transactionId);
    const [known] = await tx
      .select({ refundId: refunds.refundId })
      .from(refunds)
      .where(eq(refunds.stripeRefundId, said.stripeRefundId));
    if (known) return known.refundId;
    const [refund] = await tx
      .insert(refunds)
      .values({
        tenantId,
        refundId: newId(),
        transactionId: payment.transactionId,
        state: "pending",
        currency: payment.currency,
        ...splitOf(payment, said.amountMinor),
        actor: "stripe",
        stripeRefundId: said.stripeRefundId,
        createdAt: said.createdAt,
        leaseUntil: now(),
      })
      .returning();
    invariant(refund, "the refund was written");
    await book(tx, payment, refund);
    const account = await readPrepaid(tx, tenantId);
    const isLow = rule.minMinor !== null && account !== undefined && account.balanceMinor < rule.minMinor;
    if (payment.sourceKind === "recharge" && rule.enabled && !rule.pausedAt && isLow)
      await tx
        .update(rechargeRules)
        .set({ pausedAt: now(), pauseReason: "returned", pausedFingerprint: null, retryAt: null })
        .where(eq(rechargeRules.tenantId, tenantId));
    return refund.refundId;
  });
}

/**
 * Makes our rows equal to a refund at Stripe, ours or made in its dashboard.
 * @returns the tenant, or null when the payment is not listed here
 */
export async function syncRefund(said: RefundSnapshot): Promise<TenantId | null> {
  if (!said.paymentIntentId) return null;
  const payment = await paymentOf(said.paymentIntentId);
  if (!payment) return null;
  const refundId = said.refundId ?? (await adopt(payment.tenantId, payment.transactionId, said));
  await recordRefundOutcome(payment.tenantId, refundId, { kind: "refund", refund: said });
  return payment.tenantId;
}
