import type { StripePaymentElementOptions } from "@stripe/stripe-js";
import type { Command, FormState, FrameMessage, FrameOptions, Outcome, SavedMethod } from "../protocol";
import { followBackdrop } from "./backdrop";
import { Emitter, type Handler } from "./emitter";
import { FrameLink } from "./frame-link";
import { IntegrationError } from "./integration-error";

/** What a page is told about a saved method. */
function publicView({ id, type, billing_details }: SavedMethod) {
  return { id, type, billing_details };
}

/** The value of a `change` event. */
function eventValue(state: FormState) {
  const { type, saved, savePaymentMethod, country, postalCode } = state;
  return {
    type,
    ...(savePaymentMethod !== null && { savePaymentMethod }),
    ...(country !== null && { billingDetails: { address: { country, postalCode } } }),
    ...(saved && { payment_method: publicView(saved) }),
  };
}

/** The Payment Element: fields for a card or a bank account in a frame the page cannot read. */
export class PaymentElement {
  private readonly emitter = new Emitter();
  private link: FrameLink | null = null;
  private host: Element | null = null;
  private stopFollowing: () => void = () => undefined;
  private destroyed = false;

  constructor(
    private readonly base: string,
    /** Options of the group as they are now; the element's own are added here. */
    private readonly groupOptions: () => Omit<FrameOptions, "element">,
    private options: StripePaymentElementOptions,
    private readonly onDestroy: () => void,
  ) {}

  mount(target: string | HTMLElement): this {
    if (this.destroyed) throw new IntegrationError("This Element has already been destroyed. Please create a new one.");
    const host = typeof target === "string" ? document.querySelector(target) : target;
    if (!(host instanceof HTMLElement)) {
      throw new IntegrationError("Invalid DOM element. Call mount() with a valid DOM element or a selector of one.");
    }
    if (this.link) {
      if (this.host === host) return this;
      this.unmount();
    }
    const link = new FrameLink(this.base, { ...this.groupOptions(), element: this.options }, (message) =>
      this.receive(message),
    );
    this.link = link;
    this.host = host;
    host.classList.add("StripeElement", "StripeElement--empty");
    host.replaceChildren(link.frame);
    this.stopFollowing = followBackdrop(host, (color) => this.tell({ command: "backdrop", color }));
    // Listeners are added after mount(), so nothing may be said before the page's code has run to its end.
    queueMicrotask(() => this.emitter.emit("loaderstart", { elementType: "payment" }));
    return this;
  }

  private receive(message: FrameMessage): void {
    switch (message.kind) {
      case "change": {
        const { empty, complete, collapsed } = message.state;
        this.host?.classList.toggle("StripeElement--empty", empty);
        this.host?.classList.toggle("StripeElement--complete", complete);
        const value = eventValue(message.state);
        this.emitter.emit("change", { elementType: "payment", empty, complete, collapsed, value });
        break;
      }
      case "removed": {
        const { method, error } = message;
        const payment_method = publicView(method);
        const outcome = error === null ? { success: true } : { success: false, error };
        this.emitter.emit("savedpaymentmethodremove", { elementType: "payment", ...outcome, payment_method });
        break;
      }
      case "loaderror":
        this.emitter.emit("loaderror", { elementType: "payment", error: message.error });
        break;
      case "ready":
      case "focus":
      case "blur":
      case "escape":
        if (message.kind === "focus") this.host?.classList.add("StripeElement--focus");
        if (message.kind === "blur") this.host?.classList.remove("StripeElement--focus");
        this.emitter.emit(message.kind, { elementType: "payment" });
        break;
      default:
        break;
    }
  }

  /** @throws IntegrationError when the element is not mounted */
  send(command: Command): Promise<Outcome> {
    if (!this.link)
      throw new IntegrationError(
        "We could not retrieve data from the specified Element. Please make sure it is still mounted.",
      );
    return this.link.send(command);
  }

  private tell(command: Command): void {
    void this.link?.send(command);
  }

  update(options: StripePaymentElementOptions): this {
    this.options = { ...this.options, ...options };
    this.tell({ command: "update", options: { element: this.options } });
    return this;
  }

  /** Options of the whole group changed (appearance, locale, amount). */
  updateGroup(options: Partial<FrameOptions>): void {
    this.tell({ command: "update", options });
  }

  unmount(): void {
    this.stopFollowing();
    this.link?.remove();
    this.link = null;
    this.host?.classList.remove(
      "StripeElement",
      "StripeElement--empty",
      "StripeElement--complete",
      "StripeElement--focus",
    );
    this.host = null;
  }

  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.unmount();
    this.onDestroy();
  }

  focus(): void {
    this.tell({ command: "focus" });
  }

  blur(): void {
    this.tell({ command: "blur" });
  }

  clear(): void {
    this.tell({ command: "clear" });
  }

  /** Closes an accordion. There is nothing to close with tabs. */
  collapse(): void {
    this.tell({ command: "collapse" });
  }

  on(event: string, handler: Handler): this {
    this.emitter.on(event, handler);
    return this;
  }

  once(event: string, handler: Handler): this {
    this.emitter.once(event, handler);
    return this;
  }

  off(event: string, handler?: Handler): this {
    this.emitter.off(event, handler);
    return this;
  }
}
