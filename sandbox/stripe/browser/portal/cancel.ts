import type Stripe from "stripe";
import type { BrowserAnswer } from "../../browser-api";
import { callApi } from "../../browser-call";
import type { FormTree } from "../../http/form";
import { idOf } from "../../state/ids";
import { type Html, html } from "../html";
import { day, money } from "../pages/format";
import { formPage } from "./form";
import { endsAt, planName, renewsAt } from "./plans";
import { leave, type Visit } from "./visit";

type Reason = Stripe.BillingPortal.Configuration.Features.SubscriptionCancel.CancellationReason.Option;
const KNOWN = [
  "customer_service",
  "low_quality",
  "missing_features",
  "other",
  "switched_service",
  "too_complex",
  "too_expensive",
  "unused",
] as const;

function reasons({ configuration, text }: Visit): Html | null {
  const { enabled, options } = configuration.features.subscription_cancel.cancellation_reason;
  if (!enabled) return null;
  const offered = KNOWN.filter((reason) => options.includes(reason satisfies Reason));
  return html`<fieldset class="wide"><legend>${text.why}</legend>
${offered.map((reason) => html`<label><input type="radio" name="feedback" value="${reason}"> <span>${text[`reason_${reason}`]}</span></label>`)}
</fieldset>
<div class="wide"><label for="comment">${text.comment}</label><textarea id="comment" name="comment" rows="3"></textarea></div>`;
}

/** The coupon a flow offers to those who stay. */
function offerOf({ session, stripe }: Visit): Stripe.Coupon | null {
  const id = session.flow?.subscription_cancel?.retention?.coupon_offer?.coupon;
  return (id && stripe.account.tables.coupons.get(id)) || null;
}

function offer(visited: Visit, subscription: Stripe.Subscription): Html | null {
  const { text, language, home } = visited;
  const coupon = offerOf(visited);
  if (!coupon) return null;
  const words = coupon.percent_off
    ? text.offerPercent.replace("{percent}", String(coupon.percent_off))
    : text.offerAmount.replace("{amount}", money(coupon.amount_off ?? 0, coupon.currency ?? "usd", language));
  return html`<section class="surface pad" aria-labelledby="offer"><h2 id="offer">${text.offerTitle}</h2><p>${words}</p>
<form method="post" action="${home}/subscriptions/${subscription.id}/cancel"><button class="button" name="offer" value="${coupon.id}">${text.acceptOffer}</button></form></section>`;
}

function cancelPage(visited: Visit, subscription: Stripe.Subscription): Promise<BrowserAnswer> {
  const { text, language, configuration } = visited;
  const { mode, proration_behavior: proration } = configuration.features.subscription_cancel;
  const refund = proration === "none" ? "" : ` ${text.cancelNowRefund}`;
  const words =
    mode === "immediately"
      ? text.cancelNow + refund
      : text.cancelAtEnd.replace("{date}", day(renewsAt(subscription), language));
  return formPage(visited, {
    title: text.cancelTitle,
    step: `subscriptions/${subscription.id}/cancel`,
    fields: html`<p class="wide"><strong>${planName(visited, subscription)}</strong><br>${words}</p>${reasons(visited)}`,
    problems: null,
    submit: text.cancelPlan,
    leave: text.goBack,
    before: offer(visited, subscription) ?? undefined,
  });
}

/** Cancelling as the configuration says: now or at the end of the period, with the customer's reason. */
export async function cancel(visited: Visit, subscription: Stripe.Subscription): Promise<BrowserAnswer> {
  const { request, stripe, configuration } = visited;
  if (request.method !== "POST") return cancelPage(visited, subscription);
  const accepted = request.form.get("offer");
  if (accepted && accepted === offerOf(visited)?.id) {
    const kept = subscription.discounts.map((discount) => ({ discount: idOf(discount) ?? "" }));
    const discounts = [...kept, { coupon: accepted }];
    stripe.act((account) => callApi(account, `POST /v1/subscriptions/${subscription.id}`, { discounts }));
    return leave(visited, "renewed", subscription.id);
  }
  const feedback = KNOWN.find((reason) => reason === request.form.get("feedback"));
  const comment = request.form.get("comment")?.trim();
  const cancellation_details: FormTree = { ...(feedback && { feedback }), ...(comment && { comment }) };
  const { mode, proration_behavior: proration } = configuration.features.subscription_cancel;
  stripe.act((account) =>
    mode === "immediately"
      ? callApi(account, `DELETE /v1/subscriptions/${subscription.id}`, {
          cancellation_details,
          prorate: String(proration !== "none"),
          invoice_now: String(proration === "always_invoice"),
        })
      : callApi(account, `POST /v1/subscriptions/${subscription.id}`, {
          cancel_at_period_end: "true",
          cancellation_details,
        }),
  );
  return leave(visited, mode === "immediately" ? "canceled" : "canceledAtEnd", subscription.id);
}

/** Taking a cancellation back before it takes effect. */
export async function renew(visited: Visit, subscription: Stripe.Subscription): Promise<BrowserAnswer> {
  const { request, stripe, text, language } = visited;
  if (request.method !== "POST") {
    const end = endsAt(subscription) ?? renewsAt(subscription);
    const words = text.renewHint.replace("{date}", day(end, language));
    return formPage(visited, {
      title: text.renewTitle,
      step: `subscriptions/${subscription.id}/renew`,
      fields: html`<p class="wide"><strong>${planName(visited, subscription)}</strong><br>${words}</p>`,
      problems: null,
      submit: text.renewPlan,
      leave: text.goBack,
    });
  }
  const change: FormTree = subscription.cancel_at_period_end ? { cancel_at_period_end: "false" } : { cancel_at: "" };
  stripe.act((account) => callApi(account, `POST /v1/subscriptions/${subscription.id}`, change));
  return leave(visited, "renewed", subscription.id);
}
