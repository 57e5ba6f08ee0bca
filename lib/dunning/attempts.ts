import type { PaymentRow } from "@/lib/invoices/payment-rows";
import type { DunningCase, StepRow } from "./cases";

/** A step as it is shown. */
export type ShownStep = Pick<StepRow, "kind" | "dueAt" | "doneAt" | "outcome"> & {
  /** Which of all tries it is, counted from 1; null: it is none. */
  attempt: number | null;
  /** Why that try failed. */
  failure: { code: string; declineCode: string | null } | null;
};

function failureOf(step: StepRow, payments: readonly PaymentRow[]): ShownStep["failure"] {
  const payment = payments.find(({ paymentId }) => paymentId === step.paymentId);
  return payment?.failureCode ? { code: payment.failureCode, declineCode: payment.declineCode } : null;
}

/**
 * The whole timetable of a case: the charge that failed first is the first attempt, and its reason is kept with the case.
 * @param payments the tries to pay the invoice
 */
export function shownSteps(dunning: DunningCase, payments: readonly PaymentRow[]): ShownStep[] {
  const { startedAt, firstFailureCode, firstDeclineCode } = dunning;
  let attempt = 1;
  return [
    {
      kind: "attempt",
      attempt,
      dueAt: startedAt,
      doneAt: startedAt,
      outcome: "declined",
      failure: firstFailureCode ? { code: firstFailureCode, declineCode: firstDeclineCode } : null,
    },
    ...dunning.steps.map((step) => ({
      kind: step.kind,
      attempt: step.kind === "attempt" ? ++attempt : null,
      dueAt: step.dueAt,
      doneAt: step.doneAt,
      outcome: step.outcome,
      failure: failureOf(step, payments),
    })),
  ];
}

/** How many tries a timetable has in all. */
export const attemptsIn = (steps: readonly ShownStep[]): number =>
  steps.filter(({ kind }) => kind === "attempt").length;
