import type { BrowserAnswer, BrowserApi, BrowserRequest } from "../../browser-api";
import { page } from "../answers";
import { MERCHANT } from "../hosted/merchant";
import { html } from "../html";
import { day, money } from "../pages/format";
import { layout } from "../pages/layout";
import { notFound } from "../pages/not-found";
import { methodLabel } from "../portal/labels";
import { languageOf } from "../text";
import { INVOICE_TEXT } from "./text";

/** `/receipts/:charge`: what was charged, for the customer to keep (`charge.receipt_url`). */
export async function receipt(request: BrowserRequest, stripe: BrowserApi, id: string): Promise<BrowserAnswer> {
  const charge = stripe.account.tables.charges.get(id);
  if (!charge?.receipt_url) return notFound(request);
  const language = languageOf(request.url.searchParams.get("locale") ?? request.language ?? "");
  const text = INVOICE_TEXT[language];
  const amount = (minor: number) => money(minor, charge.currency, language);
  const title = text.receiptTitle.replace("{merchant}", MERCHANT);
  const state = charge.status === "pending" ? text.pending : charge.status === "failed" ? text.failed : null;
  const body = html`<main><h1>${title}</h1>
${state && html`<p class="notice${charge.status === "failed" && " bad"}" role="status">${state}</p>`}
<section class="surface pad" aria-label="${title}"><dl class="facts">
${charge.receipt_number && html`<dt>${text.receiptNumber}</dt><dd>${charge.receipt_number}</dd>`}
<dt>${text.amountPaid}</dt><dd>${amount(charge.amount_captured)}</dd>
<dt>${text.datePaid}</dt><dd>${day(charge.created, language)}</dd>
<dt>${text.paymentMethod}</dt><dd>${charge.payment_method_details && methodLabel(charge.payment_method_details, text.bankEnding)}</dd></dl></section>
<section class="surface" aria-label="${text.details}"><table class="list"><tbody>
<tr><td>${charge.description ?? text.receiptFor.replace("{amount}", amount(charge.amount))}</td><td class="number">${amount(charge.amount)}</td></tr>
</tbody><tfoot>
${charge.amount_refunded > 0 && html`<tr><th scope="row">${text.refunded}</th><td class="number">${amount(-charge.amount_refunded)}</td></tr>`}
<tr class="total"><th scope="row">${text.amountCharged}</th><td class="number">${amount(charge.amount_captured - charge.amount_refunded)}</td></tr>
</tfoot></table></section></main>`;
  return page(await layout({ language, text, title, body }));
}
