import type Stripe from "stripe";
import { lineAmount } from "../../resources/pricing/amount";
import { idOf } from "../../state/ids";
import { MERCHANT } from "../hosted/merchant";
import { type Html, html } from "../html";
import { money } from "../pages/format";
import { intervalText } from "../pages/price-text";
import type { CheckoutVisit } from "./visit";

/** What a session is for, as a heading. */
export function titleOf({ session, book, text, figures }: CheckoutVisit): string {
  const product = figures?.items.find(({ price }) => price?.recurring)?.description ?? MERCHANT;
  if (session.mode === "setup") return text.setupTitle;
  if (session.mode === "subscription")
    return (trialDays(book) ? text.tryTitle : text.subscribeTitle).replace("{product}", product);
  const named = { book: text.bookTitle, donate: text.donateTitle }[String(session.submit_type)] ?? text.payTitle;
  return named.replace("{merchant}", MERCHANT);
}

export function trialDays({ given }: CheckoutVisit["book"]): number | null {
  return given.subscription_data?.trial_period_days ?? null;
}

function quantity(visited: CheckoutVisit, item: Stripe.LineItem): Html | null {
  const { text, home } = visited;
  const range = item.adjustable_quantity;
  if (!range)
    return item.quantity !== null && item.quantity > 1
      ? html`<small>${text.quantity.replace("{count}", String(item.quantity))}</small>`
      : null;
  const label = text.quantityOf.replace("{product}", item.description ?? "");
  return html`<form method="post" action="${home}" class="inline"><input type="number" name="quantity_${item.id}" value="${item.quantity ?? 1}" min="${range.minimum ?? 0}" max="${range.maximum ?? 99}" aria-label="${label}">
<button class="button plain small" name="act" value="quantity">${text.update}</button></form>`;
}

function line(visited: CheckoutVisit, item: Stripe.LineItem): Html {
  const { language, text, stripe, book } = visited;
  const { price } = item;
  const days = trialDays(book);
  const full = price?.recurring && item.quantity !== null ? lineAmount(stripe.account, price, item.quantity) : null;
  const rhythm =
    price?.recurring && full !== null && intervalText(money(full, item.currency, language), price, language);
  return html`<li><div><strong>${item.description}</strong>${quantity(visited, item)}
${rhythm && html`<small>${days ? `${text.trialDays.replace("{count}", String(days))} · ${text.afterwards.replace("{amount}", rhythm)}` : rhythm}</small>`}</div>
<span class="number">${money(item.amount_subtotal, item.currency, language)}</span></li>`;
}

function promotion(visited: CheckoutVisit, wrong: boolean): Html | null {
  const { session, home, text, stripe } = visited;
  const [applied] = session.discounts ?? [];
  const code = stripe.account.tables.promotionCodes.get(idOf(applied?.promotion_code) ?? "");
  if (!session.allow_promotion_codes) return null;
  if (code)
    return html`<form method="post" action="${home}" class="inline"><span class="tag">${code.code}</span>
<button class="button plain small" name="act" value="no_promotion" aria-label="${text.removePromotion.replace("{code}", code.code)}">×</button></form>`;
  return html`<details class="promotion"${wrong && html` open`}><summary>${text.addPromotion}</summary>
<form method="post" action="${home}" class="inline"><label class="visually-hidden" for="promotionCode">${text.promotionCode}</label>
<input id="promotionCode" name="promotionCode" autocomplete="off" placeholder="${text.promotionCode}"${wrong && html` aria-invalid="true" aria-describedby="promotion-error"`}>
<button class="button plain small" name="act" value="promotion">${text.apply}</button></form>
${wrong && html`<p class="error" id="promotion-error" role="alert">${text.invalidCode}</p>`}</details>`;
}

/** What is bought and what it costs. */
export function summary(visited: CheckoutVisit, wrongCode: boolean): Html {
  const { session, figures, language, text } = visited;
  const back =
    session.cancel_url &&
    html`<nav><a class="back" href="${session.cancel_url}">← ${text.backTo.replace("{merchant}", MERCHANT)}</a></nav>`;
  const title = html`<h1>${titleOf(visited)}</h1>`;
  if (!figures) return html`<section class="summary">${back}${title}</section>`;
  const amount = (minor: number) => money(minor, session.currency ?? "usd", language);
  const row = (label: string, minor: number) => html`<div><dt>${label}</dt><dd>${amount(minor)}</dd></div>`;
  const extra = figures.total - figures.subtotal + figures.discount;
  return html`<section class="summary" aria-label="${text.summary}">${back}${title}
<p class="amount">${amount(figures.total)}</p>
<ul class="lines">${figures.items.map((item) => line(visited, item))}</ul>
${promotion(visited, wrongCode)}
<dl class="sums">${row(text.subtotal, figures.subtotal)}
${figures.discount > 0 && row(text.discount, -figures.discount)}
${figures.tax > 0 && row(extra === figures.tax ? text.tax : text.taxIncluded, figures.tax)}
${row(text.dueToday, figures.total)}</dl></section>`;
}
