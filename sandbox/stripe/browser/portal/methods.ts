import type Stripe from "stripe";
import { now } from "@/lib/clock";
import { type Html, html } from "../html";
import { TEXT } from "../text";
import { methodIcon, methodLabel } from "./labels";
import type { Visit } from "./visit";

function bankDetail(method: Stripe.PaymentMethod, { language }: Visit): string {
  const say = TEXT[language];
  const kind = { checking: say.checking, savings: say.savings }[String(method.us_bank_account?.account_type)];
  return [method.billing_details.name, kind].filter(Boolean).join(" · ");
}

function detail(method: Stripe.PaymentMethod, visited: Visit): string {
  if (!method.card) return bankDetail(method, visited);
  const { exp_month: month, exp_year: year } = method.card;
  const { text } = visited;
  const today = now();
  const over = year * 12 + month < today.getUTCFullYear() * 12 + today.getUTCMonth() + 1;
  return over ? text.expired : text.expires.replace("{date}", `${String(month).padStart(2, "0")}/${year}`);
}

function row(method: Stripe.PaymentMethod, isDefault: boolean, visited: Visit): Html {
  const { home, text } = visited;
  const label = methodLabel(method, text.bankEnding);
  const makeDefault = html`<form method="post" action="${home}/default">
<input type="hidden" name="method" value="${method.id}">
<button class="button plain small" aria-label="${text.makeDefaultOf.replace("{method}", label)}">${text.makeDefault}</button></form>`;
  return html`<li data-method="${method.id}">
<span class="icon">${methodIcon(method)}</span>
<div class="what"><strong>${label}${isDefault && html`<span class="tag">${text.default}</span>`}</strong><span>${detail(method, visited)}</span></div>
<div class="actions">
${!isDefault && makeDefault}
<form method="post" action="${home}/remove">
<input type="hidden" name="method" value="${method.id}">
<button class="button plain small danger" aria-label="${text.removeOf.replace("{method}", label)}">${text.remove}</button></form>
</div>
</li>`;
}

/** What is saved, and what can be done with it. */
export function methodsSection(visited: Visit): Html {
  const { stripe, session, home, text } = visited;
  const methods = stripe.listMethods(session.customer);
  const defaultId = stripe.defaultMethod(session.customer);
  const list =
    methods.length > 0
      ? html`<ul class="methods">${methods.map((method) => row(method, method.id === defaultId, visited))}</ul>`
      : html`<p class="pad muted">${text.noMethods}</p>`;
  return html`<section class="surface" aria-labelledby="methods">
<header><h2 id="methods">${text.methods}</h2></header>
${list}
<div class="pad actions">
<a class="button" href="${home}/card">${text.addCard}</a>
<a class="button plain" href="${home}/bank">${text.addBank}</a>
</div>
</section>`;
}
