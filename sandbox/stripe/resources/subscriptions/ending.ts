import type Stripe from "stripe";
import { invalidRequest } from "../../http/errors";
import { firstPeriodEnd, lastPeriodEnd } from "./terms";

interface Ending {
  cancel_at?: number | "max_period_end" | "min_period_end" | null | undefined;
  cancel_at_period_end?: boolean | undefined;
  cancellation_details?:
    | {
        comment?: string | null | undefined;
        feedback?: Stripe.Subscription.CancellationDetails.Feedback | null | undefined;
      }
    | undefined;
}

const BLANK_DETAILS = { comment: null, feedback: null, feedback_option: null, reason: null };

/**
 * The subscription with the cancellation it is given: a moment, or the end of its first period, which then moves with it.
 * @param now unix seconds
 * @throws StripeFailure 400
 */
export function withEnding(before: Stripe.Subscription, given: Ending, now: number): Stripe.Subscription {
  const { cancel_at: at, cancel_at_period_end: atPeriodEnd, cancellation_details: details } = given;
  if (at && atPeriodEnd)
    throw invalidRequest("You may only specify one of these parameters: cancel_at, cancel_at_period_end.", {
      param: "cancel_at",
    });
  const current = before.cancellation_details ?? BLANK_DETAILS;
  const told = {
    ...current,
    ...(details?.comment !== undefined && { comment: details.comment }),
    ...(details?.feedback !== undefined && { feedback: details.feedback }),
  };
  const kept = { ...before, cancellation_details: told };
  const ends = (cancelAt: number, withPeriod: boolean): Stripe.Subscription => ({
    ...kept,
    cancel_at: cancelAt,
    cancel_at_period_end: withPeriod,
    canceled_at: now,
    cancellation_details: { ...told, reason: "cancellation_requested" },
  });
  if (atPeriodEnd) return ends(firstPeriodEnd(before), true);
  if (at) {
    const moment =
      at === "min_period_end" ? firstPeriodEnd(before) : at === "max_period_end" ? lastPeriodEnd(before) : at;
    if (moment <= now) throw invalidRequest("`cancel_at` must be a timestamp in the future.", { param: "cancel_at" });
    return ends(moment, false);
  }
  const takenBack = at === null || (atPeriodEnd === false && before.cancel_at_period_end);
  if (takenBack)
    return {
      ...kept,
      cancel_at: null,
      cancel_at_period_end: false,
      canceled_at: null,
      cancellation_details: { ...BLANK_DETAILS, comment: told.comment, feedback: told.feedback },
    };
  // The end of the period moves with the period.
  return kept.cancel_at_period_end ? { ...kept, cancel_at: firstPeriodEnd(before) } : kept;
}
