import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest, unsupported } from "../../http/errors";
import { emit } from "../../webhooks/events";
import { note } from "./book";
import { collectNow, draftFor } from "./invoicing";
import { advanceLines } from "./lines";
import { save } from "./save";
import { isMetered, itemsOf, periodFrom, withItems, withPeriod } from "./terms";

interface ResumeInput {
  billing_cycle_anchor?: { type: "now" | "unchanged" } | undefined;
  payment_behavior?: "resume_on_payment_attempt" | "resume_on_payment_success" | undefined;
  proration_behavior?: "always_invoice" | "create_prorations" | "none" | undefined;
  proration_date?: number | undefined;
}

function withoutPause({ status_details: _pause, ...rest }: Stripe.Subscription): Stripe.Subscription {
  return { ...rest, status: "active" };
}

/** The pause is over. @param members what changes besides */
export function resumeNow(
  account: Account,
  paused: Stripe.Subscription,
  members: Partial<Stripe.Subscription> = {},
): Stripe.Subscription {
  const active = save(account, { ...withoutPause(paused), ...members });
  emit(account, "customer.subscription.updated", active, paused);
  emit(account, "customer.subscription.resumed", active);
  return active;
}

/** The periods and lines that begin when a pause ends now. */
export function planResume(account: Account, paused: Stripe.Subscription, given: ResumeInput) {
  const now = account.nowUnix();
  const anew = given.billing_cycle_anchor?.type !== "unchanged";
  const anchored = anew ? { ...paused, billing_cycle_anchor: now, billing_cycle_anchor_config: null } : paused;
  const after = withItems(
    anchored,
    itemsOf(anchored).map((item) => withPeriod(item, periodFrom(anchored, item.price, now))),
  );
  const prorate = given.proration_behavior !== "none";
  const lines = itemsOf(after).flatMap((item) =>
    advanceLines(account, after, item, periodFrom(after, item.price, now), prorate),
  );
  return { after, lines };
}

/** `POST /v1/subscriptions/:id/resume`. @throws StripeFailure 400 unless it is paused */
export function resumeSubscription(
  account: Account,
  paused: Stripe.Subscription,
  given: ResumeInput,
): Stripe.Subscription {
  if (paused.status !== "paused")
    throw invalidRequest(
      `Subscriptions can only be resumed when they are paused. This subscription has the status ${paused.status}.`,
    );
  if (given.proration_date !== undefined) throw unsupported("proration_date when resuming", "proration_date");
  const { after, lines } = planResume(account, paused, given);
  save(account, after);
  const now = account.nowUnix();
  if (itemsOf(after).every((item) => isMetered(item.price))) return resumeNow(account, after);
  const draft = draftFor(account, after, { reason: "subscription_update", lines, period: { start: now, end: now } });
  note(account, after.id, { resumesOn: draft.id });
  const onSuccess = given.payment_behavior === "resume_on_payment_success";
  collectNow(account, draft, { offSession: false, attempt: true });
  const present = account.tables.subscriptions.get(after.id) ?? after;
  if (present.status !== "paused") return present;
  // An invoice that is sent needs no payment for the subscription to go on.
  if (onSuccess && after.collection_method === "charge_automatically") return present;
  note(account, after.id, { resumesOn: null });
  const resumed = resumeNow(account, present);
  const unpaid = after.collection_method === "charge_automatically";
  if (!unpaid) return resumed;
  const due = save(account, { ...resumed, status: "past_due" });
  emit(account, "customer.subscription.updated", due, resumed);
  return due;
}
