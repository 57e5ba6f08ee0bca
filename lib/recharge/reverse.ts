import { and, eq } from "drizzle-orm";
import { systemDb, type Tx } from "@/db/client";
import { ledgerTransactions, rechargeAttempts, rechargeRules } from "@/db/schema";
import { send } from "@/inngest/client";
import type { AppEvent } from "@/inngest/events";
import { now } from "@/lib/clock";
import { postIn } from "@/lib/ledger/post";
import { readPrepaid } from "@/lib/ledger/queries";
import type { Leg, Posting, PostingKind } from "@/lib/ledger/types";
import { type Minor, negate, subtract } from "@/lib/money/minor";
import { divideHalfUp } from "@/lib/money/rounding";
import type { DisputeSnapshot } from "@/lib/stripe/disputes";
import { describe } from "@/lib/transactions/descriptions";
import { recordTransaction, updateTransaction } from "@/lib/transactions/record";
import type { AttemptRow } from "./attempt";
import { notice } from "./notices";
import { resume } from "./resume";
import { lockRule } from "./setup";

/** What of a disputed or returned total had been credited, and what was fee: in proportion, rounded half-up. */
function sharesOf(attempt: AttemptRow, disputedMinor: Minor): { creditMinor: Minor; feeMinor: Minor } {
  const creditMinor = divideHalfUp(BigInt(attempt.amountMinor) * BigInt(disputedMinor), BigInt(attempt.totalMinor));
  return { creditMinor, feeMinor: subtract(disputedMinor, creditMinor) };
}

async function transactionOf(tx: Tx, attempt: AttemptRow, kind: PostingKind, sourceId: string): Promise<string | null> {
  const [row] = await tx
    .select({ transactionId: ledgerTransactions.transactionId })
    .from(ledgerTransactions)
    .where(
      and(
        eq(ledgerTransactions.tenantId, attempt.tenantId),
        eq(ledgerTransactions.kind, kind),
        eq(ledgerTransactions.sourceId, sourceId),
      ),
    );
  return row?.transactionId ?? null;
}

const nonZero = (legs: Leg[]) => legs.filter((leg) => leg.amountMinor !== 0);

/** The postings that bring the ledger to what the dispute says now; posting them again changes nothing. */
function postingsFor(
  attempt: AttemptRow,
  dispute: DisputeSnapshot,
  wasHeld: boolean,
  reversesId: string | null,
): Posting[] {
  const { creditMinor, feeMinor } = sharesOf(attempt, dispute.amountMinor);
  const base = { sourceId: dispute.disputeId, reversesId };
  const hold: Posting = {
    ...base,
    kind: "dispute_opened",
    legs: [
      { account: "prepaid", amountMinor: negate(creditMinor) },
      { account: "disputed", amountMinor: creditMinor },
    ],
  };
  if (dispute.state === "open") return [hold];
  if (dispute.state === "won") {
    return wasHeld
      ? [
          {
            ...base,
            kind: "dispute_won",
            legs: [
              { account: "disputed", amountMinor: negate(creditMinor) },
              { account: "prepaid", amountMinor: creditMinor },
            ],
          },
        ]
      : [];
  }
  const taken = nonZero([
    { account: "stripe", amountMinor: dispute.amountMinor },
    { account: "fee_revenue", amountMinor: negate(feeMinor) },
  ]);
  return wasHeld
    ? [{ ...base, kind: "dispute_lost", legs: [...taken, { account: "disputed", amountMinor: negate(creditMinor) }] }]
    : [
        {
          ...base,
          kind: "recharge_reversal",
          legs: [...taken, { account: "prepaid", amountMinor: negate(creditMinor) }],
        },
      ];
}

const LISTED_AS = { open: "pending", won: "canceled", lost: "succeeded" } as const;

/** Shows a dispute among the transactions: money asked back, taken when it is lost. */
async function listDispute(tx: Tx, attempt: AttemptRow, dispute: DisputeSnapshot): Promise<void> {
  if (dispute.state === "inquiry") return;
  const status = LISTED_AS[dispute.state];
  const source = { sourceKind: "dispute", sourceId: dispute.disputeId } as const;
  await recordTransaction(tx, {
    ...source,
    tenantId: attempt.tenantId,
    type: "refund",
    status,
    currency: attempt.currency,
    amountMinor: negate(dispute.amountMinor),
    feeMinor: negate(sharesOf(attempt, dispute.amountMinor).feeMinor),
    description: describe("disputed"),
    stripePaymentIntentId: attempt.stripePaymentIntentId,
  });
  await updateTransaction(tx, attempt.tenantId, "refund", source, { status });
}

/**
 * A dispute, or a bank debit that was returned (which Stripe reports as a lost dispute): held while it is open, taken when it is
 * lost, given back when it is won, in whatever order the events come. The rule pauses with the dispute: a customer who disputes a
 * charge must not be charged again at once, nor a bank that sends debits back.
 */
export async function applyDispute(attempt: AttemptRow, dispute: DisputeSnapshot): Promise<void> {
  const after: AppEvent[] = [];
  await systemDb().transaction(async (tx) => {
    const rule = await lockRule(tx, attempt.tenantId);
    const credited = await transactionOf(tx, attempt, "recharge", dispute.paymentIntentId);
    if (!credited)
      throw new Error(`${dispute.disputeId} is about ${dispute.paymentIntentId}, which is not in the ledger yet`);
    const wasHeld = (await transactionOf(tx, attempt, "dispute_opened", dispute.disputeId)) !== null;
    const postings = postingsFor(attempt, dispute, wasHeld, credited);
    if (postings.length > 0) await postIn(tx, attempt.tenantId, attempt.currency, postings, { enforceFloor: false });
    await listDispute(tx, attempt, dispute);
    const at = now();
    if (dispute.state === "won") {
      if (rule.pauseReason === "returned") await resume(tx, rule, after, attempt.paymentMethodId);
      return;
    }
    if (!rule.pausedAt) {
      await tx
        .update(rechargeRules)
        .set({ pausedAt: at, pauseReason: "returned", pausedFingerprint: attempt.fingerprint, retryAt: null })
        .where(eq(rechargeRules.tenantId, attempt.tenantId));
    }
    if (dispute.state === "open" && rule.enabled) {
      await notice(tx, after, attempt.tenantId, `dispute:${dispute.disputeId}`, {
        kind: "paused",
        params: { paymentMethodId: attempt.paymentMethodId, reason: "paused_returned" },
      });
    }
    if (dispute.state !== "lost" || attempt.reversedAt) return;
    await tx
      .update(rechargeAttempts)
      .set({ reversedAt: at })
      .where(and(eq(rechargeAttempts.tenantId, attempt.tenantId), eq(rechargeAttempts.attemptId, attempt.attemptId)));
    const account = await readPrepaid(tx, attempt.tenantId);
    await notice(tx, after, attempt.tenantId, `dispute:${dispute.disputeId}`, {
      kind: "payment_returned",
      params: {
        attemptId: attempt.attemptId,
        amountMinor: sharesOf(attempt, dispute.amountMinor).creditMinor,
        totalMinor: dispute.amountMinor,
        balanceMinor: account?.balanceMinor ?? 0,
        paymentMethodId: attempt.paymentMethodId,
      },
    });
  });
  await send(after);
}
