import type Stripe from "stripe";
import { lineAmount } from "../../resources/pricing/amount";
import { idOf } from "../../state/ids";
import { type Html, html } from "../html";
import { day, money } from "../pages/format";
import { intervalText } from "../pages/price-text";
import { methodLabel } from "./labels";
import type { Visit } from "./visit";

/** When a subscription ends that was told to; null when it goes on. @returns unix seconds */
export function endsAt(subscription: Stripe.Subscription): number | null {
  return subscription.cancel_at ?? null;
}

/** The end of the period that is paid for: the earliest of its items. */
export function renewsAt(subscription: Stripe.Subscription): number {
  return Math.min(...subscription.items.data.map((item) => item.current_period_end));
}

/** Subscriptions that are not over yet, newest first. */
export function livingSubscriptions({ stripe, session }: Visit): Stripe.Subscription[] {
  return [...stripe.account.tables.subscriptions.whose("customer", session.customer).newestFirst()].filter(
    ({ status }) => status !== "canceled" && status !== "incomplete_expired",
  );
}

export function productName({ stripe }: Visit, price: Stripe.Price): string {
  const product = stripe.account.tables.products.get(idOf(price.product as string | { id: string }) ?? "");
  return product && !("deleted" in product) ? product.name : price.id;
}

/** A price in words: "$20.00 per month", "$30.00 every 3 months". */
export function priceText(visited: Visit, price: Stripe.Price, quantity: number): string {
  const { text, language, stripe } = visited;
  if (price.recurring?.usage_type === "metered") return text.byUsage;
  return intervalText(money(lineAmount(stripe.account, price, quantity), price.currency, language), price, language);
}

/** The names of what a subscription is for. */
export function planName(visited: Visit, subscription: Stripe.Subscription): string {
  return subscription.items.data.map(({ price }) => productName(visited, price)).join(", ");
}

function badge(visited: Visit, subscription: Stripe.Subscription): Html {
  const { text, language } = visited;
  const end = endsAt(subscription);
  if (end) return html`<span class="tag warn">${text.badge_cancels.replace("{date}", day(end, language))}</span>`;
  const { status } = subscription;
  const paused = status === "paused" || subscription.pause_collection !== null;
  const shown = paused ? "paused" : status;
  const known = (["trialing", "active", "past_due", "unpaid", "paused", "incomplete"] as const).find(
    (s) => s === shown,
  );
  const bad = known === "past_due" || known === "unpaid" || known === "incomplete";
  return html`<span class="tag${bad ? " bad" : known === "paused" ? " warn" : ""}">${known ? text[`badge_${known}`] : status}</span>`;
}

function sentence(visited: Visit, subscription: Stripe.Subscription): string {
  const { text, language } = visited;
  const end = endsAt(subscription);
  if (end) return text.cancels.replace("{date}", day(end, language));
  if (subscription.status === "past_due" || subscription.status === "unpaid") return text.pastDue;
  if (subscription.status === "trialing" && subscription.trial_end)
    return text.trialUntil.replace("{date}", day(subscription.trial_end, language));
  const until = subscription.pause_collection?.resumes_at;
  if (until) return text.pausedUntil.replace("{date}", day(until, language));
  if (subscription.status === "paused" || subscription.pause_collection) return text.pausedNow;
  return text.renews.replace("{date}", day(renewsAt(subscription), language));
}

function actions(visited: Visit, subscription: Stripe.Subscription): Html[] {
  const { configuration, home, text } = visited;
  const {
    subscription_update: update,
    subscription_cancel: cancel,
    subscription_pause: pause,
  } = configuration.features;
  const plan = planName(visited, subscription);
  const action = (step: string, label: string, look: string) =>
    html`<a class="button small ${look}" href="${home}/subscriptions/${subscription.id}/${step}" aria-label="${text.ofPlan.replace("{action}", label).replace("{plan}", plan)}">${label}</a>`;
  const ending = endsAt(subscription) !== null;
  const paused = subscription.status === "paused" || subscription.pause_collection !== null;
  const running = subscription.status === "active" || subscription.status === "trialing";
  const offered: (Html | false)[] = [
    update.enabled &&
      !ending &&
      running &&
      subscription.items.data.length === 1 &&
      action("update", text.updatePlan, ""),
    cancel.enabled && ending && action("renew", text.renewPlan, ""),
    pause.enabled && paused && action("resume", text.resumePlan, ""),
    pause.enabled && !paused && !ending && running && action("pause", text.pausePlan, "plain"),
    cancel.enabled && !ending && action("cancel", text.cancelPlan, "plain"),
  ];
  return offered.filter((item) => item !== false);
}

function plan(visited: Visit, subscription: Stripe.Subscription): Html {
  const { text, stripe } = visited;
  const method = stripe.account.tables.paymentMethods.get(
    idOf(subscription.default_payment_method) ?? stripe.defaultMethod(visited.session.customer) ?? "",
  );
  const items = subscription.items.data.map(
    ({ price, quantity = 1 }) =>
      html`<p class="plan-price"><strong>${productName(visited, price)}${quantity > 1 && ` × ${quantity}`}</strong> <span>${priceText(visited, price, quantity)}</span></p>`,
  );
  return html`<li class="plan" data-subscription="${subscription.id}">
<div>${items}<p class="muted">${sentence(visited, subscription)} ${badge(visited, subscription)}</p>
${method && html`<p class="muted">${text.paidWith.replace("{method}", methodLabel(method, text.bankEnding))}</p>`}</div>
<div class="actions">${actions(visited, subscription)}</div>
</li>`;
}

/** What the customer subscribes to; nothing for a customer without subscriptions. */
export function plansSection(visited: Visit): Html | null {
  const subscriptions = livingSubscriptions(visited);
  if (subscriptions.length === 0) return null;
  const { text } = visited;
  return html`<section class="surface" aria-labelledby="plans">
<header><h2 id="plans">${subscriptions.length > 1 ? text.plans : text.plan}</h2></header>
<ul class="plans">${subscriptions.map((subscription) => plan(visited, subscription))}</ul>
</section>`;
}
