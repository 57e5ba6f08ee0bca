import type { Intent } from "../../browser-api";
import { callIntent } from "../api-client";
import { appearanceRules, appearanceVariables } from "../appearance";
import type { Call, ClientError, Command, FrameMessage, FrameOptions, Hello, MethodType, Outcome } from "../protocol";
import { pageLanguage } from "../text";
import { h } from "./dom";
import { keepsMethod, offeredMethods } from "./methods";
import { PaymentForm } from "./payment-form";

/** States in which an intent still wants a payment method. */
const OPEN = ["requires_payment_method", "requires_confirmation", "requires_action"];

class Frame {
  private form: PaymentForm | null = null;
  private intent: Intent | null = null;
  private said = "";
  private readonly rules = new CSSStyleSheet();

  constructor(
    private options: FrameOptions,
    private readonly port: MessagePort,
  ) {
    document.adoptedStyleSheets = [this.rules];
    port.onmessage = ({ data }: MessageEvent<Call>) => void this.answer(data);
    new ResizeObserver(() =>
      this.post({ kind: "height", px: Math.ceil(document.body.getBoundingClientRect().height) }),
    ).observe(document.body);
    document.addEventListener("focusin", ({ relatedTarget }) => relatedTarget === null && this.post({ kind: "focus" }));
    document.addEventListener("focusout", ({ relatedTarget }) => relatedTarget === null && this.post({ kind: "blur" }));
    document.addEventListener("keydown", ({ key }) => key === "Escape" && this.post({ kind: "escape" }));
  }

  private post(message: FrameMessage): void {
    this.port.postMessage(message);
  }

  async start(): Promise<void> {
    this.dress();
    const { key, clientSecret } = this.options;
    if (clientSecret) {
      const { intent, error } = await callIntent("", key, clientSecret);
      if (error) return this.fail(error);
      if (!OPEN.includes(intent.status)) {
        const name = intent.object === "setup_intent" ? "SetupIntent" : "PaymentIntent";
        return this.fail({
          type: "invalid_request_error",
          code: `${intent.object}_unexpected_state`,
          message: `This ${name} is in a terminal state and cannot be used to initialize Elements.`,
        });
      }
      this.intent = intent;
    }
    if (this.render()) this.post({ kind: "ready" });
  }

  private fail(error: ClientError): void {
    document.body.replaceChildren(h("p", { class: "Error", role: "alert" }, error.message));
    this.post({ kind: "loaderror", error });
  }

  private render(): boolean {
    const [first, ...others] = offeredMethods(this.options, this.intent);
    if (!first) {
      this.fail({
        type: "invalid_request_error",
        message: "None of the payment methods of this intent can be shown here.",
      });
      return false;
    }
    const types: [MethodType, ...MethodType[]] = [first, ...others];
    const language = pageLanguage(this.options.locale);
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    const [year, month] = (document.documentElement.dataset.month ?? "").split("-").map(Number);
    const context = {
      language,
      today: { year: year ?? 2000, month: month ?? 1 },
      forLater: keepsMethod(this.options, this.intent),
      element: this.options.element,
      onChange: () => this.changed(),
    };
    const earlier = this.form;
    const form = new PaymentForm(types, context, earlier?.type);
    if (earlier) form.adopt(earlier);
    this.form = form;
    this.said = this.said || JSON.stringify(this.state(form));
    document.body.replaceChildren(form.root);
    return true;
  }

  private state(form: PaymentForm) {
    return { kind: "change" as const, ...form.state(), type: form.type };
  }

  private changed(): void {
    if (!this.form) return;
    const state = this.state(this.form);
    const saying = JSON.stringify(state);
    if (saying === this.said) return;
    this.said = saying;
    this.post(state);
  }

  private dress(): void {
    const { appearance } = this.options;
    for (const [name, value] of Object.entries(appearanceVariables(appearance)))
      document.body.style.setProperty(`--${name}`, value);
    document.body.dataset.theme = appearance?.theme ?? "stripe";
    this.rules.replaceSync(appearanceRules(appearance).join("\n"));
  }

  private async answer({ call, request }: Call): Promise<void> {
    this.post({ kind: "result", call, outcome: await this.run(request) });
  }

  private async run(request: Command): Promise<Outcome> {
    const { form } = this;
    if (request.command === "update") {
      this.options = { ...this.options, ...request.options };
      this.dress();
      if (Object.keys(request.options).some((name) => name !== "appearance")) this.render();
      return {};
    }
    if (request.command === "backdrop") {
      document.body.style.backgroundColor = request.color ?? "transparent";
      return {};
    }
    if (!form) return { error: { type: "api_error", message: "The payment form did not load." } };
    switch (request.command) {
      case "validate": {
        const error = form.validate();
        return error ? { error } : { selectedPaymentMethod: form.type };
      }
      case "confirm":
        return form.confirm(this.options.key, request.clientSecret, request.params);
      case "focus":
        form.focus();
        return {};
      case "blur":
        if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
        return {};
      case "clear":
        form.clear();
        this.changed();
        return {};
    }
  }
}

addEventListener("message", function onHello({ data, source, ports }: MessageEvent<Hello | null>) {
  const [port] = ports;
  if (source !== parent || data?.standin !== "hello" || !port) return;
  removeEventListener("message", onHello);
  void new Frame(data.options, port).start();
});
