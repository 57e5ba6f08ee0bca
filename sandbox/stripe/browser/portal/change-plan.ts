import type Stripe from "stripe";
import type { BrowserAnswer } from "../../browser-api";
import { seeOther } from "../answers";
import { input } from "../hosted/input";
import { type Html, html } from "../html";
import { formPage, sheetOf } from "./form";
import { priceText, productName } from "./plans";
import type { Visit } from "./visit";

export interface Choice {
  price: Stripe.Price;
  /** Null when the customer may not choose how many. */
  quantity: { minimum: number; maximum: number | null } | null;
}

/** The plans a customer may change to: the configuration's prices of the subscription's currency that are still sold. */
export function choicesFor({ configuration, stripe }: Visit, subscription: Stripe.Subscription): Choice[] {
  const { products, default_allowed_updates: allowed } = configuration.features.subscription_update;
  const { prices } = stripe.account.tables;
  const current = subscription.items.data[0];
  return (products ?? []).flatMap(({ prices: ids, adjustable_quantity: quantity }) =>
    ids
      .map((id) => prices.get(id))
      .filter((price) => price !== undefined)
      .filter((price) => price.currency === subscription.currency)
      .filter((price) => price.id === current?.price.id || (price.active && allowed.includes("price")))
      .map((price) => ({
        price,
        quantity:
          quantity.enabled && allowed.includes("quantity")
            ? { minimum: quantity.minimum, maximum: quantity.maximum }
            : null,
      })),
  );
}

function option(visited: Visit, choice: Choice, current: Stripe.SubscriptionItem, chosen: string): Html {
  const { price, quantity } = choice;
  const { text } = visited;
  const isCurrent = price.id === current.price.id;
  const many = current.quantity ?? 1;
  const howMany =
    quantity &&
    html`<label class="quantity"><span>${
      quantity.maximum === null
        ? text.quantity
        : text.quantityOf.replace("{from}", String(quantity.minimum)).replace("{to}", String(quantity.maximum))
    }</span><input type="number" name="quantity_${price.id}" value="${many}" min="${quantity.minimum}" max="${quantity.maximum ?? ""}"></label>`;
  return html`<div class="choice"><label><input type="radio" name="price" value="${price.id}"${price.id === chosen && html` checked`}>
<span><strong>${productName(visited, price)}</strong>${isCurrent && html` <span class="tag">${text.current}</span>`}<small>${priceText(visited, price, quantity ? 1 : many)}</small></span></label>${howMany}</div>`;
}

/** Choosing another plan; what it costs is shown on the next page. */
export async function changePlan(visited: Visit, subscription: Stripe.Subscription): Promise<BrowserAnswer> {
  const { request, text, configuration, home } = visited;
  const [current] = subscription.items.data;
  const choices = choicesFor(visited, subscription);
  if (!current) return seeOther(home);
  const step = `subscriptions/${subscription.id}/update`;
  const chosen = choices.find(({ price }) => price.id === request.form.get("price"));
  if (request.method === "POST" && chosen) {
    const { price, quantity } = chosen;
    const wanted = Number(request.form.get(`quantity_${price.id}`));
    const many = quantity
      ? Math.min(Math.max(quantity.minimum, Math.trunc(wanted) || 1), quantity.maximum ?? Number.MAX_SAFE_INTEGER)
      : (current.quantity ?? 1);
    const code = request.form.get("code")?.trim();
    const query = new URLSearchParams({ price: price.id, quantity: String(many), ...(code && { code }) });
    if (price.id !== current.price.id || many !== (current.quantity ?? 1) || code)
      return seeOther(`${home}/subscriptions/${subscription.id}/confirm?${query}`);
  }
  const withCode = configuration.features.subscription_update.default_allowed_updates.includes("promotion_code");
  const listed = html`<fieldset class="wide"><legend>${text.choosePlan}</legend>${choices.map((choice) => option(visited, choice, current, chosen?.price.id ?? current.price.id))}</fieldset>
${withCode && input(sheetOf(visited, null), { name: "code", label: text.promotionCode, wide: true, optional: true })}`;
  const fields = choices.length > 0 ? listed : html`<p class="wide muted">${text.nothingToUpdate}</p>`;
  return formPage(visited, {
    title: text.updateTitle,
    step,
    fields,
    problems: null,
    submit: text.continue,
    leave: text.goBack,
  });
}
