import { and, eq, ne, sql } from "drizzle-orm";
import { systemDb, type Tx } from "@/db/client";
import { ledgerEntries, ledgerTransactions, refunds, transactions } from "@/db/schema";
import { send } from "@/inngest/client";
import type { AppEvent } from "@/inngest/events";
import { now } from "@/lib/clock";
import type { TenantId } from "@/lib/ids";
import { postIn } from "@/lib/ledger/post";
import { negate } from "@/lib/money/minor";
import type { NoticeContent } from "@/lib/notifications/kinds";
import { notify } from "@/lib/notifications/notify";
import { lockRule } from "@/lib/recharge/setup";
import type { RefundOutcome, RefundSnapshot } from "@/lib/stripe/refunds";
import { updateTransaction } from "./record";
import { lockRefund, type RefundRow } from "./refund-rows";

/** After this long an unknown outcome is asked about again. */
const ASK_AGAIN_MS = 60_000;
/** A refund of a bank debit takes days; webhooks tell sooner. */
const PENDING_CHECK_MS = 6 * 3_600_000;

const ENDED: readonly RefundRow["state"][] = ["succeeded", "failed", "canceled"];

async function update(tx: Tx, refund: RefundRow, values: Partial<RefundRow>): Promise<void> {
  Object.assign(refund, values);
  await tx
    .update(refunds)
    .set(values)
    .where(and(eq(refunds.tenantId, refund.tenantId), eq(refunds.refundId, refund.refundId)));
}

const listed = (tx: Tx, refund: RefundRow, status: "pending" | "succeeded" | "failed" | "canceled") =>
  updateTransaction(tx, refund.tenantId, "refund", { sourceKind: "refund", sourceId: refund.refundId }, { status });

async function tell(
  tx: Tx,
  after: AppEvent[],
  { tenantId, refundId }: RefundRow,
  content: NoticeContent,
): Promise<void> {
  const notificationId = await notify(tx, { tenantId, dedupeKey: `refund:${refundId}`, ...content });
  if (notificationId) after.push({ name: "notification/created", data: { tenantId, notificationId } });
}

/** The money did not go back: the entries of its posting are reversed, and the payment is whole again. */
async function undo(tx: Tx, refund: RefundRow): Promise<void> {
  const entries = await tx
    .select({
      transactionId: ledgerEntries.transactionId,
      account: ledgerEntries.account,
      amountMinor: ledgerEntries.amountMinor,
    })
    .from(ledgerTransactions)
    .innerJoin(
      ledgerEntries,
      and(
        eq(ledgerEntries.tenantId, ledgerTransactions.tenantId),
        eq(ledgerEntries.transactionId, ledgerTransactions.transactionId),
        // A refund moves none of it; so the index of the others is used.
        ne(ledgerEntries.account, "usage_revenue"),
      ),
    )
    .where(
      and(
        eq(ledgerTransactions.tenantId, refund.tenantId),
        eq(ledgerTransactions.kind, "refund"),
        eq(ledgerTransactions.sourceId, refund.refundId),
      ),
    );
  const legs = entries.map(({ account, amountMinor }) => ({ account, amountMinor: negate(amountMinor) }));
  const reversesId = entries[0]?.transactionId ?? null;
  await postIn(
    tx,
    refund.tenantId,
    refund.currency,
    [{ kind: "refund_reversal", sourceId: refund.refundId, legs, reversesId }],
    { enforceFloor: false },
  );
  await tx
    .update(transactions)
    .set({
      refundedMinor: sql`${transactions.refundedMinor} - ${refund.amountMinor}`,
      refundedFeeMinor: sql`${transactions.refundedFeeMinor} - ${refund.feeMinor}`,
    })
    .where(and(eq(transactions.tenantId, refund.tenantId), eq(transactions.transactionId, refund.transactionId)));
}

async function fail(
  tx: Tx,
  after: AppEvent[],
  refund: RefundRow,
  state: "failed" | "canceled",
  reason: string | null,
): Promise<void> {
  await undo(tx, refund);
  await update(tx, refund, { state, failureReason: reason, completedAt: now() });
  await listed(tx, refund, state);
  await tell(tx, after, refund, {
    kind: "refund_failed",
    params: { transactionId: refund.transactionId, amountMinor: refund.amountMinor },
  });
}

async function applySnapshot(tx: Tx, after: AppEvent[], refund: RefundRow, said: RefundSnapshot): Promise<void> {
  const { stripeRefundId } = said;
  switch (said.state) {
    case "succeeded":
      if (refund.state === "succeeded") return;
      await update(tx, refund, { state: "succeeded", stripeRefundId, completedAt: now() });
      await listed(tx, refund, "succeeded");
      return tell(tx, after, refund, {
        kind: "refunded",
        params: { transactionId: refund.transactionId, amountMinor: refund.amountMinor, feeMinor: refund.feeMinor },
      });
    case "pending":
      if (ENDED.includes(refund.state)) return;
      return update(tx, refund, {
        state: "pending",
        stripeRefundId,
        leaseUntil: new Date(now().getTime() + PENDING_CHECK_MS),
      });
    default:
      // A refund that had arrived may still be sent back by the customer's bank.
      await update(tx, refund, { stripeRefundId });
      return fail(tx, after, refund, said.state, said.failureReason);
  }
}

/**
 * Records what became of a refund: the same function for the answer, the webhook and the resolver, in any order and number.
 * @returns the refund as it is now
 */
export async function recordRefundOutcome(
  tenantId: TenantId,
  refundId: string,
  outcome: RefundOutcome,
): Promise<RefundRow> {
  const after: AppEvent[] = [];
  const refund = await systemDb().transaction(async (tx) => {
    await lockRule(tx, tenantId);
    const row = await lockRefund(tx, tenantId, refundId);
    if (row.state === "failed" || row.state === "canceled") return row;
    if (outcome.kind === "refund") await applySnapshot(tx, after, row, outcome.refund);
    else if (ENDED.includes(row.state) || row.state === "pending") return row;
    else if (outcome.kind === "rejected") await fail(tx, after, row, "failed", outcome.message);
    else await update(tx, row, { state: "unknown", leaseUntil: new Date(now().getTime() + ASK_AGAIN_MS) });
    return row;
  });
  await send(after);
  return refund;
}
