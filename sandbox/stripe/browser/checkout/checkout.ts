import type { BrowserAnswer, BrowserApi, BrowserRequest } from "../../browser-api";
import { IN_BROWSER } from "../../browser-call";
import type { CheckoutLine } from "../../resources/checkout/book";
import { paySession } from "../../resources/checkout/pay";
import { changeBook } from "../../resources/checkout/session";
import { seeOther, stripeError } from "../answers";
import { localized } from "../error-text";
import { type Problems, typed } from "../hosted/input";
import { readMeans } from "../hosted/means-fields";
import { MERCHANT } from "../hosted/merchant";
import { html } from "../html";
import { notFound } from "../pages/not-found";
import { readAnswers } from "./answers";
import { payForm, wantsMethod } from "./form";
import { summary, titleOf } from "./summary";
import { type CheckoutVisit, checkoutPage, successUrl, visitCheckout } from "./visit";

function openPage(visited: CheckoutVisit, problems: Problems | null, wrongCode = false): Promise<BrowserAnswer> {
  const body = html`<main class="columns">${summary(visited, wrongCode)}${payForm(visited, problems)}</main>`;
  const status = problems?.status ?? (wrongCode ? 400 : 200);
  return checkoutPage(visited, titleOf(visited), body, { status, wide: true });
}

/** The page of a session that is over. */
function closedPage(visited: CheckoutVisit): Promise<BrowserAnswer> {
  const { session, text } = visited;
  const complete = session.status === "complete";
  const title = complete ? text.doneTitle : text.expiredTitle;
  const hint = complete ? text.doneHint : text.expiredHint.replace("{merchant}", MERCHANT);
  const back =
    session.cancel_url &&
    !complete &&
    html`<p><a href="${session.cancel_url}">${text.backTo.replace("{merchant}", MERCHANT)}</a></p>`;
  const body = html`<main><h1>${title}</h1><p class="muted">${hint}</p>${back}</main>`;
  return checkoutPage(visited, title, body, { status: complete ? 200 : 404 });
}

/** Quantities as the form has them, within what the merchant allows. */
function withQuantities(lines: CheckoutLine[], form: URLSearchParams): CheckoutLine[] {
  return lines.map((line) => {
    const wanted = Number(form.get(`quantity_${line.id}`) ?? Number.NaN);
    if (!line.adjustable || !Number.isInteger(wanted)) return line;
    return { ...line, quantity: Math.min(Math.max(line.adjustable.minimum, wanted), line.adjustable.maximum) };
  });
}

function change(visited: CheckoutVisit, act: string): Promise<BrowserAnswer> | BrowserAnswer {
  const { stripe, session, request, home, book, offer } = visited;
  if (act === "quantity") {
    const lines = withQuantities(book.lines, request.form);
    stripe.act((account) => changeBook(account, session, { lines }), session.id);
    return seeOther(home);
  }
  if (act === "no_promotion") {
    stripe.act((account) => changeBook(account, session, { discounts: [] }), session.id);
    return seeOther(home);
  }
  const removed = act.startsWith("remove_") && offer.canRemove && act.slice("remove_".length);
  if (removed && offer.saved.some(({ id }) => id === removed)) {
    stripe.detach(removed);
    return seeOther(home);
  }
  const code = typed(request.form, "promotionCode").toLowerCase();
  const found = [...stripe.account.tables.promotionCodes.newestFirst()].find(
    (candidate) => candidate.active && candidate.code.toLowerCase() === code,
  );
  if (!found || !session.allow_promotion_codes) return openPage(visited, null, true);
  try {
    stripe.act((account) => changeBook(account, session, { discounts: [{ promotion_code: found.id }] }), session.id);
    return seeOther(home);
  } catch (thrown) {
    if (!stripeError(thrown)) throw thrown;
    return openPage(visited, null, true);
  }
}

async function pay(visited: CheckoutVisit): Promise<BrowserAnswer> {
  const { stripe, session, request, offer, text, home, language } = visited;
  const { answers, wrong } = readAnswers(visited);
  const read = wantsMethod(visited) ? readMeans(request.form, offer, answers.email ?? "", text.chooseMethod) : null;
  const fields = { ...(read && "fields" in read ? read.fields : {}), ...wrong };
  const message = read && "message" in read ? read.message : undefined;
  if ((read && "fields" in read) || Object.values(wrong).some(Boolean))
    return openPage(visited, { status: 400, fields, ...(message && { message }) });
  try {
    const { waiting, failure } = stripe.act(
      (account) => paySession(account, session.id, answers, read?.means ?? null, read?.save ?? false, IN_BROWSER),
      session.id,
    );
    if (failure) throw failure;
    if (!waiting) return seeOther(successUrl(session));
    const query = new URLSearchParams({
      client_secret: waiting.client_secret ?? "",
      return_to: `${home}/return`,
      locale: language,
    });
    return seeOther(`/challenge/${encodeURIComponent(waiting.id)}?${query}`);
  } catch (thrown) {
    const error = stripeError(thrown);
    if (!error) throw thrown;
    const again = visitCheckout(request, stripe, session.id);
    return openPage(again, { status: 402, fields: {}, message: localized(error, language).message });
  }
}

/** Back from the bank's question: on to the merchant, or once more with another method. */
function returned(visited: CheckoutVisit): Promise<BrowserAnswer> | BrowserAnswer {
  const { session, text } = visited;
  if (session.status === "complete") return seeOther(successUrl(session));
  return openPage(visited, { status: 402, fields: {}, message: text.somethingWrong });
}

/** Checkout's page of one session. @param step path below the session */
export async function checkout(
  request: BrowserRequest,
  stripe: BrowserApi,
  id: string,
  step: string,
): Promise<BrowserAnswer> {
  try {
    const visited = visitCheckout(request, stripe, id);
    if (step === "return") return await returned(visited);
    if (step !== "") return await notFound(request);
    if (visited.session.status !== "open") return await closedPage(visited);
    if (request.method !== "POST") return await openPage(visited, null);
    const act = request.form.get("act") ?? "pay";
    return await (act === "pay" ? pay(visited) : change(visited, act));
  } catch (thrown) {
    if (!stripeError(thrown)) throw thrown;
    return notFound(request);
  }
}
