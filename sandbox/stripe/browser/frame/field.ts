import { caretAfter } from "../fields/format";
import type { ValidationCode } from "../fields/validate";
import { h } from "./dom";

export interface FieldOptions {
  name: string;
  label: string;
  placeholder?: string;
  autocomplete?: string;
  inputMode?: "numeric" | "email" | "text";
  type?: "text" | "email";
  value?: string;
  /** Choices make it a select. */
  choices?: { value: string; label: string }[];
  /** Rewrites what was typed; `deleting` when the last key took something away. */
  format?: (text: string, deleting: boolean) => string;
  validate?: (text: string) => ValidationCode | null;
  /** Says what is wrong while it is typed, not only when the field is left. */
  eager?: boolean;
  adornment?: Element;
}

/** One labelled input with its error underneath. Ids and names are those of Stripe's own frame. */
export class Field {
  readonly root: HTMLElement;
  readonly input: HTMLInputElement | HTMLSelectElement;
  private readonly label: HTMLLabelElement;
  private readonly error: HTMLElement;
  /** Where typing goes on when this field is complete. */
  next: Field | null = null;

  constructor(
    private readonly options: FieldOptions,
    private readonly say: (code: ValidationCode) => string,
    private readonly onChange: () => void,
  ) {
    const id = `Field-${options.name}Input`;
    this.input = options.choices ? this.select(id) : this.text(id);
    this.label = h("label", { for: id, class: "Label" }, options.label);
    this.error = h("p", { id: `Field-${options.name}Error`, class: "Error", role: "alert", hidden: true });
    const box = h("div", { class: "InputBox" }, this.input, options.adornment);
    this.root = h("div", { class: "Field", "data-field": options.name }, this.label, box, this.error);
    this.input.addEventListener("blur", () => {
      if (this.value) this.showCode(this.check());
    });
  }

  private text(id: string): HTMLInputElement {
    const { name, placeholder, autocomplete = "off", inputMode = "text", type = "text", value } = this.options;
    const input = h("input", {
      id,
      name,
      type,
      placeholder,
      autocomplete,
      inputmode: inputMode,
      class: "Input",
      "aria-required": "true",
      spellcheck: "false",
      autocapitalize: "off",
    });
    input.value = value ?? "";
    input.addEventListener("input", (event) => this.typed(input, event instanceof InputEvent ? event.inputType : ""));
    return input;
  }

  private select(id: string): HTMLSelectElement {
    const { name, autocomplete = "off", choices = [], value } = this.options;
    const options = choices.map((choice) => h("option", { value: choice.value }, choice.label));
    const select = h("select", { id, name, autocomplete, class: "Input Select" }, ...options);
    if (value) select.value = value;
    select.addEventListener("change", () => this.onChange());
    return select;
  }

  private typed(input: HTMLInputElement, inputType: string): void {
    const before = input.value;
    const caret = input.selectionStart ?? before.length;
    const deleting = inputType.startsWith("delete");
    const formatted = this.options.format?.(before, deleting) ?? before;
    if (formatted !== before) {
      input.value = formatted;
      const at = caret >= before.length ? formatted.length : caretAfter(before.slice(0, caret), formatted);
      if (document.activeElement === input) input.setSelectionRange(at, at);
    }
    const code = this.check();
    this.showCode(this.options.eager && code?.startsWith("invalid") ? code : null);
    this.onChange();
    const atEnd = (input.selectionStart ?? 0) >= input.value.length;
    if (!code && !deleting && atEnd && document.activeElement === input) this.next?.input.focus();
  }

  get name(): string {
    return this.options.name;
  }

  get value(): string {
    return this.input.value.trim();
  }

  set value(text: string) {
    this.input.value = this.options.format?.(text, false) ?? text;
  }

  /** The rule behind the format changed: another brand has another length. */
  reformat(): void {
    this.value = this.input.value;
  }

  /** What is wrong with the field now; hidden fields are never wrong. */
  check(): ValidationCode | null {
    return this.root.hidden ? null : (this.options.validate?.(this.value) ?? null);
  }

  get isEmpty(): boolean {
    return this.input instanceof HTMLSelectElement || !this.value;
  }

  messageOf(code: ValidationCode): string {
    return this.say(code);
  }

  showCode(code: ValidationCode | null): void {
    this.showError(code ? this.say(code) : null);
  }

  /** @param message text under the field, or null when all is well */
  showError(message: string | null): void {
    if (this.error.textContent === (message ?? "")) return;
    this.error.textContent = message ?? "";
    this.error.hidden = !message;
    this.input.classList.toggle("Input--invalid", Boolean(message));
    this.label.classList.toggle("Label--invalid", Boolean(message));
    if (message) {
      this.input.setAttribute("aria-invalid", "true");
      this.input.setAttribute("aria-describedby", this.error.id);
    } else {
      this.input.removeAttribute("aria-invalid");
      this.input.removeAttribute("aria-describedby");
    }
  }

  relabel(label: string): void {
    this.label.textContent = label;
  }
}
