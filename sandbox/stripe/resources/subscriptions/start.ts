import type Stripe from "stripe";
import { invalidRequest } from "../../http/errors";
import { addIntervals, addMonths } from "../periods/calendar";
import type { CreateInput } from "./parameters";
import { recurrenceOf } from "./terms";

const DAY = 86_400;
const LONGEST_TRIAL = 2 * 366 * DAY;

function within(value: number | undefined, least: number, most: number, name: string): void {
  if (value === undefined || (value >= least && value <= most)) return;
  throw invalidRequest(`This value must be between ${least} and ${most}.`, {
    param: `billing_cycle_anchor_config[${name}]`,
    code: "parameter_invalid_integer",
  });
}

/** The next time the calendar says what the configuration asks for; unix seconds. */
export function configuredAnchor(config: NonNullable<CreateInput["billing_cycle_anchor_config"]>, now: number): number {
  within(config.day_of_month, 1, 31, "day_of_month");
  within(config.month, 1, 12, "month");
  within(config.hour, 0, 23, "hour");
  within(config.minute, 0, 59, "minute");
  within(config.second, 0, 59, "second");
  const today = new Date(now * 1000);
  const timed = config.hour !== undefined || config.minute !== undefined || config.second !== undefined;
  const first = Date.UTC(
    today.getUTCFullYear(),
    config.month === undefined ? today.getUTCMonth() : config.month - 1,
    1,
    timed ? (config.hour ?? 0) : today.getUTCHours(),
    timed ? (config.minute ?? 0) : today.getUTCMinutes(),
    timed ? (config.second ?? 0) : today.getUTCSeconds(),
  );
  const step = config.month === undefined ? 1 : 12;
  let n = 0;
  while (addMonths(first / 1000, n, config.day_of_month) < now) n += step;
  return addMonths(first / 1000, n, config.day_of_month);
}

/** End of the trial that is asked for, unix seconds; null for none. @throws StripeFailure 400 */
export function trialEndOf(
  given: Pick<CreateInput, "trial_end" | "trial_period_days" | "trial_from_plan">,
  items: readonly Stripe.SubscriptionItem[],
  now: number,
): number | null {
  const { trial_end: end, trial_period_days: days, trial_from_plan: fromPlan } = given;
  if (end !== undefined && days !== undefined)
    throw invalidRequest("You may only specify one of these parameters: trial_end, trial_period_days.", {
      param: "trial_period_days",
    });
  if (end !== undefined && fromPlan)
    throw invalidRequest("You may only specify one of these parameters: trial_end, trial_from_plan.", {
      param: "trial_from_plan",
    });
  if (end === "now") return null;
  if (end !== undefined) {
    if (end <= now)
      throw invalidRequest("Invalid timestamp: must be an integer Unix timestamp in the future.", {
        param: "trial_end",
      });
    if (end > now + LONGEST_TRIAL)
      throw invalidRequest("Invalid timestamp: can be no more than two years in the future.", { param: "trial_end" });
    return end;
  }
  if (days !== undefined) {
    if (days < 0 || days > 730)
      throw invalidRequest("The maximum number of trial period days is 730 (2 years).", { param: "trial_period_days" });
    return days === 0 ? null : now + days * DAY;
  }
  const planned = fromPlan ? items.map(({ price }) => price.recurring?.trial_period_days ?? 0) : [];
  const longest = Math.max(0, ...planned);
  return longest === 0 ? null : now + longest * DAY;
}

/**
 * The anchor of a new subscription: what was asked for, or the end of the trial, or its start.
 * @throws StripeFailure 400 for an anchor in the past or after the first natural renewal
 */
export function anchorFor(
  given: CreateInput,
  items: readonly Stripe.SubscriptionItem[],
  trialEnd: number | null,
  now: number,
): number {
  const { billing_cycle_anchor: anchor, billing_cycle_anchor_config: config } = given;
  if (anchor !== undefined && config)
    throw invalidRequest(
      "You may only specify one of these parameters: billing_cycle_anchor, billing_cycle_anchor_config.",
      { param: "billing_cycle_anchor_config" },
    );
  if (config) {
    if (items.some(({ price }) => !["month", "year"].includes(String(price.recurring?.interval))))
      throw invalidRequest("`billing_cycle_anchor_config` is only valid with monthly and yearly intervals.", {
        param: "billing_cycle_anchor_config",
      });
    return configuredAnchor(config, trialEnd ?? now);
  }
  if (anchor === undefined) return trialEnd ?? now;
  if (anchor < now)
    throw invalidRequest("The `billing_cycle_anchor` must be a timestamp in the future.", {
      param: "billing_cycle_anchor",
    });
  for (const { price } of items) {
    const { interval, interval_count: count } = recurrenceOf(price);
    const natural = addIntervals(trialEnd ?? now, interval, count);
    if (anchor > natural)
      throw invalidRequest(
        `billing_cycle_anchor cannot be later than next natural billing date (${natural}) for plan`,
        { param: "billing_cycle_anchor" },
      );
  }
  return anchor;
}
