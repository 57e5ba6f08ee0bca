import { and, asc, eq, inArray } from "drizzle-orm";
import type { Reader } from "@/db/client";
import { paymentMethods, receipts, rechargeAttempts, refunds, transactions } from "@/db/schema";
import { AppError } from "@/lib/errors";
import { type AttemptId, isId, type TenantId } from "@/lib/ids";
import { readPrepaidOf } from "@/lib/ledger/queries";
import { type Minor, negate } from "@/lib/money/minor";
import { methodName } from "@/lib/payment-methods/names";
import type { Movement, ReceiptDocument } from "./input";
import { readSetting } from "./read-setting";

type Attempt = typeof rechargeAttempts.$inferSelect;

async function balanceAfter(db: Reader, attempt: Attempt): Promise<Minor | null> {
  const sources = attempt.stripePaymentIntentId === null ? [] : [attempt.stripePaymentIntentId];
  const [row] = await readPrepaidOf(db, attempt.tenantId, "recharge", sources);
  return row?.balanceAfterMinor ?? null;
}

/** What was given back of it, or taken back by the bank, oldest first. */
async function readMovements(db: Reader, attempt: Attempt): Promise<Movement[]> {
  const given = await db
    .select({
      state: refunds.state,
      amountMinor: refunds.amountMinor,
      at: refunds.createdAt,
      done: refunds.completedAt,
    })
    .from(refunds)
    .innerJoin(
      transactions,
      and(eq(transactions.tenantId, refunds.tenantId), eq(transactions.transactionId, refunds.transactionId)),
    )
    .where(
      and(
        eq(refunds.tenantId, attempt.tenantId),
        eq(transactions.sourceKind, "recharge"),
        eq(transactions.sourceId, attempt.attemptId),
        inArray(refunds.state, ["started", "pending", "unknown", "succeeded"]),
      ),
    )
    .orderBy(asc(refunds.createdAt));
  const moved = given.map(
    ({ state, amountMinor, at, done }): Movement => ({
      kind: state === "succeeded" ? "refund" : "refund_pending",
      at: done ?? at,
      amountMinor: negate(amountMinor),
      detail: null,
    }),
  );
  if (attempt.reversedAt)
    moved.push({ kind: "returned", at: attempt.reversedAt, amountMinor: negate(attempt.totalMinor), detail: null });
  return moved;
}

/** Everything that a top-up's receipt says. @throws AppError not_found, also when it was never paid */
export async function readReceiptDocument(db: Reader, tenantId: TenantId, attemptId: string): Promise<ReceiptDocument> {
  if (!isId(attemptId)) throw new AppError("not_found");
  const [row] = await db
    .select({ attempt: rechargeAttempts, receipt: receipts, method: paymentMethods })
    .from(rechargeAttempts)
    .innerJoin(
      receipts,
      and(eq(receipts.tenantId, rechargeAttempts.tenantId), eq(receipts.attemptId, rechargeAttempts.attemptId)),
    )
    .leftJoin(
      paymentMethods,
      and(
        eq(paymentMethods.tenantId, rechargeAttempts.tenantId),
        eq(paymentMethods.paymentMethodId, rechargeAttempts.paymentMethodId),
      ),
    )
    .where(and(eq(rechargeAttempts.tenantId, tenantId), eq(rechargeAttempts.attemptId, attemptId as AttemptId)));
  if (!row) throw new AppError("not_found", "There is no receipt: nothing was paid");
  const { attempt, receipt, method } = row;
  return {
    ...(await readSetting(db, tenantId, attempt.currency)),
    number: receipt.number,
    paidAt: attempt.completedAt ?? receipt.issuedAt,
    methodName: method && methodName(method),
    reference: attempt.stripePaymentIntentId,
    amountMinor: attempt.amountMinor,
    feeMinor: attempt.feeMinor,
    totalMinor: attempt.totalMinor,
    balanceAfterMinor: await balanceAfter(db, attempt),
    returnedAt: attempt.reversedAt,
    movements: await readMovements(db, attempt),
  };
}
