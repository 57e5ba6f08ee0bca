import { TZDate } from "@date-fns/tz";
import { addDays, addHours } from "date-fns";
import type { DunningStepKind } from "@/db/schema/dunning";
import { type Failure, isHardDecline } from "@/lib/recharge/declines";

export type DunningPolicy = {
  strategy: "fixed" | "smart";
  /** All tries, the one that failed first included. */
  attempts: number;
  intervalDays: number;
  graceDays: number;
};

export type Step = { kind: DunningStepKind; dueAt: Date };
export type Timetable = { steps: Step[]; graceEndsAt: Date };

/** How long before the end the customer is warned once more. */
const WARN_DAYS = 2;

/** The same time of day some days later in a time zone, also over a change of clocks. */
const daysLater = (at: Date, days: number, timeZone: string): Date =>
  new Date(addDays(new TZDate(at.getTime(), timeZone), days).getTime());

/** Days on which wages are paid: tries for want of money are best made then. */
function nextPayday(after: Date, timeZone: string): Date {
  let day = daysLater(after, 1, timeZone);
  for (let tries = 0; tries < 31; tries++) {
    const local = new TZDate(day.getTime(), timeZone);
    if ([1, 15].includes(local.getDate()) || local.getDay() === 5) return day;
    day = daysLater(day, 1, timeZone);
  }
  return day;
}

/** When a smart retry is worth it, by what the bank said; the n-th retry, counted from 1. */
function smartRetry(failure: Failure, firstAt: Date, previous: Date, n: number, timeZone: string): Date {
  const reason = failure.declineCode ?? failure.code;
  if (reason === "insufficient_funds" || reason === "withdrawal_count_limit_exceeded")
    return nextPayday(previous, timeZone);
  if (reason === "processing_error" || reason === "try_again_later" || failure.adviceCode === "try_again_later")
    return n === 1 ? addHours(firstAt, 6) : daysLater(previous, n, timeZone);
  return daysLater(previous, n === 1 ? 1 : 2, timeZone);
}

/**
 * The timetable of a failed invoice, computed once when it first fails: retries, one warning, and the end of the grace. What was
 * declined for good is not retried: only another method helps.
 * @param failedAt the first failure, which is the first attempt @param timeZone IANA name of the tenant's zone
 */
export function timetable(failure: Failure, failedAt: Date, policy: DunningPolicy, timeZone: string): Timetable {
  const graceEndsAt = daysLater(failedAt, policy.graceDays, timeZone);
  const retries: Step[] = [];
  if (!isHardDecline(failure)) {
    let previous = failedAt;
    for (let n = 1; n < policy.attempts; n++) {
      const dueAt =
        policy.strategy === "fixed"
          ? daysLater(failedAt, n * policy.intervalDays, timeZone)
          : smartRetry(failure, failedAt, previous, n, timeZone);
      // A try after the plan has ended would charge for nothing.
      if (dueAt >= graceEndsAt) break;
      retries.push({ kind: "attempt", dueAt });
      previous = dueAt;
    }
  }
  const warnAt = daysLater(graceEndsAt, -WARN_DAYS, timeZone);
  const warning: Step[] = warnAt > failedAt ? [{ kind: "grace_warning", dueAt: warnAt }] : [];
  const steps = [...retries, ...warning, { kind: "end" as const, dueAt: graceEndsAt }];
  return { steps: steps.sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime()), graceEndsAt };
}
