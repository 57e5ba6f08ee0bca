import type Stripe from "stripe";
import type { BrowserAnswer } from "../../browser-api";
import { callApi } from "../../browser-call";
import { select } from "../hosted/input";
import { html } from "../html";
import { formPage, sheetOf } from "./form";
import { planName } from "./plans";
import { leave, type Visit } from "./visit";

/** A date some intervals later, by the calendar. @returns unix seconds */
function later(fromUnix: number, interval: string, count: number): number {
  const date = new Date(fromUnix * 1000);
  if (interval === "year") date.setUTCFullYear(date.getUTCFullYear() + count);
  else if (interval === "month") date.setUTCMonth(date.getUTCMonth() + count);
  else date.setUTCDate(date.getUTCDate() + count * (interval === "week" ? 7 : 1));
  return Math.floor(date.getTime() / 1000);
}

/** Pausing the collection of payments, for as long as the configuration offers. */
export async function pausePlan(visited: Visit, subscription: Stripe.Subscription): Promise<BrowserAnswer> {
  const { request, stripe, text, configuration } = visited;
  const { interval_options: offered, type } = configuration.features.subscription_pause.duration;
  const words = { day: text.for_day, week: text.for_week, month: text.for_month, year: text.for_year };
  const options = offered.map(({ interval, interval_count: count }, at) => ({
    value: String(at),
    label: (words[interval as keyof typeof words] ?? text.for_month).replace("{count}", String(count)),
  }));
  if (request.method !== "POST") {
    const howLong =
      type === "interval_options" &&
      select(sheetOf(visited, null), { name: "duration", label: text.pauseFor, options, wide: true });
    return formPage(visited, {
      title: text.pauseTitle,
      step: `subscriptions/${subscription.id}/pause`,
      fields: html`<p class="wide"><strong>${planName(visited, subscription)}</strong><br>${text.pauseHint}</p>${howLong}`,
      problems: null,
      submit: text.pausePlan,
      leave: text.goBack,
    });
  }
  const chosen = offered[Number(request.form.get("duration") ?? 0)];
  const resumesAt =
    type === "interval_options" && chosen
      ? later(
          stripe.act((account) => account.nowUnix(), subscription.id),
          chosen.interval,
          chosen.interval_count,
        )
      : null;
  stripe.act((account) =>
    callApi(account, `POST /v1/subscriptions/${subscription.id}`, {
      pause_collection: { behavior: "void", ...(resumesAt && { resumes_at: String(resumesAt) }) },
    }),
  );
  return leave(visited, "paused", subscription.id);
}

/** Going on with a paused plan. */
export async function resumePlan(visited: Visit, subscription: Stripe.Subscription): Promise<BrowserAnswer> {
  const { request, stripe, text } = visited;
  if (request.method !== "POST")
    return formPage(visited, {
      title: text.resumePlan,
      step: `subscriptions/${subscription.id}/resume`,
      fields: html`<p class="wide"><strong>${planName(visited, subscription)}</strong></p>`,
      problems: null,
      submit: text.resumePlan,
      leave: text.goBack,
    });
  stripe.act((account) =>
    subscription.status === "paused"
      ? callApi(account, `POST /v1/subscriptions/${subscription.id}/resume`, { billing_cycle_anchor: "now" })
      : callApi(account, `POST /v1/subscriptions/${subscription.id}`, { pause_collection: "" }),
  );
  return leave(visited, "resumed", subscription.id);
}
