import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { inOneGo } from "@/db/in-one-go";
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

/** The statements that change the attempt, and with it the line in the list of transactions. */
export function attemptUpdates({ tx, attempt }: SettleContext, values: Partial<AttemptRow>) {
  Object.assign(attempt, values);
  return [
    tx
      .update(rechargeAttempts)
      .set(values)
      .where(and(eq(rechargeAttempts.tenantId, attempt.tenantId), eq(rechargeAttempts.attemptId, attempt.attemptId))),
    updateTransaction(
      tx,
      attempt.tenantId,
      "payment",
      { sourceKind: "recharge", sourceId: attempt.attemptId },
      { status: statusOf(attempt), stripePaymentIntentId: attempt.stripePaymentIntentId },
    ),
  ] as const;
}

/** Changes the attempt, and with it the line in the list of transactions. */
export async function updateAttempt(context: SettleContext, values: Partial<AttemptRow>): Promise<void> {
  await inOneGo(...attemptUpdates(context, values));
}
