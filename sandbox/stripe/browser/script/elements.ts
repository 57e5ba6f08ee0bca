import type { StripePaymentElementOptions } from "@stripe/stripe-js";
import type { ClientError, FrameOptions, MethodType } from "../protocol";
import { Emitter, type Handler } from "./emitter";
import { IntegrationError } from "./integration-error";
import { PaymentElement } from "./payment-element";

export type GroupOptions = Omit<FrameOptions, "element" | "key">;

/** A group of elements that belong to one intent. The stand-in knows one kind of element, `payment`. */
export class Elements {
  private readonly emitter = new Emitter();
  private payment: PaymentElement | null = null;
  /** In the deferred flow Stripe.js insists on `submit()` before the intent is confirmed. */
  submitted = false;

  constructor(
    private readonly base: string,
    private readonly key: string,
    private options: GroupOptions,
  ) {
    if (!options.clientSecret && !options.mode) {
      throw new IntegrationError(
        "In order to create a payment element, you must pass a clientSecret or mode when creating the Elements group.",
      );
    }
  }

  get clientSecret(): string | undefined {
    return this.options.clientSecret;
  }

  get locale(): string {
    return this.options.locale;
  }

  create(type: string, options: StripePaymentElementOptions = {}): PaymentElement {
    if (type !== "payment") throw new IntegrationError(`stand-in: the element "${type}" is not supported`);
    if (this.payment) throw new IntegrationError("Can only create one Element of type payment.");
    this.payment = new PaymentElement(
      this.base,
      () => ({ ...this.options, key: this.key }),
      options,
      () => {
        this.payment = null;
      },
    );
    return this.payment;
  }

  /** @param type the type's name, or the React component of it */
  getElement(type: string | { __elementType?: string }): PaymentElement | null {
    const name = typeof type === "string" ? type : type.__elementType;
    return name === "payment" ? this.payment : null;
  }

  async update(options: Partial<GroupOptions>): Promise<void> {
    const { clientSecret: _fixed, ...changed } = options;
    this.options = { ...this.options, ...changed };
    this.payment?.updateGroup(changed);
    this.emitter.emit("update-end", { type: "update-end" });
  }

  async fetchUpdates(): Promise<{ error?: ClientError }> {
    return {};
  }

  /** Checks the fields, shows what is wrong in place, and says which method was chosen. */
  async submit(): Promise<{ error: ClientError } | { selectedPaymentMethod: MethodType }> {
    if (!this.payment) throw new IntegrationError("elements.submit() needs a mounted payment element.");
    const { error, selectedPaymentMethod } = await this.payment.send({ command: "validate" });
    if (error) return { error };
    this.submitted = true;
    return { selectedPaymentMethod: selectedPaymentMethod ?? "card" };
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
