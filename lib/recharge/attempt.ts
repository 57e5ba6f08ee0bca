import type { rechargeAttempts } from "@/db/schema";
import { AppError } from "@/lib/errors";
import type { Attempt } from "./types";

export type AttemptRow = typeof rechargeAttempts.$inferSelect;

/** States in which an attempt holds the one open place of its balance. */
export const OPEN_STATES = ["reserved", "charging", "processing", "requires_action", "unknown"] as const;

export const isOpen = (state: string): boolean => (OPEN_STATES as readonly string[]).includes(state);

export function toAttempt(row: AttemptRow | undefined): Attempt {
  if (!row) throw new AppError("not_found");
  return {
    attemptId: row.attemptId,
    state: row.state,
    trigger: row.trigger,
    isBackup: row.isBackup,
    currency: row.currency,
    amountMinor: row.amountMinor,
    feeMinor: row.feeMinor,
    totalMinor: row.totalMinor,
    feePolicy: row.feePolicy,
    feeReason: row.feeReason,
    paymentMethodId: row.paymentMethodId,
    stripePaymentIntentId: row.stripePaymentIntentId,
    createdAt: row.createdAt,
    completedAt: row.completedAt,
    reversedAt: row.reversedAt,
    failure: row.failureCode
      ? { code: row.failureCode, declineCode: row.declineCode, message: row.failureMessage }
      : null,
  };
}
