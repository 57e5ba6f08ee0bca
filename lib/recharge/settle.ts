import { and, eq, sql } from "drizzle-orm";
import { systemDb, type Tx } from "@/db/client";
import { inOneGo } from "@/db/in-one-go";
import { cardTries, rechargeAttempts } from "@/db/schema";
import { send } from "@/inngest/client";
import type { AppEvent } from "@/inngest/events";
import { now } from "@/lib/clock";
import { issueReceipt, receiptOf } from "@/lib/documents/receipts";
import { AppError, invariant } from "@/lib/errors";
import type { AttemptId, TenantId } from "@/lib/ids";
import { setRechargeCheckAt } from "@/lib/ledger/accounts";
import { postIn } from "@/lib/ledger/post";
import { negate } from "@/lib/money/minor";
import type { IntentSnapshot } from "@/lib/stripe/intent";
import type { ChargeOutcome } from "@/lib/stripe/payment-intents";
import { type AttemptRow, isOpen } from "./attempt";
import { notice } from "./notices";
import { recordAuthenticationNeeded, recordDecline, recordRefusedRequest } from "./record-failure";
import { noticeOfResumption, resumeOnSuccess } from "./resume";
import { attemptUpdates, type SettleContext, updateAttempt } from "./settling";
import { ruleForUpdate } from "./setup";

/** After this long an unknown outcome is asked about again. */
const ASK_AGAIN_MS = 60_000;
/** A bank debit takes days; webhooks tell sooner, this is the safety net. */
const PROCESSING_CHECK_MS = 6 * 3_600_000;

const attemptForUpdate = (tx: Tx, tenantId: TenantId, attemptId: AttemptId) =>
  tx
    .select()
    .from(rechargeAttempts)
    .where(and(eq(rechargeAttempts.tenantId, tenantId), eq(rechargeAttempts.attemptId, attemptId)))
    .for("update");

/** Money has arrived: the credit, the fee and the state in one transaction. The intent's id makes the posting happen once. */
async function succeed(context: SettleContext, intent: IntentSnapshot): Promise<void> {
  const { tx, rule, attempt, after } = context;
  invariant(
    intent.amountMinor === attempt.totalMinor && intent.currency === attempt.currency,
    `${intent.paymentIntentId} is not over the attempt's amount`,
  );
  const legs = [
    { account: "stripe" as const, amountMinor: negate(attempt.totalMinor) },
    { account: "prepaid" as const, amountMinor: attempt.amountMinor },
    { account: "fee_revenue" as const, amountMinor: attempt.feeMinor },
  ].filter((leg) => leg.amountMinor !== 0);
  const posted = await postIn(
    tx,
    attempt.tenantId,
    attempt.currency,
    [
      {
        kind: "recharge",
        sourceId: intent.paymentIntentId,
        legs,
        metadata: {
          attemptId: attempt.attemptId,
          feeMinor: String(attempt.feeMinor),
          totalMinor: String(attempt.totalMinor),
        },
      },
    ],
    { enforceFloor: false },
  );
  const { statement: resumption, pausedAt } = resumeOnSuccess(context);
  const [known] = await inOneGo(
    receiptOf(tx, attempt.tenantId, attempt.attemptId),
    ...attemptUpdates(context, {
      state: "succeeded",
      stripePaymentIntentId: intent.paymentIntentId,
      completedAt: now(),
      // A card may have been charged long after it was first asked: late, or when the customer was there. Limits count from then.
      ...(attempt.state === "processing" ? {} : { chargingAt: now() }),
      failureCode: null,
      declineCode: null,
      failureMessage: null,
    }),
    tx
      .update(cardTries)
      .set({ succeeded: true })
      .where(and(eq(cardTries.tenantId, attempt.tenantId), eq(cardTries.tryId, attempt.attemptId))),
    setRechargeCheckAt(tx, attempt.tenantId, now()),
    resumption,
  );
  await noticeOfResumption(tx, rule, after, pausedAt, attempt.paymentMethodId);
  if (known.length === 0) await issueReceipt(tx, attempt.tenantId, attempt.attemptId);
  await notice(tx, after, attempt.tenantId, `attempt:${attempt.attemptId}`, {
    kind: "charged",
    params: {
      attemptId: attempt.attemptId,
      amountMinor: attempt.amountMinor,
      feeMinor: attempt.feeMinor,
      totalMinor: attempt.totalMinor,
      balanceMinor: posted.balanceMinor,
      paymentMethodId: attempt.paymentMethodId,
    },
  });
  if (posted.needsRecharge) after.push({ name: "balance/low", data: { tenantId: attempt.tenantId, trigger: "retry" } });
}

/** Applies what an intent says now to an attempt. Every order and any number of repetitions end in the same rows. */
async function applyIntent(context: SettleContext, intent: IntentSnapshot): Promise<void> {
  const { attempt } = context;
  if (attempt.state === "succeeded") return;
  if (intent.status === "succeeded") return succeed(context, intent);
  if (!isOpen(attempt.state)) return;
  const stripePaymentIntentId = intent.paymentIntentId;
  switch (intent.status) {
    case "processing":
      return updateAttempt(context, {
        state: "processing",
        stripePaymentIntentId,
        leaseUntil: new Date(now().getTime() + PROCESSING_CHECK_MS),
      });
    case "canceled":
      return updateAttempt(context, {
        state: "failed",
        stripePaymentIntentId,
        completedAt: now(),
        failureCode: "canceled",
        failureMessage: null,
      });
    case "requires_action":
    case "requires_confirmation":
      return recordAuthenticationNeeded(context, intent);
    case "requires_payment_method":
      if (intent.error?.code === "authentication_required" || intent.error?.declineCode === "authentication_required")
        return recordAuthenticationNeeded(context, intent);
      // The customer is at it: a try of theirs that was declined leaves the same payment open for the next one.
      if (attempt.state === "requires_action") return;
      return recordDecline(context, intent);
    default:
      throw new Error(`${intent.paymentIntentId} is in the unexpected state ${intent.status}`);
  }
}

/**
 * Records what became of a charge. The same function for the answer, the webhook and the resolver: the credit is posted once per
 * PaymentIntent, whichever tells first.
 * @returns the attempt as it is now
 */
export async function recordOutcome(
  tenantId: TenantId,
  attemptId: AttemptId,
  outcome: ChargeOutcome,
): Promise<AttemptRow> {
  const after: AppEvent[] = [];
  const attempt = await systemDb().transaction(async (tx) => {
    const [[rule], [locked]] = await inOneGo(ruleForUpdate(tx, tenantId), attemptForUpdate(tx, tenantId, attemptId));
    if (!rule || !locked) throw new AppError("not_found");
    const context: SettleContext = { tx, rule, attempt: locked, after };
    if (outcome.kind === "intent") await applyIntent(context, outcome.intent);
    else if (outcome.kind === "rejected") await recordRefusedRequest(context, outcome);
    else if (context.attempt.state === "charging")
      await updateAttempt(context, { state: "unknown", leaseUntil: new Date(now().getTime() + ASK_AGAIN_MS) });
    return context.attempt;
  });
  await send(after);
  return attempt;
}

/** The attempt that an intent belongs to: by its own record, else by what the intent's metadata says. */
export async function findAttemptOfIntent(intent: IntentSnapshot): Promise<AttemptRow | null> {
  const byMetadata =
    intent.attemptId && intent.tenantId
      ? sql`or (${rechargeAttempts.tenantId} = ${intent.tenantId}::uuid and ${rechargeAttempts.attemptId} = ${intent.attemptId}::uuid)`
      : sql``;
  const [attempt] = await systemDb()
    .select()
    .from(rechargeAttempts)
    .where(sql`${rechargeAttempts.stripePaymentIntentId} = ${intent.paymentIntentId} ${byMetadata}`)
    .limit(1);
  return attempt ?? null;
}
