import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { rechargeAttempts } from "@/db/schema";
import type { TransactionStatus } from "@/db/schema/transactions";
import type { AppEvent } from "@/inngest/events";
import { updateTransaction } from "@/lib/transactions/record";
import type { AttemptRow } from "./attempt";
import type { RuleRow } from "./setup";

/** One outcome being recorded: the tenant's rule and the attempt are locked, and `after` is told once it is committed. */
export type SettleContext = { tx: Tx; rule: RuleRow; attempt: AttemptRow; after: AppEvent[] };

/** How an attempt reads in the list of transactions. */
function statusOf(attempt: AttemptRow): TransactionStatus {
  if (attempt.state === "succeeded") return "succeeded";
  if (attempt.state !== "failed") return "pending";
  return attempt.failureCode === "canceled" ? "canceled" : "failed";
}

/** Changes the attempt, and with it the line in the list of transactions. */
export async function updateAttempt({ tx, attempt }: SettleContext, values: Partial<AttemptRow>): Promise<void> {
  Object.assign(attempt, values);
  await tx
    .update(rechargeAttempts)
    .set(values)
    .where(and(eq(rechargeAttempts.tenantId, attempt.tenantId), eq(rechargeAttempts.attemptId, attempt.attemptId)));
  await updateTransaction(
    tx,
    attempt.tenantId,
    "payment",
    { sourceKind: "recharge", sourceId: attempt.attemptId },
    { status: statusOf(attempt), stripePaymentIntentId: attempt.stripePaymentIntentId },
  );
}
