import type Stripe from "stripe";
import type { z } from "zod";
import type { Account } from "../../account";
import { invalidRequest, resourceMissing, unsupported } from "../../http/errors";
import { clearableText, loose, oneOf, strict, text } from "../../http/parameters";
import { route } from "../../http/route";
import { newId } from "../../state/ids";
import { emit } from "../../webhooks/events";
import { resolveCustomer } from "../payment-methods/attach";
import { defaultConfiguration, portalConfiguration } from "./configurations";

const EXPIRES_AFTER_SECONDS = 3_600;

const flowData = strict({
  after_completion: strict({
    hosted_confirmation: strict({ custom_message: clearableText.optional() }).optional(),
    redirect: strict({ return_url: text }).optional(),
    type: oneOf("hosted_confirmation", "portal_homepage", "redirect"),
  }).optional(),
  subscription_cancel: loose.optional(),
  subscription_pause: loose.optional(),
  subscription_update: loose.optional(),
  subscription_update_confirm: loose.optional(),
  type: oneOf(
    "customer_update",
    "payment_method_update",
    "subscription_cancel",
    "subscription_pause",
    "subscription_update",
    "subscription_update_confirm",
  ),
});

function flowOf(given: z.output<typeof flowData> | undefined): Stripe.BillingPortal.Session.Flow | null {
  if (!given) return null;
  if (given.type.startsWith("subscription"))
    throw unsupported("subscriptions in the Customer Portal", "flow_data[type]");
  const after = given.after_completion;
  return {
    after_completion: {
      hosted_confirmation: after?.hosted_confirmation
        ? { custom_message: after.hosted_confirmation.custom_message ?? null }
        : null,
      redirect: after?.redirect ?? null,
      type: after?.type ?? "portal_homepage",
    },
    customer_update: given.type === "customer_update" ? {} : null,
    subscription_cancel: null,
    subscription_pause: null,
    subscription_update: null,
    subscription_update_confirm: null,
    type: given.type,
  };
}

/** A session whose page may still be opened. @throws StripeFailure 404 */
export function openPortalSession(account: Account, id: string): Stripe.BillingPortal.Session {
  const session = account.tables.portalSessions.get(id);
  if (!session || session.created + EXPIRES_AFTER_SECONDS < account.nowUnix())
    throw resourceMissing("billing portal session", id, "session");
  return session;
}

export const portalSessionRoutes = [
  route("POST /v1/billing_portal/sessions", {
    parameters: {
      configuration: text.optional(),
      customer: text,
      flow_data: flowData.optional(),
      locale: text.optional(),
      return_url: text.optional(),
    },
    handle(account, given) {
      const customer = resolveCustomer(account, given.customer);
      const configuration = given.configuration
        ? portalConfiguration(account, given.configuration, "configuration")
        : defaultConfiguration(account);
      if (!configuration.active)
        throw invalidRequest(`The configuration ${configuration.id} is not active.`, { param: "configuration" });
      const returnUrl = given.return_url ?? configuration.default_return_url;
      if (returnUrl && !URL.canParse(returnUrl))
        throw invalidRequest("Not a valid URL", { code: "url_invalid", param: "return_url" });
      const id = newId("bps");
      const session = {
        id,
        object: "billing_portal.session",
        after_expiration: null,
        configuration: configuration.id,
        created: account.nowUnix(),
        customer: customer.id,
        customer_account: null,
        flow: flowOf(given.flow_data),
        livemode: false,
        locale: given.locale ?? null,
        on_behalf_of: null,
        return_url: returnUrl,
        url: `${account.publicUrl}/p/session/${id}`,
      } satisfies Stripe.BillingPortal.Session;
      account.tables.portalSessions.put(session);
      emit(account, "billing_portal.session.created", session);
      return session;
    },
  }),
];
