import type Stripe from "stripe";
import { type Html, html } from "../html";
import { day, money } from "../pages/format";
import type { Visit } from "./visit";

const SHOWN = 6;

function row(visited: Visit, invoice: Stripe.Invoice): Html {
  const { text, language } = visited;
  const status = invoice.status ?? "draft";
  const number = invoice.number ?? invoice.id;
  const known = (["open", "paid", "void", "uncollectible"] as const).find((candidate) => candidate === status);
  const look = known === "paid" ? "" : known === "open" ? " warn" : " quiet";
  return html`<tr data-invoice="${invoice.id}"><td>${day(invoice.status_transitions.finalized_at ?? invoice.created, language)}</td>
<td class="number">${money(invoice.total, invoice.currency, language)}</td>
<td><span class="tag${look}">${known ? text[`status_${known}`] : status}</span></td>
<td class="documents"><a href="${invoice.hosted_invoice_url}" target="_blank" rel="noopener" aria-label="${text.invoicePage.replace("{number}", number)}">${text.view}</a>
<a href="${invoice.invoice_pdf}" aria-label="${text.invoicePdf.replace("{number}", number)}">${text.pdf}</a></td></tr>`;
}

/** The invoices that were sent, newest first. */
export function invoicesSection(visited: Visit): Html {
  const { stripe, session, request, text, home } = visited;
  const sent = [...stripe.account.tables.invoices.whose("customer", session.customer).newestFirst()].filter(
    ({ status }) => status !== "draft",
  );
  const all = request.url.searchParams.get("invoices") === "all";
  const shown = all ? sent : sent.slice(0, SHOWN);
  const table = html`<div class="scroll"><table class="list history"><thead><tr><th scope="col">${text.invoiceDate}</th><th scope="col" class="number">${text.invoiceAmount}</th><th scope="col">${text.invoiceStatus}</th><th scope="col">${text.invoiceLinks}</th></tr></thead>
<tbody>${shown.map((invoice) => row(visited, invoice))}</tbody></table></div>
${shown.length < sent.length && html`<p class="pad"><a href="${home}?invoices=all">${text.allInvoices}</a></p>`}`;
  return html`<section class="surface" aria-labelledby="invoices">
<header><h2 id="invoices">${text.invoices}</h2></header>
${sent.length > 0 ? table : html`<p class="pad muted">${text.noInvoices}</p>`}
</section>`;
}
