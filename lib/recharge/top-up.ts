import { and, eq } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { rechargeAttempts } from "@/db/schema";
import { send } from "@/inngest/client";
import type { AppEvent } from "@/inngest/events";
import type { TenantScope } from "@/lib/auth/scope";
import { AppError, type ErrorCode, invalid } from "@/lib/errors";
import { toDecimalString } from "@/lib/money/amount";
import { CHARGE_MAXIMUM_MINOR, type Currency, chargeMinimumOf } from "@/lib/money/currency";
import { type Minor, toMinor } from "@/lib/money/minor";
import { type AttemptRow, toAttempt } from "./attempt";
import { cancelWaiting } from "./cancel-waiting";
import { claim } from "./claim";
import { decideManual, inputsOf, type Skip } from "./decide";
import { decisionMessage } from "./decision-message";
import { execute } from "./execute";
import { noticeOfNearLimits } from "./notices";
import { recordDecision } from "./record-decision";
import { resolveAttempt } from "./resolve";
import { lockRule, readSetup } from "./setup";
import type { Situation } from "./situation";
import type { Attempt, Reason } from "./types";

const REFUSALS: Partial<Record<Reason, ErrorCode>> = {
  stopped_all: "recharge_stopped",
  stopped_tenant: "recharge_stopped",
  dry_run: "recharge_stopped",
  charge_in_progress: "recharge_in_progress",
  charge_processing: "recharge_in_progress",
  outcome_unknown: "recharge_in_progress",
  needs_authentication: "recharge_in_progress",
  balance_not_low: "nothing_to_charge",
  no_payment_method: "no_payment_method",
  card_budget: "card_budget_exhausted",
};

type Reserved = { attempt: AttemptRow; isNew: boolean } | { refused: Reason; why: string };

const whyNot = (s: Situation, verdict: Skip): string =>
  decisionMessage({ ...verdict, inputs: inputsOf(s, verdict), attemptState: null }, s.currency);

async function reserve(
  scope: TenantScope,
  amountMinor: Minor | null,
  requestKey: string,
  after: AppEvent[],
): Promise<Reserved> {
  return systemDb().transaction(async (tx) => {
    const rule = await lockRule(tx, scope.tenantId);
    const [known] = await tx
      .select()
      .from(rechargeAttempts)
      .where(and(eq(rechargeAttempts.tenantId, scope.tenantId), eq(rechargeAttempts.requestKey, requestKey)));
    if (known) return { attempt: known, isNew: false };
    const setup = await readSetup(tx, scope.tenantId, "manual", rule);
    if (amountMinor === null && rule.targetMinor === null)
      throw invalid("amount", "is required: no target balance is set");
    const { stepMinor } = setup.situation.feePolicy;
    if ((amountMinor ?? 0) % stepMinor !== 0)
      throw invalid(
        "amount",
        `must be a multiple of ${toDecimalString(toMinor(stepMinor), setup.situation.currency)}: cards are not charged in smaller steps`,
      );
    const verdict = decideManual(setup.situation, amountMinor);
    if (verdict.quote) checkChargeable(verdict.quote.totalMinor, setup.situation.currency);
    const attempt = verdict.kind === "charge" ? await claim(tx, setup, verdict, requestKey) : null;
    if (verdict.reason !== "balance_not_low") await recordDecision(tx, setup, verdict, attempt?.attemptId ?? null);
    if (verdict.kind === "skip") return { refused: verdict.reason, why: whyNot(setup.situation, verdict) };
    if (!attempt) return { refused: "charge_in_progress", why: "another charge is under way" };
    await noticeOfNearLimits(tx, after, setup, verdict);
    return { attempt, isNew: true };
  });
}

/** @throws AppError invalid_request for what Stripe would refuse for being too little or too much: no attempt is stored for it */
function checkChargeable(totalMinor: Minor, currency: Currency): void {
  const least = toMinor(chargeMinimumOf(currency));
  if (totalMinor >= least && totalMinor <= CHARGE_MAXIMUM_MINOR) return;
  const isSmall = totalMinor < least;
  const limit = toDecimalString(isSmall ? least : CHARGE_MAXIMUM_MINOR, currency);
  throw invalid(
    "amount",
    `is too ${isSmall ? "small" : "large"}: Stripe charges no ${isSmall ? "less" : "more"} than ${limit} ${currency}, and with the fee this would be ${toDecimalString(totalMinor, currency)}`,
  );
}

/**
 * Charges because a person asked for it. Competes with sweep and events for the one open place. A payment that waits for the
 * customer's authentication gives way to another card: it is ended at Stripe first.
 * @param input.amountMinor what the balance is to receive; null: up to the target
 * @param input.requestKey unique per request and tenant: asking again answers the same attempt
 * @returns the attempt, settled or not
 * @throws AppError invalid_request naming the amount · recharge_in_progress · nothing_to_charge · limit_reached · no_payment_method · card_budget_exhausted · recharge_stopped
 */
export async function topUp(
  scope: TenantScope,
  input: { amountMinor: Minor | null; requestKey: string },
): Promise<Attempt> {
  if (input.amountMinor !== null && input.amountMinor <= 0) throw invalid("amount", "must be above zero");
  const after: AppEvent[] = [];
  let reserved = await reserve(scope, input.amountMinor, input.requestKey, after);
  if ("refused" in reserved && (await makeWay(scope, reserved.refused)))
    reserved = await reserve(scope, input.amountMinor, input.requestKey, after);
  await send(after);
  if ("refused" in reserved) throw new AppError(REFUSALS[reserved.refused] ?? "limit_reached", reserved.why);
  if (reserved.isNew) await execute(reserved.attempt);
  const [row] = await systemDb()
    .select()
    .from(rechargeAttempts)
    .where(
      and(eq(rechargeAttempts.tenantId, scope.tenantId), eq(rechargeAttempts.attemptId, reserved.attempt.attemptId)),
    );
  return toAttempt(row);
}

/** Frees the open place where that is safe. @returns whether it is worth another try */
async function makeWay(scope: TenantScope, reason: Reason): Promise<boolean> {
  if (reason === "needs_authentication") return (await wouldUseAnotherCard(scope)) && cancelWaiting(scope.tenantId);
  if (reason !== "outcome_unknown" && reason !== "charge_in_progress") return false;
  const [open] = await systemDb()
    .select({ attemptId: rechargeAttempts.attemptId })
    .from(rechargeAttempts)
    .where(
      and(
        eq(rechargeAttempts.tenantId, scope.tenantId),
        eq(rechargeAttempts.state, reason === "outcome_unknown" ? "unknown" : "charging"),
      ),
    );
  return open ? (await resolveAttempt(scope.tenantId, open.attemptId)) === "settled" : false;
}

/** The same card would be asked for the same confirmation: the mailed link finishes the payment that waits. */
async function wouldUseAnotherCard(scope: TenantScope): Promise<boolean> {
  const { situation: s } = await readSetup(systemDb(), scope.tenantId, "manual");
  if (!s.open) return true;
  const [waiting] = await systemDb()
    .select({ fingerprint: rechargeAttempts.fingerprint })
    .from(rechargeAttempts)
    .where(and(eq(rechargeAttempts.tenantId, scope.tenantId), eq(rechargeAttempts.attemptId, s.open.attemptId)));
  const next = s.primary?.usable ? s.primary : s.backup;
  return next?.fingerprint != null && next.fingerprint !== waiting?.fingerprint;
}
