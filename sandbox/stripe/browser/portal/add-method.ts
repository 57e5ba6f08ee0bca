import type { BrowserAnswer } from "../../browser-api";
import { stripeError } from "../answers";
import { localized } from "../error-text";
import { bankFields, readBank } from "../hosted/bank-fields";
import { cardFields, ELEMENT_CARD, type Read, readCard } from "../hosted/card-fields";
import { type Problems, typed } from "../hosted/input";
import { type Html, html } from "../html";
import { finish } from "./finish";
import { formPage, sheetOf } from "./form";
import type { Visit } from "./visit";

type Kind = "card" | "bank";

function fieldsOf(visited: Visit, kind: Kind, problems: Problems | null): Html {
  const sheet = sheetOf(visited, problems);
  return html`${kind === "card" ? cardFields(sheet, ELEMENT_CARD) : bankFields(sheet, "name")}
<p class="wide hint">${visited.text.saveConsent}</p>`;
}

function methodPage(visited: Visit, kind: Kind, problems: Problems | null): Promise<BrowserAnswer> {
  const { text, home } = visited;
  const other =
    kind === "card"
      ? html`<a href="${home}/bank">${text.addBank}</a>`
      : html`<a href="${home}/card">${text.addCard}</a>`;
  return formPage(visited, {
    title: kind === "card" ? text.cardTitle : text.bankTitle,
    step: kind,
    fields: fieldsOf(visited, kind, problems),
    problems,
    after: html`<p>${other}</p>`,
    look: kind,
  });
}

/** The form for a card or an American bank account, and what happens when it is sent. */
export async function addMethod(visited: Visit, kind: Kind): Promise<BrowserAnswer> {
  const { request, stripe, session, language } = visited;
  if (request.method !== "POST") return methodPage(visited, kind, null);
  const bank = kind === "bank" ? readBank(request.form, "name", typed(request.form, "email")) : null;
  const read: Read = bank ?? readCard(request.form, ELEMENT_CARD);
  if ("fields" in read) return methodPage(visited, kind, { status: 400, fields: read.fields });
  try {
    return finish(visited, stripe.attach(session.customer, read.data, bank?.verification));
  } catch (thrown) {
    const error = stripeError(thrown);
    if (!error) throw thrown;
    return methodPage(visited, kind, { status: 402, fields: {}, message: localized(error, language).message });
  }
}
