import type { ConfirmParams, CustomerFeatures } from "../protocol";
import { h } from "./dom";
import { type FormContext, texts } from "./method-form";

type AllowRedisplay = "always" | "limited" | "unspecified";

/**
 * Whether a method may be shown to the customer again, by what a customer session allows and the customer ticked.
 * @see https://docs.stripe.com/payments/save-customer-payment-methods#manage-allow-redisplay
 * @param forLater the intent keeps the method whatever is ticked
 * @param ticked null when the box is not shown
 */
export function redisplayOf(
  customer: CustomerFeatures | null,
  forLater: boolean,
  ticked: boolean | null,
): AllowRedisplay | undefined {
  if (!customer) return undefined;
  if (ticked) return "always";
  return forLater ? "limited" : "unspecified";
}

export interface SaveBox {
  root: HTMLElement | null;
  ticked(): boolean | null;
  /** `allow_redisplay` of the method and `setup_future_usage` of the payment. */
  methodMembers(given: ConfirmParams): { allow_redisplay?: string };
  intentMembers(): { setup_future_usage?: string };
}

/** The box "save for later", where a customer session enables it. @param id distinguishes the boxes of several forms */
export function saveBox(context: FormContext, id: string, onTick: (ticked: boolean) => void): SaveBox {
  const { customer, forLater, settingUp } = context;
  const shown = customer?.save === true;
  const input = h("input", {
    type: "checkbox",
    id: `${id}-save`,
    name: "savePaymentMethod",
    class: "CheckboxInput",
  });
  const say = texts(context.language);
  const label = h("label", { for: input.id, class: "CheckboxLabel" }, say(settingUp ? "saveForSetup" : "saveForLater"));
  input.addEventListener("change", () => {
    onTick(input.checked);
    context.onChange();
  });
  const ticked = () => (shown ? input.checked : null);
  return {
    root: shown ? h("div", { class: "Checkbox Field--wide" }, input, label) : null,
    ticked,
    methodMembers(given) {
      const redisplay = given.payment_method_data?.allow_redisplay ?? redisplayOf(customer, forLater, ticked());
      return redisplay ? { allow_redisplay: redisplay } : {};
    },
    intentMembers: () =>
      ticked() && customer && !settingUp && !forLater ? { setup_future_usage: customer.saveUsage } : {},
  };
}
