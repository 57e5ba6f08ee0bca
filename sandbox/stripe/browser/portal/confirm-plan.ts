import type Stripe from "stripe";
import type { BrowserAnswer } from "../../browser-api";
import { callApi } from "../../browser-call";
import type { FormTree } from "../../http/form";
import { idOf } from "../../state/ids";
import { seeOther, stripeError } from "../answers";
import { localized } from "../error-text";
import { type Html, html } from "../html";
import { day, money } from "../pages/format";
import { choicesFor } from "./change-plan";
import { formPage } from "./form";
import { priceText, productName } from "./plans";
import { leave, type Visit } from "./visit";

/** What the customer is about to confirm. */
interface Change {
  item: string;
  price: Stripe.Price;
  quantity: number;
  discounts: FormTree[] | null;
  /** The code that was typed and is not valid. */
  wrongCode: boolean;
}

function promotionOf({ stripe }: Visit, code: string): Stripe.PromotionCode | undefined {
  for (const promotion of stripe.account.tables.promotionCodes.newestFirst())
    if (promotion.active && promotion.code.toLowerCase() === code.toLowerCase()) return promotion;
  return undefined;
}

/** The change of the address, or that of a `subscription_update_confirm` flow. */
function changeOf(visited: Visit, subscription: Stripe.Subscription): Change | null {
  const { session, request, stripe } = visited;
  const given = request.url.searchParams;
  const flow = session.flow?.subscription_update_confirm;
  const [current] = subscription.items.data;
  if (!current) return null;
  if (flow && !given.has("price")) {
    const [wanted] = flow.items;
    const item = subscription.items.data.find(({ id }) => id === wanted?.id) ?? current;
    const price = stripe.account.tables.prices.get(wanted?.price ?? item.price.id);
    const discounts = flow.discounts?.map(
      ({ coupon, promotion_code: code }): FormTree => (coupon ? { coupon } : { promotion_code: code ?? "" }),
    );
    const quantity = wanted?.quantity ?? item.quantity ?? 1;
    return price ? { item: item.id, price, quantity, discounts: discounts ?? null, wrongCode: false } : null;
  }
  const choice = choicesFor(visited, subscription).find(({ price }) => price.id === given.get("price"));
  const quantity = Number(given.get("quantity"));
  if (!choice || !Number.isSafeInteger(quantity) || quantity < 1) return null;
  const code = given.get("code");
  const promotion = code ? promotionOf(visited, code) : undefined;
  return {
    item: current.id,
    price: choice.price,
    quantity: choice.quantity ? quantity : (current.quantity ?? 1),
    discounts: promotion ? [{ promotion_code: promotion.id }] : null,
    wrongCode: Boolean(code) && !promotion,
  };
}

/** What both the preview and the update are asked with, so that what was shown is what is done. */
function terms(visited: Visit, subscription: Stripe.Subscription, change: Change, at: string): FormTree {
  const update = visited.configuration.features.subscription_update;
  const anchor = update.billing_cycle_anchor;
  const endsTrial = subscription.status === "trialing" && update.trial_update_behavior === "end_trial";
  return {
    items: [{ id: change.item, price: change.price.id, quantity: String(change.quantity) }],
    proration_behavior: update.proration_behavior,
    ...(update.proration_behavior !== "none" && { proration_date: at }),
    ...(anchor === "now" && { billing_cycle_anchor: "now" }),
    ...(endsTrial && { trial_end: "now" }),
  };
}

function row(label: string, amount: string, look = ""): Html {
  return html`<tr class="${look}"><th scope="row">${label}</th><td>${amount}</td></tr>`;
}

/** The invoice as it would be: its lines, and when it is due. */
function bill(visited: Visit, preview: Stripe.Invoice, now: number): Html {
  const { text, language } = visited;
  const amount = (minor: number) => money(minor, preview.currency, language);
  const tax = (preview.total_taxes ?? []).reduce((sum, { amount: part }) => sum + part, 0);
  const discount = (preview.total_discount_amounts ?? []).reduce((sum, { amount: part }) => sum + part, 0);
  const balance = preview.amount_due - preview.total;
  // A preview is dated when its invoice would be made: now, or with the next renewal.
  const dueAt = preview.created;
  const isNow = dueAt <= now + 60;
  const label = isNow ? text.dueToday : text.dueNext.replace("{date}", day(dueAt, language));
  return html`${!isNow && html`<p class="wide">${text.nothingToday}</p>`}
<table class="wide bill"><tbody>
${preview.lines.data.map((line) => row(line.description ?? "", amount(line.amount)))}
${discount > 0 && row(text.discount, amount(-discount))}
${tax > 0 && row(text.tax, amount(tax))}
${balance < 0 && preview.total > 0 && row(text.balance, amount(balance))}
${row(label, amount(preview.amount_due), "total")}
</tbody></table>${preview.total < 0 && html`<p class="wide muted">${text.creditNext}</p>`}`;
}

/** Shows what a change costs, and makes it when it is confirmed. */
export async function confirmPlan(visited: Visit, subscription: Stripe.Subscription): Promise<BrowserAnswer> {
  const { request, stripe, text, language, home } = visited;
  const change = changeOf(visited, subscription);
  if (!change) return seeOther(`${home}/subscriptions/${subscription.id}/update`);
  const { account } = stripe;
  // The moment the preview was made for travels with the form, so that the update prorates for the same one.
  const now = String(stripe.act(() => account.nowUnix(), subscription.id));
  const at = /^\d{1,12}$/.exec(request.form.get("at") ?? "")?.[0] ?? now;
  const asked = terms(visited, subscription, change, at);
  let message = change.wrongCode ? text.invalidCode : undefined;
  const kept = subscription.discounts.map((discount): FormTree => ({ discount: idOf(discount) ?? "" }));
  const discounts = change.discounts && { discounts: [...kept, ...change.discounts] };
  if (request.method === "POST" && !change.wrongCode) {
    try {
      const whole = { ...asked, ...discounts, payment_behavior: "error_if_incomplete" };
      stripe.act(() => callApi(account, `POST /v1/subscriptions/${subscription.id}`, whole));
      return leave(visited, "updated", subscription.id);
    } catch (thrown) {
      const error = stripeError(thrown);
      if (!error) throw thrown;
      message = localized(error, language).message;
    }
  }
  const preview = stripe.act(() =>
    callApi<Stripe.Invoice>(account, "POST /v1/invoices/create_preview", {
      subscription: subscription.id,
      subscription_details: asked,
      ...discounts,
    }),
  );
  const query = request.url.search;
  const fields = html`<p class="wide"><small class="muted">${text.newPlan}</small><br><strong>${productName(visited, change.price)}${change.quantity > 1 && ` × ${change.quantity}`}</strong><br>${priceText(visited, change.price, change.quantity)}</p>
${bill(visited, preview, Number(now))}<input type="hidden" name="at" value="${at}">`;
  return formPage(visited, {
    title: text.confirmTitle,
    step: `subscriptions/${subscription.id}/confirm${query}`,
    fields,
    problems: message ? { status: 402, fields: {}, message } : null,
    submit: text.confirm,
    leave: text.goBack,
  });
}
