import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { rechargeAttempts } from "@/db/schema";
import type { AppEvent } from "@/inngest/events";
import type { AttemptRow } from "./attempt";
import type { RuleRow } from "./setup";

/** One outcome being recorded: the tenant's rule and the attempt are locked, and `after` is told once it is committed. */
export type SettleContext = { tx: Tx; rule: RuleRow; attempt: AttemptRow; after: AppEvent[] };

export async function updateAttempt({ tx, attempt }: SettleContext, values: Partial<AttemptRow>): Promise<void> {
  Object.assign(attempt, values);
  await tx
    .update(rechargeAttempts)
    .set(values)
    .where(and(eq(rechargeAttempts.tenantId, attempt.tenantId), eq(rechargeAttempts.attemptId, attempt.attemptId)));
}
