import { now } from "@/lib/clock";
import type { BrowserAnswer } from "../../browser-api";
import { stripeError } from "../answers";
import { localized } from "../error-text";
import { digitsOf, parseExpiry } from "../fields/format";
import { validateCvc, validateExpiry, validateNumber } from "../fields/validate";
import { html } from "../html";
import { TEXT } from "../text";
import { finish } from "./finish";
import { formPage, input, type Problems } from "./form";
import type { Visit } from "./visit";

function cardPage(visited: Visit, problems: Problems | null): Promise<BrowserAnswer> {
  const { text } = visited;
  const say = TEXT[visited.language];
  const fields = html`
${input(visited, { name: "number", label: say.number, autocomplete: "cc-number", placeholder: "1234 1234 1234 1234", numeric: true, wide: true, secret: true }, problems)}
${input(visited, { name: "expiry", label: say.expiry, autocomplete: "cc-exp", placeholder: say.expiryPlaceholder, numeric: true }, problems)}
${input(visited, { name: "cvc", label: say.cvc, autocomplete: "cc-csc", placeholder: say.cvcPlaceholder, numeric: true, secret: true }, problems)}
${input(visited, { name: "name", label: text.nameOnCard, autocomplete: "cc-name", wide: true, optional: true }, problems)}`;
  return formPage(visited, { title: text.cardTitle, kind: "card", fields, problems });
}

/** The form for a card, and what happens when it is sent. */
export async function addCard(visited: Visit): Promise<BrowserAnswer> {
  const { request, stripe, session } = visited;
  if (request.method !== "POST") return cardPage(visited, null);
  const field = (name: string) => request.form.get(name)?.trim() ?? "";
  const today = now();
  const fields = {
    number: validateNumber(field("number")),
    expiry: validateExpiry(field("expiry"), { month: today.getUTCMonth() + 1, year: today.getUTCFullYear() }),
    cvc: validateCvc(field("cvc"), field("number")),
  };
  const date = parseExpiry(field("expiry"));
  if (!date || Object.values(fields).some(Boolean)) return cardPage(visited, { status: 400, fields });
  try {
    const intent = stripe.attachCard(session.customerId, {
      number: digitsOf(field("number")),
      expMonth: date.month,
      expYear: date.year,
      cvc: digitsOf(field("cvc")),
      name: field("name") || undefined,
    });
    return finish(visited, intent);
  } catch (thrown) {
    const error = stripeError(thrown);
    if (!error) throw thrown;
    return cardPage(visited, { status: 402, fields: {}, message: localized(error, visited.language).message });
  }
}
