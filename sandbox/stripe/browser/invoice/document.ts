import type Stripe from "stripe";
import { type Html, html } from "../html";
import { day, money } from "../pages/format";
import type { Language } from "../text";
import type { InvoiceText } from "./text";

/** An invoice in the reader's language. */
export interface Paper {
  invoice: Stripe.Invoice;
  lines: readonly Stripe.InvoiceLineItem[];
  language: Language;
  text: InvoiceText;
}

function sumOf(parts: readonly { amount: number }[] | null | undefined): number {
  return (parts ?? []).reduce((sum, { amount }) => sum + amount, 0);
}

function period({ start, end }: Stripe.InvoiceLineItem.Period, language: Language): Html | null {
  return end > start ? html`<small class="muted">${day(start, language)} – ${day(end, language)}</small>` : null;
}

function sums({ invoice, language, text }: Paper): Html {
  const row = (label: string, minor: number, look = "") =>
    html`<tr class="${look}"><th scope="row" colspan="2">${label}</th><td class="number">${money(minor, invoice.currency, language)}</td></tr>`;
  const discount = sumOf(invoice.total_discount_amounts);
  const exclusive = sumOf(invoice.total_taxes?.filter(({ tax_behavior: behavior }) => behavior === "exclusive"));
  const inclusive = sumOf(invoice.total_taxes) - exclusive;
  const applied = invoice.amount_due - invoice.total;
  return html`${row(text.subtotal, invoice.subtotal)}
${discount > 0 && row(text.discount, -discount)}
${exclusive > 0 && row(text.tax, exclusive)}
${inclusive > 0 && row(text.taxIncluded, inclusive)}
${row(text.total, invoice.total, "total")}
${applied !== 0 && row(text.applied, applied)}
${invoice.amount_paid > 0 && row(text.amountPaid, -invoice.amount_paid)}
${row(text.amountDueLabel, invoice.amount_remaining, "total")}`;
}

/** Lines and sums of an invoice. */
export function linesTable(paper: Paper): Html {
  const { lines, text, language } = paper;
  const rows = lines.map(
    (line) =>
      html`<tr><td>${line.description}${period(line.period, language)}</td><td class="number">${line.quantity ?? ""}</td><td class="number">${money(line.amount, line.currency, language)}</td></tr>`,
  );
  return html`<div class="scroll"><table class="list invoice"><caption class="visually-hidden">${text.details}</caption>
<thead><tr><th scope="col">${text.description}</th><th scope="col" class="number">${text.quantity.replace("{count}", "").trim()}</th><th scope="col" class="number">${text.amount}</th></tr></thead>
<tbody>${rows}</tbody><tfoot>${sums(paper)}</tfoot></table></div>`;
}

/** Who owes it. */
export function billTo({ invoice }: Paper): Html {
  const { customer_address: address } = invoice;
  const city = [address?.city, address?.state, address?.postal_code].filter(Boolean).join(", ");
  const lines = [invoice.customer_name, address?.line1, address?.line2, city, address?.country, invoice.customer_email]
    .concat((invoice.customer_tax_ids ?? []).map(({ value }) => value))
    .filter(Boolean);
  return html`${lines.map((line, at) => html`${at > 0 && html`<br>`}${line}`)}`;
}
