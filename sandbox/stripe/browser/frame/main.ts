import type { Intent } from "../../browser-api";
import { appearanceRules, appearanceVariables } from "../appearance";
import type {
  Call,
  ClientError,
  Command,
  CustomerFeatures,
  FrameMessage,
  FrameOptions,
  Hello,
  Outcome,
} from "../protocol";
import { pageLanguage } from "../text";
import { h } from "./dom";
import { load, loadFonts, loadIntent, removeSaved } from "./load";
import type { FormContext } from "./method-form";
import { isSetUp, keepsMethod, offeredMethods } from "./methods";
import { PaymentForm } from "./payment-form";

class Frame {
  private form: PaymentForm | null = null;
  private intent: Intent | null = null;
  private customer: CustomerFeatures | null = null;
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
    loadFonts(this.options.fonts);
    const loaded = await load(this.options);
    if (!("intent" in loaded)) return this.fail(loaded);
    this.intent = loaded.intent;
    this.customer = loaded.customer;
    if (this.render()) this.post({ kind: "ready" });
  }

  private fail(error: ClientError): void {
    document.body.replaceChildren(h("p", { class: "Error", role: "alert" }, error.message));
    this.post({ kind: "loaderror", error });
  }

  private context(): FormContext {
    const language = pageLanguage(this.options.locale);
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    const [year, month] = (document.documentElement.dataset.month ?? "").split("-").map(Number);
    return {
      language,
      today: { year: year ?? 2000, month: month ?? 1 },
      forLater: keepsMethod(this.options, this.intent),
      settingUp: isSetUp(this.options, this.intent),
      customer: this.customer,
      element: this.options.element,
      onChange: () => this.changed(),
      remove: async (method) => {
        const error = await removeSaved(this.options, method);
        this.post({ kind: "removed", method, error });
        if (error || !this.customer) return error;
        this.customer = { ...this.customer, methods: this.customer.methods.filter(({ id }) => id !== method.id) };
        this.render();
        this.changed();
        return null;
      },
    };
  }

  private render(): boolean {
    const types = offeredMethods(this.options, this.intent);
    if (types.length === 0) {
      this.fail({
        type: "invalid_request_error",
        message: "None of the payment methods of this intent can be shown here.",
      });
      return false;
    }
    const offered = this.customer && {
      ...this.customer,
      methods: this.customer.methods.filter(({ type }) => types.some((known) => known === type)),
    };
    const earlier = this.form;
    const before = earlier && { tab: earlier.tab, saved: earlier.state().saved?.id ?? null };
    const form = new PaymentForm(types, { ...this.context(), customer: offered }, before ?? {});
    if (earlier) form.adopt(earlier);
    this.form = form;
    this.said = this.said || JSON.stringify(form.state());
    document.body.replaceChildren(form.root);
    return true;
  }

  private changed(): void {
    if (!this.form) return;
    const state = this.form.state();
    const saying = JSON.stringify(state);
    if (saying === this.said) return;
    this.said = saying;
    this.post({ kind: "change", state });
  }

  private dress(): void {
    const { appearance } = this.options;
    for (const [name, value] of Object.entries(appearanceVariables(appearance)))
      document.body.style.setProperty(`--${name}`, value);
    document.body.dataset.theme = appearance?.theme ?? "stripe";
    document.body.dataset.inputs = appearance?.inputs ?? "spaced";
    document.body.classList.toggle("still", appearance?.disableAnimations ?? false);
    this.rules.replaceSync(appearanceRules(appearance).join("\n"));
  }

  private async answer({ call, request }: Call): Promise<void> {
    this.post({ kind: "result", call, outcome: await this.run(request) });
  }

  /** What belongs to the frame itself; everything else is the form's. */
  private async run(request: Command): Promise<Outcome> {
    switch (request.command) {
      case "update":
        this.options = { ...this.options, ...request.options };
        this.dress();
        loadFonts(request.options.fonts);
        if (Object.keys(request.options).some((name) => name !== "appearance")) this.render();
        return {};
      case "backdrop":
        document.body.style.backgroundColor = request.color ?? "transparent";
        return {};
      case "refetch": {
        const loaded = await loadIntent(this.options);
        if (!("intent" in loaded)) return { error: loaded };
        this.intent = loaded.intent;
        this.render();
        return {};
      }
      default:
        return this.form
          ? this.ask(this.form, request)
          : { error: { type: "api_error", message: "The payment form did not load." } };
    }
  }

  private async ask(
    form: PaymentForm,
    request: Exclude<Command, { command: "update" | "backdrop" | "refetch" }>,
  ): Promise<Outcome> {
    const { key } = this.options;
    switch (request.command) {
      case "validate": {
        const error = form.validate();
        return error ? { error } : { selectedPaymentMethod: form.state().type };
      }
      case "confirm":
        return form.confirm(key, request.clientSecret, request.params);
      case "create":
        return form.create(key, request);
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
      case "collapse":
        form.collapse();
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
