import type { ValidationCode } from "../fields/validate";
import { type Html, html } from "../html";
import { type Language, TEXT } from "../text";

/** What is wrong with a submitted form: by field, and above all fields. */
export interface Problems {
  status: 400 | 402;
  fields: Record<string, ValidationCode | null>;
  message?: string;
}

/** One form of a hosted page: what was typed into it and what is wrong with that. */
export interface Sheet {
  language: Language;
  form: URLSearchParams;
  problems: Problems | null;
}

export interface Input {
  name: string;
  label: string;
  /** Shown when nothing was typed. */
  value?: string | null;
  type?: "text" | "email" | "tel";
  autocomplete?: string;
  placeholder?: string;
  numeric?: boolean;
  wide?: boolean;
  optional?: boolean;
  /** Card and account numbers are never sent back to the browser. */
  secret?: boolean;
}

/** A labelled input with its error underneath. Its id is its name. */
export function input(sheet: Sheet, field: Input): Html {
  const { name, label, type = "text", autocomplete = "off", placeholder, numeric, wide, optional, secret } = field;
  const code = sheet.problems?.fields[name];
  const value = secret ? "" : (sheet.form.get(name) ?? field.value ?? "");
  const wrong = code && html` aria-invalid="true" aria-describedby="${name}-error"`;
  return html`<div${wide && html` class="wide"`}><label for="${name}">${label}</label>
<input id="${name}" name="${name}" type="${type}" value="${value}" autocomplete="${autocomplete}" placeholder="${placeholder ?? ""}" inputmode="${numeric ? "numeric" : type}"${!optional && html` aria-required="true"`}${wrong}>
${code && html`<p class="error" id="${name}-error">${TEXT[sheet.language][code]}</p>`}</div>`;
}

export interface Select {
  name: string;
  label: string;
  value?: string | null;
  options: { value: string; label: string }[];
  autocomplete?: string;
  wide?: boolean;
}

/** A labelled choice from a list. */
export function select(sheet: Sheet, { name, label, value, options, autocomplete = "off", wide }: Select): Html {
  const chosen = sheet.form.get(name) ?? value;
  const listed = options.map(
    (option) =>
      html`<option value="${option.value}"${option.value === chosen && html` selected`}>${option.label}</option>`,
  );
  return html`<div${wide && html` class="wide"`}><label for="${name}">${label}</label>
<select id="${name}" name="${name}" autocomplete="${autocomplete}">${listed}</select></div>`;
}

/** What was typed into a field, without spaces around it. */
export function typed(form: URLSearchParams, name: string): string {
  return form.get(name)?.trim() ?? "";
}
