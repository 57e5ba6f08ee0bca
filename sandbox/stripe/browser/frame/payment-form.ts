import type { LayoutObject } from "@stripe/stripe-js";
import { ask, callIntent, type FormValue } from "../api-client";
import { localized } from "../error-text";
import type { ClientError, Command, ConfirmParams, FormState, MethodType, Outcome, TabName } from "../protocol";
import { accordion } from "./accordion";
import { bankForm } from "./bank-form";
import { cardForm } from "./card-form";
import { h } from "./dom";
import type { Field } from "./field";
import { type FormContext, type MethodForm, texts } from "./method-form";
import { savedForm } from "./saved-form";
import { type Arrangement, tabs } from "./tabs";

function layoutOf({ element }: FormContext): LayoutObject {
  const given = element.layout ?? "auto";
  return typeof given === "string" ? { type: given } : given;
}

/** All methods the customer may choose from, one of them shown. */
export class PaymentForm {
  readonly root: HTMLElement;
  private readonly forms: MethodForm[];
  /** Null while an accordion is closed. */
  private chosen: MethodForm | null = null;
  private readonly arrangement: Arrangement;

  /** @param chosen the tab to open; null leaves an accordion closed */
  constructor(
    types: MethodType[],
    private readonly context: FormContext,
    chosen: { tab?: TabName | null; saved?: string | null } = {},
  ) {
    const { customer, element } = context;
    this.forms = types.map((type) => (type === "card" ? cardForm(context) : bankForm(context)));
    if (customer && customer.methods.length > 0) this.forms.unshift(savedForm(context, customer, chosen.saved ?? null));
    const say = texts(context.language);
    const choose = (form: MethodForm) => {
      this.chosen = form;
      context.onChange();
    };
    const layout = layoutOf(context);
    const isAccordion = layout.type === "accordion";
    this.arrangement = isAccordion ? accordion(this.forms, say, choose, layout) : tabs(this.forms, say, choose);
    const startsClosed = isAccordion && (chosen.tab === null || (chosen.tab === undefined && layout.defaultCollapsed));
    this.chosen = startsClosed ? null : (this.forms.find(({ tab }) => tab === chosen.tab) ?? this.forms[0] ?? null);
    this.arrangement.open(this.chosen);
    const note = h("p", { class: "Standin" }, h("b", {}, say("test")), ` ${say("standin")}`);
    this.root = h("form", { class: "PaymentForm", novalidate: true }, this.arrangement.root, note);
    this.root.addEventListener("submit", (event) => event.preventDefault());
    if (element.readOnly) for (const { input } of this.fields()) input.disabled = true;
  }

  get tab(): TabName | null {
    return this.chosen?.tab ?? null;
  }

  private fields(): Field[] {
    return this.forms.flatMap(({ fields }) => fields);
  }

  state(): FormState {
    const { chosen } = this;
    const fields = chosen?.fields ?? [];
    const textOf = (name: string) => fields.find((field) => field.name === name && !field.root.hidden)?.value || null;
    return {
      empty: !chosen?.saved && fields.every((field) => field.isEmpty),
      complete: chosen !== null && fields.every((field) => field.check() === null),
      collapsed: chosen === null,
      type: chosen?.type() ?? "card",
      saved: chosen?.saved?.() ?? null,
      savePaymentMethod: chosen?.keeps() ?? null,
      country: textOf("country"),
      postalCode: textOf("postalCode"),
    };
  }

  /** Takes over what was typed into an earlier form (the language changed, for instance). */
  adopt(earlier: PaymentForm): void {
    const values = new Map(earlier.fields().map((field) => [field.name, field.value]));
    for (const field of this.fields()) field.value = values.get(field.name) ?? field.value;
  }

  /** Shows every mistake in place, moves to the first and returns it. */
  validate(): ClientError | null {
    if (!this.chosen) {
      const code = "incomplete_payment_details";
      return { type: "validation_error", code, message: texts(this.context.language)(code) };
    }
    let first: { field: Field; error: ClientError } | null = null;
    for (const field of this.chosen.fields) {
      const code = field.check();
      field.showCode(code);
      if (code && !first) first = { field, error: { type: "validation_error", code, message: field.messageOf(code) } };
    }
    first?.field.input.focus();
    return first?.error ?? null;
  }

  private failed(given: ClientError): Outcome {
    const error = localized(given, this.context.language);
    if (error.type === "card_error" || error.code?.includes("number_invalid"))
      this.chosen?.showError(error.code ?? "", error.message);
    return { error };
  }

  async confirm(key: string, clientSecret: string, params: ConfirmParams): Promise<Outcome> {
    const invalid = this.validate();
    if (invalid || !this.chosen) return { error: invalid ?? { type: "api_error", message: "Nothing is chosen." } };
    const form = { return_url: params.return_url, use_stripe_sdk: true, ...this.chosen.params(params) };
    const answer = await callIntent("", key, clientSecret, "confirm", form);
    return answer.error ? this.failed(answer.error) : { intent: answer.intent };
  }

  /** Makes a confirmation token, or the bare method, of what was typed or chosen. */
  async create(key: string, { what, params }: Extract<Command, { command: "create" }>): Promise<Outcome> {
    const invalid = this.validate();
    if (invalid || !this.chosen) return { error: invalid ?? { type: "api_error", message: "Nothing is chosen." } };
    const saved = this.chosen.saved?.();
    if (what === "payment_methods" && saved) return { created: saved };
    const made = this.chosen.params(params);
    const form =
      what === "payment_methods"
        ? (made.payment_method_data as { [name: string]: FormValue })
        : { return_url: params.return_url, shipping: params.shipping as FormValue, ...made };
    const answer = await ask<{ id: string }>("POST", `/v1/${what}`, { ...form, key });
    return answer.error ? this.failed(answer.error) : { created: answer.value };
  }

  focus(): void {
    const field = this.chosen?.fields.find(({ root }) => !root.hidden)?.input;
    (field ?? this.chosen?.root.querySelector<HTMLInputElement>("input:checked"))?.focus();
  }

  /** Closes an accordion; tabs have nothing to close. */
  collapse(): void {
    if (layoutOf(this.context).type !== "accordion") return;
    this.chosen = null;
    this.arrangement.open(null);
  }

  clear(): void {
    for (const field of this.fields()) {
      if (field.input instanceof HTMLInputElement) field.input.value = "";
      field.showError(null);
    }
  }
}
