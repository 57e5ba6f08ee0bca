import { withTenant } from "@/db/client";
import type { TenantScope } from "@/lib/auth/scope";
import { invalid } from "@/lib/errors";
import { type Minor, ZERO } from "@/lib/money/minor";
import { decide } from "./decide";
import { quote } from "./quote";
import { readSetup } from "./setup";
import type { Preview, Reason } from "./types";

const NOT_A_BLOCK: ReadonlySet<Reason> = new Set(["balance_not_low"]);

/**
 * What would happen with these amounts, by the very decision that charges; changes nothing.
 * @throws AppError invalid_request when the target is not above the minimum, or neither is known
 */
export async function preview(
  scope: TenantScope,
  input: { minMinor?: Minor; targetMinor?: Minor; balanceMinor?: Minor },
): Promise<Preview> {
  const { situation: stored } = await withTenant(scope, (tx) => readSetup(tx, scope.tenantId, "rule_saved"));
  const s = {
    ...stored,
    minMinor: input.minMinor ?? stored.minMinor,
    targetMinor: input.targetMinor ?? stored.targetMinor,
    balanceMinor: input.balanceMinor ?? stored.balanceMinor,
  };
  if (s.minMinor === null) throw invalid("minBalance", "is required: no rule is saved yet");
  if (s.targetMinor === null) throw invalid("targetBalance", "is required: no rule is saved yet");
  if (s.targetMinor <= s.minMinor) throw invalid("targetBalance", "must be above minBalance");
  const verdict = decide(s);
  const low = s.balanceMinor < s.minMinor;
  const q =
    verdict.quote ??
    quote({
      ...s,
      targetMinor: low ? s.targetMinor : ((s.balanceMinor + s.pendingMinor) as Minor),
      method: s.primary?.subject ?? null,
    });
  return {
    amountMinor: low ? q.amountMinor : ZERO,
    feeMinor: low ? q.feeMinor : ZERO,
    totalMinor: low ? q.totalMinor : ZERO,
    balanceAfterMinor: q.balanceAfterMinor,
    feeReason: q.feeReason,
    wouldCharge: verdict.kind === "charge",
    reason: verdict.reason,
    blockedBy: verdict.kind === "skip" && !NOT_A_BLOCK.has(verdict.reason) ? verdict.reason : null,
    nextPossibleAt: verdict.kind === "skip" ? verdict.nextPossibleAt : null,
  };
}
