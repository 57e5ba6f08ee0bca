import { and, eq, inArray } from "drizzle-orm";
import { systemDb, type Tx } from "@/db/client";
import { rechargeAttempts, refunds, transactions } from "@/db/schema";
import type { TenantScope } from "@/lib/auth/scope";
import { now } from "@/lib/clock";
import { AppError, invalid, invariant } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { postIn } from "@/lib/ledger/post";
import { readPrepaid } from "@/lib/ledger/queries";
import { toDecimalString } from "@/lib/money/amount";
import { chargeStepOf } from "@/lib/money/currency";
import { add, type Minor, max, negate, subtract, toMinor, ZERO } from "@/lib/money/minor";
import { OPEN_STATES } from "@/lib/recharge/attempt";
import { LEASE_MS } from "@/lib/recharge/claim";
import { lockRule, type RuleRow } from "@/lib/recharge/setup";
import { createRefund, type RefundOutcome } from "@/lib/stripe/refunds";
import { describe } from "./descriptions";
import { recordTransaction } from "./record";
import { lockPayment, type RefundRow, refundPosting, splitOf, type TransactionRow } from "./refund-rows";
import { largestRefund, type RefundSplit } from "./refund-split";
import { recordRefundOutcome } from "./settle-refund";

/** What decides how much of a payment can be given back. */
export type Refundable = Pick<
  TransactionRow,
  "tenantId" | "sourceKind" | "currency" | "amountMinor" | "feeMinor" | "refundedMinor" | "refundedFeeMinor"
>;

export type RefundInput = {
  /** What the customer gets; null: as much as can be given back. */
  amountMinor: Minor | null;
  reason: string | null;
  /** Unique per request and tenant: asking again answers the same refund. */
  requestKey: string;
};

/** What is unused of a top-up can be given back; of an invoice's payment all. @throws AppError recharge_in_progress */
export async function mostOf(tx: Tx, payment: Refundable): Promise<Minor> {
  if (payment.sourceKind !== "recharge") return subtract(payment.amountMinor, payment.refundedMinor);
  const open = await tx.$count(
    rechargeAttempts,
    and(eq(rechargeAttempts.tenantId, payment.tenantId), inArray(rechargeAttempts.state, [...OPEN_STATES])),
  );
  if (open > 0) throw new AppError("recharge_in_progress");
  const account = await readPrepaid(tx, payment.tenantId);
  invariant(account, "every tenant has a prepaid account");
  return largestRefund(
    payment,
    max(subtract(account.balanceMinor, account.heldMinor), ZERO),
    chargeStepOf(payment.currency),
  );
}

/** The rule would take from the card what was just given back to it. */
async function checkNoRecharge(tx: Tx, rule: RuleRow, payment: TransactionRow, split: RefundSplit): Promise<void> {
  if (payment.sourceKind !== "recharge" || !rule.enabled || rule.pausedAt || rule.minMinor === null) return;
  const account = await readPrepaid(tx, payment.tenantId);
  if (account && account.balanceMinor - split.principalMinor < rule.minMinor)
    throw new AppError(
      "recharge_would_follow",
      `the balance would fall below ${toDecimalString(rule.minMinor, payment.currency)} and be recharged at once: turn auto-recharge off first`,
    );
}

/** The row, the ledger and the list in one transaction, before Stripe is asked: what is given back cannot be spent meanwhile. */
async function claim(
  scope: TenantScope,
  transactionId: string,
  input: RefundInput,
): Promise<RefundRow & { isNew: boolean }> {
  return systemDb().transaction(async (tx) => {
    const rule = await lockRule(tx, scope.tenantId);
    const payment = await lockPayment(tx, scope.tenantId, transactionId);
    const [known] = await tx
      .select()
      .from(refunds)
      .where(and(eq(refunds.tenantId, scope.tenantId), eq(refunds.requestKey, input.requestKey)));
    if (known) return { ...known, isNew: false };
    if (payment.type !== "payment" || payment.status !== "succeeded" || !payment.stripePaymentIntentId)
      throw new AppError("not_refundable");
    const most = await mostOf(tx, payment);
    if (most === 0) throw new AppError("not_refundable", "nothing is left of it that could be given back");
    const amountMinor = input.amountMinor ?? most;
    if (amountMinor > most)
      throw invalid(
        "amount",
        `must be at most ${toDecimalString(most, payment.currency)}: that much can be given back`,
      );
    const step = chargeStepOf(payment.currency);
    if (amountMinor % step !== 0 && amountMinor !== most)
      throw invalid("amount", `must be a multiple of ${toDecimalString(toMinor(step), payment.currency)}`);
    const split = splitOf(payment, amountMinor);
    await checkNoRecharge(tx, rule, payment, split);
    const at = now();
    const [refund] = await tx
      .insert(refunds)
      .values({
        tenantId: scope.tenantId,
        refundId: newId(),
        transactionId: payment.transactionId,
        state: "started",
        currency: payment.currency,
        ...split,
        reason: input.reason,
        actor: scope.actor,
        requestKey: input.requestKey,
        createdAt: at,
        leaseUntil: new Date(at.getTime() + LEASE_MS),
      })
      .returning();
    invariant(refund, "the refund was written");
    await book(tx, payment, refund);
    return { ...refund, isNew: true };
  });
}

/** Ledger and list of a refund whose row is written. The payment is locked by the caller. */
export async function book(tx: Tx, payment: TransactionRow, refund: RefundRow): Promise<void> {
  const posting = await refundPosting(tx, payment, refund.refundId, refund);
  await postIn(tx, refund.tenantId, refund.currency, [posting], { enforceFloor: false });
  await tx
    .update(transactions)
    .set({
      refundedMinor: add(payment.refundedMinor, refund.amountMinor),
      refundedFeeMinor: add(payment.refundedFeeMinor, refund.feeMinor),
    })
    .where(and(eq(transactions.tenantId, refund.tenantId), eq(transactions.transactionId, payment.transactionId)));
  await recordTransaction(tx, {
    tenantId: refund.tenantId,
    type: "refund",
    status: "pending",
    currency: refund.currency,
    amountMinor: negate(refund.amountMinor),
    feeMinor: negate(refund.feeMinor),
    description: refund.reason ?? describe("refundOf", payment.number),
    sourceKind: "refund",
    sourceId: refund.refundId,
    invoiceId: payment.invoiceId,
    stripePaymentIntentId: payment.stripePaymentIntentId,
  });
}

/** Asks Stripe to give the money back: for the first time, or again with the same key. */
export function askForRefund(refund: RefundRow, payment: TransactionRow): Promise<RefundOutcome> {
  invariant(payment.stripePaymentIntentId, "a refundable payment has an intent");
  return createRefund({
    tenantId: refund.tenantId,
    refundId: refund.refundId,
    paymentIntentId: payment.stripePaymentIntentId,
    amountMinor: refund.amountMinor,
  });
}

/**
 * Gives a payment back, whole or in part: of a top-up at most what is unused of the balance, with the fee's share
 * ({@link splitRefund}).
 * @returns the refund, settled or not
 * @throws AppError not_found · not_refundable · invalid_request · recharge_in_progress · recharge_would_follow
 */
export async function refundTransaction(
  scope: TenantScope,
  transactionId: string,
  input: RefundInput,
): Promise<RefundRow> {
  if (input.amountMinor !== null && input.amountMinor <= 0) throw invalid("amount", "must be above zero");
  const { isNew, ...refund } = await claim(scope, transactionId, input);
  if (!isNew) return refund;
  const payment = await systemDb().transaction((tx) => lockPayment(tx, scope.tenantId, refund.transactionId));
  // A call that broke stays `unknown` until Stripe was asked again.
  return recordRefundOutcome(scope.tenantId, refund.refundId, await askForRefund(refund, payment));
}
