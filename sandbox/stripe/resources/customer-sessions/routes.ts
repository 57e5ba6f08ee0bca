import type Stripe from "stripe";
import { z } from "zod";
import { boolean, integer, notSupportedMembers, oneOf, strict, text } from "../../http/parameters";
import { route } from "../../http/route";
import { newClientSecret } from "../../state/ids";
import { resolveCustomer } from "../payment-methods/attach";
import { allowRedisplay } from "../payment-methods/parameters";
import { keepSession } from "./sessions";

const EXPIRES_AFTER_SECONDS = 1_800;
const onOff = oneOf("disabled", "enabled");

const paymentElement = strict({
  enabled: boolean,
  features: strict({
    payment_method_allow_redisplay_filters: z.array(allowRedisplay).optional(),
    payment_method_redisplay: onOff.optional(),
    payment_method_redisplay_limit: integer.optional(),
    payment_method_remove: onOff.optional(),
    payment_method_save: onOff.optional(),
    payment_method_save_usage: oneOf("off_session", "on_session").optional(),
  }).optional(),
});

const components = strict({
  payment_element: paymentElement.optional(),
  ...notSupportedMembers(
    "active_entitlements",
    "buy_button",
    "customer_portal",
    "customer_sheet",
    "mobile_payment_element",
    "pricing_table",
  ),
});

function elementOf(
  given: z.output<typeof paymentElement> | undefined,
): Stripe.CustomerSession.Components.PaymentElement {
  if (!given?.enabled) return { enabled: false, features: null };
  const wanted = given.features;
  return {
    enabled: true,
    features: {
      payment_method_allow_redisplay_filters: wanted?.payment_method_allow_redisplay_filters ?? ["always"],
      payment_method_redisplay: wanted?.payment_method_redisplay ?? "disabled",
      payment_method_redisplay_limit:
        wanted?.payment_method_redisplay === "enabled" ? (wanted.payment_method_redisplay_limit ?? 10) : null,
      payment_method_remove: wanted?.payment_method_remove ?? "disabled",
      payment_method_save: wanted?.payment_method_save ?? "disabled",
      payment_method_save_usage: wanted?.payment_method_save_usage ?? null,
    },
  };
}

export const customerSessionRoutes = [
  route("POST /v1/customer_sessions", {
    parameters: { components, customer: text },
    unsupported: ["customer_account"],
    handle(account, given) {
      const customer = resolveCustomer(account, given.customer);
      const off = { enabled: false };
      const session = {
        object: "customer_session",
        client_secret: newClientSecret("cuss"),
        components: {
          active_entitlements: off,
          buy_button: off,
          customer_portal: off,
          customer_sheet: { enabled: false, features: null },
          mobile_payment_element: { enabled: false, features: null },
          payment_element: elementOf(given.components.payment_element),
          pricing_table: off,
        },
        created: account.nowUnix(),
        customer: customer.id,
        customer_account: null,
        expires_at: account.nowUnix() + EXPIRES_AFTER_SECONDS,
        livemode: false,
      } satisfies Stripe.CustomerSession;
      keepSession(account, session);
      return session;
    },
  }),
];
