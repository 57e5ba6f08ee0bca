import { callIntent } from "../api-client";
import { localized } from "../error-text";
import type { ClientError, ConfirmParams, MethodType, Outcome } from "../protocol";
import type { Language } from "../text";
import { bankForm } from "./bank-form";
import { cardForm } from "./card-form";
import { h } from "./dom";
import type { Field } from "./field";
import { type FormContext, type MethodForm, texts } from "./method-form";
import { tabs } from "./tabs";

/** All methods the customer may choose from, one of them shown. */
export class PaymentForm {
  readonly root: HTMLElement;
  private readonly forms: MethodForm[];
  private chosen: MethodForm;
  private readonly language: Language;

  constructor(types: [MethodType, ...MethodType[]], context: FormContext, chosen: MethodType = types[0]) {
    this.forms = types.map((type) => (type === "card" ? cardForm(context) : bankForm(context)));
    const form = this.forms.find(({ type }) => type === chosen) ?? this.forms[0];
    if (!form) throw new Error("a payment form needs at least one method");
    this.chosen = form;
    this.language = context.language;
    const say = texts(context.language);
    const choose = (type: MethodType) => {
      this.chosen = this.forms.find((candidate) => candidate.type === type) ?? this.chosen;
      context.onChange();
    };
    const body = tabs(this.forms, this.chosen, say, choose);
    const note = h("p", { class: "Standin" }, h("b", {}, say("test")), ` ${say("standin")}`);
    this.root = h("form", { class: "PaymentForm", novalidate: true }, body, note);
    this.root.addEventListener("submit", (event) => event.preventDefault());
    if (context.element.readOnly) for (const { input } of this.fields()) input.disabled = true;
  }

  get type(): MethodType {
    return this.chosen.type;
  }

  fields(): Field[] {
    return this.forms.flatMap(({ fields }) => fields);
  }

  state(): { empty: boolean; complete: boolean } {
    const { fields } = this.chosen;
    return { empty: fields.every((field) => field.isEmpty), complete: fields.every((field) => field.check() === null) };
  }

  /** Takes over what was typed into an earlier form (the language changed, for instance). */
  adopt(earlier: PaymentForm): void {
    const values = new Map(earlier.fields().map((field) => [field.name, field.value]));
    for (const field of this.fields()) field.value = values.get(field.name) ?? field.value;
  }

  /** Shows every mistake in place, moves to the first and returns it. */
  validate(): ClientError | null {
    let first: { field: Field; error: ClientError } | null = null;
    for (const field of this.chosen.fields) {
      const code = field.check();
      field.showCode(code);
      if (code && !first) first = { field, error: { type: "validation_error", code, message: field.messageOf(code) } };
    }
    first?.field.input.focus();
    return first?.error ?? null;
  }

  async confirm(key: string, clientSecret: string, params: ConfirmParams): Promise<Outcome> {
    const invalid = this.validate();
    if (invalid) return { error: invalid };
    const { return_url, mandate_data: _own, payment_method: _none } = params;
    const form = { return_url, use_stripe_sdk: true, ...this.chosen.params(params) };
    const answer = await callIntent("", key, clientSecret, "confirm", form);
    if (!answer.error) return { intent: answer.intent };
    const error = localized(answer.error, this.language);
    if (error.type === "card_error") this.chosen.fieldFor(error.code ?? "")?.showError(error.message);
    return { error };
  }

  focus(): void {
    this.chosen.fields.find(({ root }) => !root.hidden)?.input.focus();
  }

  clear(): void {
    for (const field of this.fields()) {
      if (field.input instanceof HTMLInputElement) field.input.value = "";
      field.showError(null);
    }
  }
}
