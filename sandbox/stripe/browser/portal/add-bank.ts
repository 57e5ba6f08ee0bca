import type { BrowserAnswer } from "../../browser-api";
import { stripeError } from "../answers";
import { localized } from "../error-text";
import { digitsOf } from "../fields/format";
import { validateAccountNumber, validateEmail, validateName, validateRoutingNumber } from "../fields/validate";
import { type Html, html } from "../html";
import { TEXT } from "../text";
import { finish } from "./finish";
import { formPage, input, type Problems } from "./form";
import { MERCHANT, type Visit } from "./visit";

function choices(visited: Visit): Html {
  const say = TEXT[visited.language];
  const chosen = visited.request.form.get("verification") ?? "instant";
  const options = (["instant", "microdeposits"] as const).map(
    (
      value,
    ) => html`<label><input type="radio" name="verification" value="${value}"${value === chosen && html` checked`}>
<span>${say[value]}<small>${say[`${value}Hint`]}</small></span></label>`,
  );
  return html`<fieldset class="wide"><legend>${say.verification}</legend>${options}</fieldset>`;
}

function bankPage(visited: Visit, problems: Problems | null): Promise<BrowserAnswer> {
  const { text } = visited;
  const say = TEXT[visited.language];
  const savings = visited.request.form.get("accountType") === "savings";
  const fields = html`
${input(visited, { name: "name", label: say.name, autocomplete: "name" }, problems)}
${input(visited, { name: "email", label: text.emailOptional, autocomplete: "email", optional: true }, problems)}
${input(visited, { name: "routingNumber", label: say.routingNumber, placeholder: "110000000", numeric: true }, problems)}
${input(visited, { name: "accountNumber", label: say.accountNumber, placeholder: "000123456789", numeric: true, secret: true }, problems)}
<div class="wide"><label for="accountType">${say.accountType}</label>
<select id="accountType" name="accountType"><option value="checking">${say.checking}</option><option value="savings"${savings && html` selected`}>${say.savings}</option></select></div>
${choices(visited)}
<p class="wide hint">${say.bankConsent.replace("{business}", MERCHANT)}</p>`;
  return formPage(visited, { title: text.bankTitle, kind: "bank", fields, problems });
}

/** The form for an American bank account, and what happens when it is sent. */
export async function addBank(visited: Visit): Promise<BrowserAnswer> {
  const { request, stripe, session } = visited;
  if (request.method !== "POST") return bankPage(visited, null);
  const field = (name: string) => request.form.get(name)?.trim() ?? "";
  const fields = {
    name: validateName(field("name")),
    email: field("email") ? validateEmail(field("email")) : null,
    routingNumber: validateRoutingNumber(field("routingNumber")),
    accountNumber: validateAccountNumber(field("accountNumber")),
  };
  if (Object.values(fields).some(Boolean)) return bankPage(visited, { status: 400, fields });
  try {
    const intent = stripe.attachBank(session.customerId, {
      accountHolderName: field("name"),
      email: field("email") || undefined,
      routingNumber: digitsOf(field("routingNumber")),
      accountNumber: digitsOf(field("accountNumber")),
      accountType: field("accountType") === "savings" ? "savings" : "checking",
      verification: field("verification") === "microdeposits" ? "microdeposits" : "instant",
    });
    return finish(visited, intent);
  } catch (thrown) {
    const error = stripeError(thrown);
    if (!error) throw thrown;
    return bankPage(visited, { status: 402, fields: {}, message: localized(error, visited.language).message });
  }
}
