import { and, asc, eq, gt, inArray, isNull, like, or } from "drizzle-orm";
import { systemDb, type Tx } from "@/db/client";
import { dunningSteps, invoicePayments } from "@/db/schema";
import { send } from "@/inngest/client";
import type { AppEvent } from "@/inngest/events";
import { AppError } from "@/lib/errors";
import type { PaymentMethodId } from "@/lib/ids";
import { methodsToTry } from "@/lib/invoices/choose-method";
import { payInvoice } from "@/lib/invoices/pay";
import type { PaymentRow } from "@/lib/invoices/payment-rows";
import { lockInvoice } from "@/lib/invoices/rows";
import { isHardDecline } from "@/lib/recharge/declines";
import { type CaseRow, invoiceParams, runningCase, type StepRow, tell } from "./cases";
import { type DueStep, finishStep, putOff } from "./step-rows";

const MINUTE_MS = 60_000;
/** No card was asked: Stripe broke, or was never reached. That uses up no attempt, for as long as this. */
const TECHNICAL = ["stripe_error", "abandoned"];
const TECHNICAL_TRIES = 5;
const TECHNICAL_PAUSE_MS = 15 * MINUTE_MS;

/** What an attempt came to: paid or on its way, declined, could not be made, or must be looked at again. */
type Came =
  | { kind: "paid" | "processing" | "declined"; payment: PaymentRow }
  | { kind: "skipped"; why: string }
  | { kind: "later"; ms: number };

const LATER: Came = { kind: "later", ms: MINUTE_MS };

/** How often a try of the timetable has failed without a card having been asked. */
const technicalFailures = (tenantId: CaseRow["tenantId"], requestKey: string): Promise<number> =>
  systemDb().$count(
    invoicePayments,
    and(
      eq(invoicePayments.tenantId, tenantId),
      or(eq(invoicePayments.requestKey, requestKey), like(invoicePayments.requestKey, `${requestKey}:%`)),
      inArray(invoicePayments.failureCode, TECHNICAL),
    ),
  );

/** What a payment that is over, or is not, means for the attempt. */
function cameOf(payment: PaymentRow, failuresBefore: number): Came {
  if (payment.state === "succeeded") return { kind: "paid", payment };
  if (payment.state === "processing") return { kind: "processing", payment };
  if (payment.state !== "failed") return LATER;
  const isTechnical = TECHNICAL.includes(payment.failureCode ?? "");
  if (isTechnical && failuresBefore + 1 < TECHNICAL_TRIES) return { kind: "later", ms: TECHNICAL_PAUSE_MS };
  return { kind: "declined", payment };
}

async function tryMethod(
  { dunning, step }: DueStep,
  paymentMethodId: PaymentMethodId,
  which: "first" | "backup",
): Promise<Came> {
  try {
    const requestKey = `dunning:${dunning.caseId}:${step.position}:${which}`;
    const failuresBefore = await technicalFailures(dunning.tenantId, requestKey);
    const payment = await payInvoice({
      tenantId: dunning.tenantId,
      invoiceId: dunning.invoiceId,
      paymentMethodId,
      trigger: "dunning",
      requestKey: failuresBefore === 0 ? requestKey : `${requestKey}:${failuresBefore}`,
    });
    return cameOf(payment, failuresBefore);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === "payment_in_progress" || error.code === "change_in_progress") return LATER;
    // The invoice's own webhook ends the case.
    if (error.code === "invoice_not_open") return { kind: "skipped", why: "settled" };
    if (error.code === "recharge_stopped") return LATER;
    if (error.code === "card_budget_exhausted") return { kind: "skipped", why: "card_budget" };
    if (error.code === "no_payment_method" || error.code === "invalid_request")
      return { kind: "skipped", why: "no_payment_method" };
    throw error;
  }
}

/** The first method, and the backup once when that did not pay. */
async function tryMethods(due: DueStep): Promise<Came> {
  const { dunning } = due;
  const [first, backup] = await systemDb().transaction(async (tx) =>
    methodsToTry(tx, await lockInvoice(tx, dunning.tenantId, dunning.invoiceId)),
  );
  if (!first) return { kind: "skipped", why: "no_payment_method" };
  const came = await tryMethod(due, first, "first");
  const failed = came.kind === "declined" || (came.kind === "skipped" && came.why === "card_budget");
  if (!failed || !backup) return came;
  const again = await tryMethod(due, backup, "backup");
  return again.kind === "skipped" ? came : again;
}

const ofCase = ({ tenantId, caseId }: CaseRow) =>
  and(eq(dunningSteps.tenantId, tenantId), eq(dunningSteps.caseId, caseId));

/** What was declined for good is not asked again: the tries that are left are not made, unless there is another method. */
async function skipTriesLeft(tx: Tx, dunning: CaseRow, step: StepRow, payment: PaymentRow): Promise<void> {
  const hard = isHardDecline({ code: payment.failureCode ?? "", declineCode: payment.declineCode, adviceCode: null });
  if (!hard) return;
  if ((await methodsToTry(tx, await lockInvoice(tx, dunning.tenantId, dunning.invoiceId))).length > 0) return;
  await tx
    .update(dunningSteps)
    .set({ doneAt: step.dueAt, outcome: "skipped:declined_for_good" })
    .where(
      and(
        ofCase(dunning),
        isNull(dunningSteps.doneAt),
        eq(dunningSteps.kind, "attempt"),
        gt(dunningSteps.position, step.position),
      ),
    );
}

async function nextTryAt(tx: Tx, dunning: CaseRow, step: StepRow): Promise<string | null> {
  const [next] = await tx
    .select({ dueAt: dunningSteps.dueAt })
    .from(dunningSteps)
    .where(
      and(
        ofCase(dunning),
        isNull(dunningSteps.doneAt),
        inArray(dunningSteps.kind, ["attempt"]),
        gt(dunningSteps.position, step.position),
      ),
    )
    .orderBy(asc(dunningSteps.position))
    .limit(1);
  return next?.dueAt.toISOString() ?? null;
}

/** One try of the timetable: made once, whoever is told of it how often. */
export async function attempt(due: DueStep): Promise<void> {
  const { dunning, step } = due;
  const came = await tryMethods(due);
  if (came.kind === "later") return putOff(step, came.ms);
  const after: AppEvent[] = [];
  await systemDb().transaction(async (tx) => {
    const invoice = await lockInvoice(tx, dunning.tenantId, dunning.invoiceId);
    const payment = came.kind === "skipped" ? null : came.payment;
    const outcome = came.kind === "skipped" ? `skipped:${came.why}` : came.kind;
    await finishStep(tx, step, outcome, payment?.paymentId ?? null);
    const failed = came.kind === "declined" || (came.kind === "skipped" && came.why !== "settled");
    if (!failed || invoice.status !== "open" || !(await runningCase(tx, invoice))) return;
    if (came.kind === "declined") await skipTriesLeft(tx, dunning, step, came.payment);
    await tell(tx, after, dunning.tenantId, `dunning:${dunning.caseId}:${step.position}`, {
      kind: "dunning_failed",
      params: {
        ...invoiceParams(invoice),
        nextTryAt: await nextTryAt(tx, dunning, step),
        graceEndsAt: dunning.graceEndsAt.toISOString(),
      },
    });
  });
  await send(after);
}
