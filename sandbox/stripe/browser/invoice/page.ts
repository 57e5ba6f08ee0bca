import type { BrowserAnswer, BrowserApi, BrowserRequest } from "../../browser-api";
import { invoiceByToken, linesOf, payableIntent, payFromPage } from "../../resources/invoices/hosted";
import { idOf } from "../../state/ids";
import { page, seeOther, stripeError } from "../answers";
import { localized } from "../error-text";
import type { Problems } from "../hosted/input";
import { meansFields, type Offer, readMeans } from "../hosted/means-fields";
import { MERCHANT } from "../hosted/merchant";
import { type Html, html } from "../html";
import { day, money } from "../pages/format";
import { layout } from "../pages/layout";
import { notFound } from "../pages/not-found";
import { languageOf } from "../text";
import { billTo, linesTable, type Paper } from "./document";
import { INVOICE_TEXT } from "./text";

interface InvoiceVisit extends Paper {
  request: BrowserRequest;
  stripe: BrowserApi;
  home: string;
  offer: Offer;
}

function visitInvoice(request: BrowserRequest, stripe: BrowserApi, token: string): InvoiceVisit {
  const { account } = stripe;
  const invoice = invoiceByToken(account, token);
  const customer = account.tables.customers.get(idOf(invoice.customer) ?? "");
  const [preferred] = customer && !customer.deleted ? (customer.preferred_locales ?? []) : [];
  const language = languageOf(request.url.searchParams.get("locale") ?? preferred ?? request.language ?? "");
  const intent = payableIntent(account, invoice);
  const saved = customer ? stripe.listMethods(customer.id) : [];
  return {
    request,
    stripe,
    invoice,
    lines: linesOf(account, invoice),
    home: `/i/${token}`,
    language,
    text: INVOICE_TEXT[language],
    offer: { saved, types: intent?.payment_method_types ?? ["card"], canRemove: false, canSave: false },
  };
}

/** What is to be said about the state of the invoice, above everything else. */
function state({ invoice, language, text, stripe }: InvoiceVisit): { heading: string; hint: string | Html | null } {
  const amount = money(invoice.amount_remaining, invoice.currency, language);
  if (invoice.status === "paid") {
    const paidAt = invoice.status_transitions.paid_at ?? invoice.created;
    return { heading: text.invoicePaid, hint: text.paidOn.replace("{date}", day(paidAt, language)) };
  }
  if (invoice.status === "void")
    return { heading: money(invoice.total, invoice.currency, language), hint: text.invoiceVoid };
  const heading = text.amountDue.replace("{amount}", amount);
  const intent = payableIntent(stripe.account, invoice);
  if (intent?.status === "processing") return { heading, hint: text.processing };
  const verify = intent?.next_action?.verify_with_microdeposits?.hosted_verification_url;
  if (verify) return { heading, hint: html`${text.verify} <a href="${verify}">${text.confirmNow}</a>` };
  if (invoice.status === "uncollectible") return { heading, hint: text.invoiceUncollectible };
  return {
    heading,
    hint: invoice.due_date ? text.due.replace("{date}", day(invoice.due_date, language)) : text.dueNow,
  };
}

function canPay({ stripe, invoice }: InvoiceVisit): boolean {
  const status = payableIntent(stripe.account, invoice)?.status;
  return (
    status !== undefined && ["requires_payment_method", "requires_confirmation", "requires_action"].includes(status)
  );
}

function payment(visited: InvoiceVisit, problems: Problems | null): Html | null {
  const { request, home, text, language, invoice, offer } = visited;
  if (!canPay(visited)) return null;
  const amount = money(invoice.amount_remaining, invoice.currency, language);
  return html`<section class="surface pad" aria-label="${text.payment}">
${problems?.message && html`<p class="notice bad" role="alert">${problems.message}</p>`}
<form method="post" action="${home}" class="form checkout" novalidate>
${meansFields({ language, form: request.form, problems }, offer)}
<div class="wide"><button class="button pay">${text.pay.replace("{amount}", amount)}</button></div>
</form></section>`;
}

/** The receipt of what was paid. */
function receiptUrl({ stripe, invoice }: InvoiceVisit): string | null {
  const { tables } = stripe.account;
  for (const paid of tables.invoicePayments.whose("invoice", invoice.id).newestFirst()) {
    const intent = tables.paymentIntents.get(idOf(paid.payment.payment_intent) ?? "");
    if (paid.status === "paid" && intent)
      return tables.charges.get(idOf(intent.latest_charge) ?? "")?.receipt_url ?? null;
  }
  return null;
}

async function invoicePage(visited: InvoiceVisit, problems: Problems | null): Promise<BrowserAnswer> {
  const { invoice, text, home, language, request } = visited;
  const title = text.invoice.replace("{number}", invoice.number ?? "");
  const { heading, hint } = state(visited);
  const done = request.url.searchParams.get("done");
  const paying = payment(visited, problems);
  const receipt = receiptUrl(visited);
  const body = html`<main class="${paying ? "columns" : ""}"><section class="summary" aria-label="${title}">
${done && invoice.status !== "void" && html`<p class="notice" role="status">${invoice.status === "paid" ? text.thanks : text.inProgress}</p>`}
<p class="headline">${MERCHANT}</p><h1>${heading}</h1><p class="muted">${hint}</p>
<dl class="facts"><dt>${text.invoice.replace("{number}", "").trim()}</dt><dd>${invoice.number}</dd><dt>${text.to}</dt><dd>${billTo(visited)}</dd><dt>${text.from}</dt><dd>${invoice.account_name ?? MERCHANT}</dd></dl>
<p class="actions"><a class="button plain small" href="${home}/pdf">${text.download}</a>${receipt && html`<a class="button plain small" href="${receipt}">${text.downloadReceipt}</a>`}</p>
${linesTable(visited)}
${[invoice.description, invoice.footer].map((words) => words && html`<p class="hint">${words}</p>`)}
</section>${paying}</main>`;
  const whole = await layout({ language, text, title, body, look: paying ? "wide" : "full" });
  return page(whole, { status: problems?.status ?? 200, formTo: "'self'" });
}

async function pay(visited: InvoiceVisit): Promise<BrowserAnswer> {
  const { request, stripe, invoice, home, offer, text, language } = visited;
  const read = readMeans(request.form, offer, invoice.customer_email ?? "", text.chooseMethod);
  if ("fields" in read)
    return invoicePage(visited, { status: 400, fields: read.fields, ...(read.message && { message: read.message }) });
  try {
    const { verification, ...means } = { verification: undefined, ...read.means };
    const options = verification && {
      payment_method_options: { us_bank_account: { verification_method: verification } },
    };
    const intent = stripe.act((account) => payFromPage(account, invoice, { ...means, ...options }), invoice.id);
    if (intent.status !== "requires_action" || intent.next_action?.type === "verify_with_microdeposits")
      return seeOther(`${home}?done=1`);
    const query = new URLSearchParams({
      client_secret: intent.client_secret ?? "",
      return_to: `${home}/return`,
      locale: language,
    });
    return seeOther(`/challenge/${encodeURIComponent(intent.id)}?${query}`);
  } catch (thrown) {
    const error = stripeError(thrown);
    if (!error) throw thrown;
    const again = visitInvoice(request, stripe, home.slice(3));
    return invoicePage(again, { status: 402, fields: {}, message: localized(error, language).message });
  }
}

/** Back from the bank's question. */
function returned(visited: InvoiceVisit): Promise<BrowserAnswer> | BrowserAnswer {
  const { home, text } = visited;
  return canPay(visited)
    ? invoicePage(visited, { status: 402, fields: {}, message: text.somethingWrong })
    : seeOther(`${home}?done=1`);
}

/** The hosted page of an invoice. @param step path below it */
export async function hostedInvoice(
  request: BrowserRequest,
  stripe: BrowserApi,
  token: string,
  step: string,
): Promise<BrowserAnswer> {
  try {
    const visited = visitInvoice(request, stripe, token);
    if (step === "return") return await returned(visited);
    return await (request.method === "POST" && canPay(visited) ? pay(visited) : invoicePage(visited, null));
  } catch (thrown) {
    if (!stripeError(thrown)) throw thrown;
    return notFound(request);
  }
}
