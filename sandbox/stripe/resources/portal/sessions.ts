import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest, resourceMissing } from "../../http/errors";
import { oneOf, text } from "../../http/parameters";
import { route } from "../../http/route";
import { newId } from "../../state/ids";
import { emit } from "../../webhooks/events";
import { resolveCustomer } from "../payment-methods/attach";
import { inTimeOf } from "../test-clocks/subject";
import { defaultConfiguration, portalConfiguration } from "./configurations";
import { flowOf } from "./flow";
import { flowData, LOCALES } from "./parameters";

const EXPIRES_AFTER_SECONDS = 3_600;

/** A session and whether its page may still be opened. @throws StripeFailure 404 for one that never was */
export function portalSession(
  account: Account,
  id: string,
): { session: Stripe.BillingPortal.Session; expired: boolean } {
  const session = account.tables.portalSessions.get(id);
  if (!session) throw resourceMissing("billing portal session", id, "session");
  const now = inTimeOf(account, session.customer, () => account.nowUnix());
  return { session, expired: session.created + EXPIRES_AFTER_SECONDS < now };
}

export const portalSessionRoutes = [
  route("POST /v1/billing_portal/sessions", {
    parameters: {
      configuration: text.optional(),
      customer: text,
      flow_data: flowData.optional(),
      locale: oneOf(...LOCALES).optional(),
      return_url: text.optional(),
    },
    unsupported: ["after_expiration", "customer_account", "on_behalf_of"],
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
        flow: flowOf(account, given.flow_data, customer.id, configuration),
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
