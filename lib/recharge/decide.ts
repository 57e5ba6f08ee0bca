import { type Minor, subtract } from "@/lib/money/minor";
import { CARD_BUDGET } from "./declines";
import { limitHit, usedOfDay } from "./limits";
import { type Quote, quote, quoteAmount } from "./quote";
import type { Chargeable, Situation } from "./situation";
import type { DecisionInputs, Reason } from "./types";

export type Charge = { kind: "charge"; reason: Reason; quote: Quote; method: Chargeable; isBackup: boolean };
export type Skip = {
  kind: "skip";
  reason: Reason;
  nextPossibleAt: Date | null;
  quote: Quote | null;
  method: Chargeable | null;
  limitMinor: Minor | null;
  limitCount: number | null;
};
export type Verdict = Charge | Skip;

const OPEN_REASON = {
  reserved: "charge_in_progress",
  charging: "charge_in_progress",
  processing: "charge_processing",
  unknown: "outcome_unknown",
  requires_action: "needs_authentication",
} as const;

const skip = (reason: Reason, more: Partial<Omit<Skip, "kind" | "reason">> = {}): Skip => ({
  kind: "skip",
  reason,
  nextPossibleAt: null,
  quote: null,
  method: null,
  limitMinor: null,
  limitCount: null,
  ...more,
});

function openReason(s: Situation): Reason | null {
  if (!s.open) return null;
  return OPEN_REASON[s.open.state as keyof typeof OPEN_REASON] ?? null;
}

const isBlocked = (method: Chargeable, s: Situation) =>
  s.blockedFingerprint !== null && method.fingerprint === s.blockedFingerprint;

/** Whether the backup may be asked now: once an episode, and never the card that was just declined for good. */
function backupOf(s: Situation): Chargeable | null {
  return s.backup?.usable && !s.backupTried && !isBlocked(s.backup, s) ? s.backup : null;
}

/** The method to ask, or why none may be asked now. */
function chooseMethod(s: Situation): { method: Chargeable; isBackup: boolean } | Skip {
  const backup = backupOf(s);
  const primary = s.primary?.usable ? s.primary : null;
  const backingOff = s.retryAt !== null && s.retryAt > s.now;
  const exhausted = primary !== null && primary.tries >= CARD_BUDGET;
  if (backup && (!primary || isBlocked(primary, s) || backingOff || exhausted))
    return { method: backup, isBackup: true };
  if (!primary) return skip("no_payment_method");
  if (isBlocked(primary, s)) return skip("paused_hard_decline", { method: primary });
  if (backingOff) return skip("backing_off", { method: primary, nextPossibleAt: s.retryAt });
  return { method: primary, isBackup: false };
}

function pauseReason(reason: string): Reason {
  if (reason === "authentication_required") return "needs_authentication";
  if (reason === "returned") return "paused_returned";
  return reason === "hard_decline" ? "paused_hard_decline" : "paused_declines";
}

function withinLimits(
  s: Situation,
  chosen: { method: Chargeable; isBackup: boolean },
  q: Quote,
  reason: Reason,
): Verdict {
  const { method, isBackup } = chosen;
  const about = { quote: q, method };
  if (method.tries >= CARD_BUDGET)
    return skip("card_budget", { ...about, limitCount: CARD_BUDGET, nextPossibleAt: method.triesFreeAt });
  const hit = limitHit(q.totalMinor, s, s.trigger === "manual");
  if (hit)
    return skip(hit.reason, {
      ...about,
      limitMinor: hit.limitMinor,
      limitCount: hit.limitCount,
      nextPossibleAt: hit.nextPossibleAt,
    });
  if (s.brakes.dryRun) return skip("dry_run", about);
  return { kind: "charge", reason, quote: q, method, isBackup };
}

/** Whether, and what, to charge because the balance is low. Pure: everything it depends on is in the situation. */
export function decide(s: Situation): Verdict {
  if (s.minMinor === null || s.targetMinor === null || s.balanceMinor >= s.minMinor) return skip("balance_not_low");
  const likely = s.primary ?? s.backup;
  const gap = quote({
    balanceMinor: s.balanceMinor,
    pendingMinor: s.pendingMinor,
    targetMinor: s.targetMinor,
    feePolicy: s.feePolicy,
    method: likely?.subject ?? null,
  });
  const about = { quote: gap, method: likely };
  if (!s.enabled) return skip("rule_off", about);
  if (s.brakes.stopAll) return skip("stopped_all", about);
  if (s.brakes.stopTenant) return skip("stopped_tenant", about);
  const open = openReason(s);
  if (open) return skip(open, about);
  if (s.pauseReason) return skip(pauseReason(s.pauseReason), about);
  const chosen = chooseMethod(s);
  if ("kind" in chosen) return { ...chosen, quote: gap, method: chosen.method ?? likely };
  const q = quote({
    balanceMinor: s.balanceMinor,
    pendingMinor: s.pendingMinor,
    targetMinor: s.targetMinor,
    feePolicy: s.feePolicy,
    method: chosen.method.subject,
  });
  return withinLimits(s, chosen, q, "charged");
}

/**
 * Whether, and what, to charge because a person asked for it. Pauses and back-off do not apply: it is how a customer gets out of them.
 * @param amountMinor what the balance is to receive; null: up to the target
 */
export function decideManual(s: Situation, amountMinor: Minor | null): Verdict {
  const method = s.primary?.usable ? s.primary : s.backup?.usable ? s.backup : null;
  const reached = (s.balanceMinor + s.pendingMinor) as Minor;
  const wanted = amountMinor ?? (s.targetMinor === null ? null : subtract(s.targetMinor, reached));
  const q = wanted !== null && wanted > 0 ? quoteAmount(wanted, reached, s.feePolicy, method?.subject ?? null) : null;
  if (s.brakes.stopAll) return skip("stopped_all", { quote: q, method });
  if (s.brakes.stopTenant) return skip("stopped_tenant", { quote: q, method });
  const open = openReason(s);
  if (open) return skip(open, { quote: q, method });
  if (!q) return skip("balance_not_low", { method });
  if (!method) return skip("no_payment_method", { quote: q });
  return withinLimits(s, { method, isBackup: method !== s.primary }, q, "manual_charge");
}

/** What a decision row keeps of the situation. */
export function inputsOf(s: Situation, verdict: Verdict): DecisionInputs {
  return {
    balanceMinor: s.balanceMinor,
    pendingMinor: s.pendingMinor,
    minMinor: s.minMinor,
    targetMinor: s.targetMinor,
    amountMinor: verdict.quote?.amountMinor ?? null,
    feeMinor: verdict.quote?.feeMinor ?? null,
    totalMinor: verdict.quote?.totalMinor ?? null,
    usedDayMinor: usedOfDay(s),
    chargesDay: s.chargesOfDay.length,
    usedMonthMinor: s.usedMonthMinor,
    limitMinor: verdict.kind === "skip" ? verdict.limitMinor : null,
    limitCount: verdict.kind === "skip" ? verdict.limitCount : null,
    consecutiveFailures: s.consecutiveFailures,
    paymentMethodId: verdict.method?.paymentMethodId ?? null,
  };
}
