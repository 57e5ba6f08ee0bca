import type { BrowserAnswer } from "../../browser-api";
import type { ValidationCode } from "../fields/validate";
import { type Html, html } from "../html";
import { TEXT } from "../text";
import { portalPage, type Visit } from "./visit";

/** What is wrong with a submitted form: by field, and above all fields. */
export interface Problems {
  status: 400 | 402;
  fields: Record<string, ValidationCode | null>;
  message?: string;
}

export interface Input {
  name: string;
  label: string;
  autocomplete?: string;
  placeholder?: string;
  numeric?: boolean;
  wide?: boolean;
  optional?: boolean;
  /** Card and account numbers are never sent back to the browser. */
  secret?: boolean;
}

export function input(visited: Visit, field: Input, problems: Problems | null): Html {
  const { name, label, autocomplete = "off", placeholder, numeric, wide, optional, secret } = field;
  const code = problems?.fields[name];
  const value = secret ? "" : (visited.request.form.get(name) ?? "");
  const wrong = code && html` aria-invalid="true" aria-describedby="${name}-error"`;
  return html`<div${wide && html` class="wide"`}><label for="${name}">${label}</label>
<input id="${name}" name="${name}" value="${value}" autocomplete="${autocomplete}" placeholder="${placeholder ?? ""}" inputmode="${numeric ? "numeric" : "text"}"${!optional && html` aria-required="true"`}${wrong}>
${code && html`<p class="error" id="${name}-error">${TEXT[visited.language][code]}</p>`}</div>`;
}

/** A page with one form, its fields and what went wrong with them. */
export function formPage(
  visited: Visit,
  options: { title: string; kind: "card" | "bank"; fields: Html; problems: Problems | null },
): Promise<BrowserAnswer> {
  const { home, text, session } = visited;
  const { title, kind, fields, problems } = options;
  const cancel = session.flow ? session.returnUrl : home;
  const other =
    kind === "card"
      ? html`<a href="${home}/bank">${text.addBank}</a>`
      : html`<a href="${home}/card">${text.addCard}</a>`;
  const main = html`<h1>${title}</h1>
${problems?.message && html`<p class="notice bad" role="alert">${problems.message}</p>`}
<form method="post" action="${home}/${kind}" class="surface pad form ${kind}" novalidate>
${fields}
<p class="wide hint">${text.saveConsent}</p>
<div class="wide actions"><button class="button">${text.save}</button>${cancel && html`<a class="button plain" href="${cancel}">${text.cancel}</a>`}</div>
</form>
<p>${other}</p>`;
  return portalPage(visited, title, main, problems?.status);
}
