import { add, type Minor } from "@/lib/money/minor";
import type { Quote } from "@/lib/recharge/quote";
import type { Attempt } from "@/lib/recharge/types";

/** The attempt's own amounts as lines; the balance that follows it is today's plus the amount, or today's once it is paid. */
export const quoteOfAttempt = (attempt: Attempt, balanceMinor: Minor): Quote => ({
  amountMinor: attempt.amountMinor,
  feeMinor: attempt.feeMinor,
  totalMinor: attempt.totalMinor,
  feeReason: attempt.feeReason,
  balanceAfterMinor: attempt.state === "succeeded" ? balanceMinor : add(balanceMinor, attempt.amountMinor),
});
