import type { StripePaymentElementOptions } from "@stripe/stripe-js";
import type { ClientError, FrameOptions, MethodType } from "../protocol";
import { Emitter, type Handler } from "./emitter";
import { IntegrationError } from "./integration-error";
import { PaymentElement } from "./payment-element";

export type GroupOptions = Omit<FrameOptions, "element" | "key">;

/** Options as a page may write them: the older names of the deferred flow too. */
export type GivenOptions = Partial<GroupOptions> & {
  setup_future_usage?: GroupOptions["setupFutureUsage"];
  customerOptions?: unknown;
};

/** What a deferred group must say of the intent to come. @throws IntegrationError as Stripe.js does */
function checkDeferred({ mode, amount, currency }: GroupOptions): void {
  if (mode === undefined || mode === "setup") return;
  if (!["payment", "subscription"].includes(mode))
    throw new IntegrationError(`elements(): \`mode\` must be payment, setup or subscription, not ${mode}.`);
  if (typeof amount !== "number" || !Number.isInteger(amount) || amount < 0)
    throw new IntegrationError(`elements(): \`amount\` is required for mode ${mode}, an integer of the smallest unit.`);
  if (!currency || !/^[a-z]{3}$/.test(currency))
    throw new IntegrationError(`elements(): \`currency\` is required for mode ${mode}, three letters in lower case.`);
}

/** One name for each option. @throws IntegrationError for what the stand-in has not */
export function groupOptions({ setup_future_usage, customerOptions, ...given }: GivenOptions): Partial<GroupOptions> {
  if (customerOptions !== undefined)
    throw new IntegrationError("stand-in: customerOptions is not supported; use customerSessionClientSecret.");
  return { ...given, ...(setup_future_usage !== undefined && { setupFutureUsage: setup_future_usage }) };
}

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
    if (options.clientSecret && options.mode)
      throw new IntegrationError("elements(): pass either a clientSecret or a mode, not both.");
    checkDeferred(options);
  }

  get clientSecret(): string | undefined {
    return this.options.clientSecret;
  }

  get createsMethods(): boolean {
    return this.options.paymentMethodCreation === "manual";
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

  async update(options: GivenOptions): Promise<void> {
    const { clientSecret: _fixed, ...changed } = groupOptions(options);
    const next = { ...this.options, ...changed };
    checkDeferred(next);
    this.options = next;
    // What was checked is not what will be paid any more.
    if (changed.amount !== undefined || changed.currency !== undefined || changed.mode !== undefined)
      this.submitted = false;
    this.payment?.updateGroup(changed);
    this.emitter.emit("update-end", { type: "update-end" });
  }

  /** Reads the intent again after a server has changed it. */
  async fetchUpdates(): Promise<{ error?: ClientError }> {
    if (!this.clientSecret)
      throw new IntegrationError("elements.fetchUpdates() can only be called with a group made with a clientSecret.");
    const outcome = await this.payment?.send({ command: "refetch" });
    return outcome?.error ? { error: outcome.error } : {};
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
