import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest } from "../../http/errors";
import { redeem } from "../discounts/discounts";
import { dropDiscounts } from "../discounts/remove";
import { addedLines } from "./added-items";
import { carryOut } from "./carry-out";
import { planCut } from "./cut";
import { withEnding } from "./ending";
import { changedItems } from "./items";
import type { UpdateInput } from "./parameters";
import { changesRhythm, type Moment, type Plan, planRestart, planWithinCycle } from "./plan";
import { withSettings } from "./settings";
import { trialEndOf } from "./start";
import { isEnded, itemsOf, withItems } from "./terms";
import { endWithoutMethod } from "./trial";

/** What an update or its preview says of the time and the things that are billed. */
export type Change = Pick<
  UpdateInput,
  | "billing_cycle_anchor"
  | "cancel_at"
  | "cancel_at_period_end"
  | "cancellation_details"
  | "items"
  | "proration_behavior"
  | "proration_date"
  | "trial_end"
  | "trial_from_plan"
>;

function momentOf(account: Account, before: Stripe.Subscription, given: Change): Moment {
  const now = account.nowUnix();
  const at = given.proration_date ?? now;
  const starts = itemsOf(before).map((item) => item.current_period_start);
  const ends = itemsOf(before).map((item) => item.current_period_end);
  if (given.proration_date !== undefined && (at < Math.min(...starts) || at > Math.max(...ends)))
    throw invalidRequest("The `proration_date` must be within the current billing period of the subscription.", {
      param: "proration_date",
    });
  return { now, at, prorate: given.proration_behavior !== "none" };
}

/** The trial as it is changed: ended now, begun, or moved. */
function withTrial(before: Stripe.Subscription, given: Change, now: number): Stripe.Subscription {
  if (given.trial_end === undefined && !given.trial_from_plan) return before;
  const { trial_end, trial_from_plan } = given;
  const end = trialEndOf({ trial_end, trial_from_plan }, itemsOf(before), now);
  if (end === null && trial_end === undefined) return before;
  if (end !== null)
    return {
      ...before,
      billing_cycle_anchor: end,
      billing_cycle_anchor_config: null,
      status: "trialing",
      trial_end: end,
      trial_start: before.status === "trialing" ? before.trial_start : now,
    };
  if (before.status !== "trialing") return before;
  return { ...before, billing_cycle_anchor: now, billing_cycle_anchor_config: null, status: "active", trial_end: now };
}

/**
 * Works a change out, without doing anything of it.
 * @param settled the subscription with everything else that changes
 */
export function planChange(
  account: Account,
  before: Stripe.Subscription,
  settled: Stripe.Subscription,
  given: Change,
): Plan {
  const moment = momentOf(account, before, given);
  const { now } = moment;
  const owner = { id: before.id, customer: String(before.customer), currency: before.currency };
  const items = given.items ? changedItems(account, itemsOf(before), given.items, owner) : itemsOf(settled);
  const changed = withTrial(withItems(settled, items), given, now);
  const anchor = given.billing_cycle_anchor?.type;
  const trialChanged = changed.trial_end !== before.trial_end || changed.status !== before.status;
  const rhythm = before.status !== "trialing" && anchor !== "unchanged" && changesRhythm(before, changed);
  const restarts = trialChanged || anchor === "now" || rhythm;
  const anchored =
    restarts && !trialChanged ? { ...changed, billing_cycle_anchor: now, billing_cycle_anchor_config: null } : changed;
  const plan = restarts
    ? planRestart(account, before, anchored, moment)
    : planWithinCycle(account, before, anchored, moment);
  const ended = { ...plan, after: withEnding(plan.after, given, now) };
  return planCut(account, ended, moment);
}

const SETTLED_ONLY = ["cancellation_details", "metadata"];
const INCOMPLETE_ONLY = [
  "cancel_at",
  "cancel_at_period_end",
  "default_payment_method",
  "description",
  "metadata",
  "payment_settings",
];

function checkChangeable(subscription: Stripe.Subscription, given: UpdateInput): void {
  const names = Object.keys(given).filter((name) => Reflect.get(given, name) !== undefined);
  if (isEnded(subscription) && names.some((name) => !SETTLED_ONLY.includes(name)))
    throw invalidRequest("A canceled subscription can only update its cancellation_details and metadata.");
  if (subscription.status === "incomplete" && names.some((name) => !INCOMPLETE_ONLY.includes(name)))
    throw invalidRequest(
      "This subscription cannot be updated until its first invoice has been paid. Only metadata and the default payment method can be changed.",
    );
}

function discountsOf(account: Account, before: Stripe.Subscription, given: UpdateInput): (string | Stripe.Discount)[] {
  // An empty list leaves them as they are, an empty text takes them away.
  if (given.discounts !== null && !given.discounts?.length) return before.discounts;
  const target = { customer: String(before.customer), subscription: before.id };
  const kept = redeem(account, given.discounts ?? [], target).map(({ id }) => id);
  dropDiscounts(account, before.discounts, kept);
  return kept;
}

/** `POST /v1/subscriptions/:id`. @throws StripeFailure 400, 402 by `error_if_incomplete`, 404 */
export function updateSubscription(
  account: Account,
  before: Stripe.Subscription,
  given: UpdateInput,
): Stripe.Subscription {
  checkChangeable(before, given);
  const settled: Stripe.Subscription = {
    ...withSettings(account, before, given),
    discounts: discountsOf(account, before, given),
    ...(given.pause_collection !== undefined && {
      pause_collection: given.pause_collection && {
        behavior: given.pause_collection.behavior,
        resumes_at: given.pause_collection.resumes_at ?? null,
      },
    }),
  };
  const ended = isEnded(before);
  if (given.trial_end === "now" && before.status === "trialing") {
    const closed = endWithoutMethod(account, before, { ...settled, trial_end: account.nowUnix() });
    if (closed) return closed;
  }
  const plan: Plan = ended
    ? { after: withEnding(settled, given, account.nowUnix()), lines: [], debits: {}, restarts: false }
    : planChange(account, before, settled, given);
  const added = addedLines(account, plan.after, given.add_invoice_items);
  return carryOut(
    account,
    before,
    { ...plan, lines: [...added, ...plan.lines] },
    {
      invoiceNow: given.proration_behavior === "always_invoice",
      paymentBehavior: given.payment_behavior ?? "allow_incomplete",
      offSession: given.off_session ?? false,
      reason: "subscription_update",
      now: account.nowUnix(),
    },
  );
}
