import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest, resourceMissing } from "../../http/errors";
import { pageOf, pagination } from "../../http/pages";
import { boolean } from "../../http/parameters";
import { route } from "../../http/route";
import { newId } from "../../state/ids";
import { mergeMetadata } from "../../state/metadata";
import { emit } from "../../webhooks/events";
import { mergedFeatures } from "./features";
import { type Features, features, type Members, members } from "./parameters";

/** What is given, or else what was: null unsets. */
function chosen<T>(given: T | undefined, known: T | undefined): T | null {
  return given === undefined ? (known ?? null) : given;
}

function checkUrls(given: Members): void {
  const urls = {
    default_return_url: given.default_return_url,
    "business_profile[privacy_policy_url]": given.business_profile?.privacy_policy_url,
    "business_profile[terms_of_service_url]": given.business_profile?.terms_of_service_url,
  };
  for (const [param, url] of Object.entries(urls))
    if (url && !URL.canParse(url)) throw invalidRequest("Not a valid URL", { code: "url_invalid", param });
}

function build(
  account: Account,
  current: Stripe.BillingPortal.Configuration | null,
  given: Members & { features?: Features | undefined; active?: boolean | undefined },
  isDefault: boolean,
): Stripe.BillingPortal.Configuration {
  checkUrls(given);
  const profile = given.business_profile;
  const known = current?.business_profile;
  const hasLogin = given.login_page?.enabled ?? current?.login_page.enabled ?? false;
  const id = current?.id ?? newId("bpc");
  return {
    id,
    object: "billing_portal.configuration",
    active: given.active ?? current?.active ?? true,
    application: null,
    business_profile: {
      headline: chosen(profile?.headline, known?.headline),
      privacy_policy_url: chosen(profile?.privacy_policy_url, known?.privacy_policy_url),
      terms_of_service_url: chosen(profile?.terms_of_service_url, known?.terms_of_service_url),
    },
    created: current?.created ?? account.nowUnix(),
    default_return_url: chosen(given.default_return_url, current?.default_return_url),
    features: mergedFeatures(account, current?.features ?? null, given.features),
    is_default: isDefault,
    livemode: false,
    login_page: { enabled: hasLogin, url: hasLogin ? `${account.publicUrl}/p/login/${id}` : null },
    metadata: mergeMetadata(current?.metadata ?? null, given.metadata),
    name: chosen(given.name, current?.name),
    updated: account.nowUnix(),
  } satisfies Stripe.BillingPortal.Configuration;
}

export function portalConfiguration(account: Account, id: string, param = "id"): Stripe.BillingPortal.Configuration {
  const configuration = account.tables.portalConfigurations.get(id);
  if (!configuration) throw resourceMissing("configuration", id, param);
  return configuration;
}

/** The configuration an account has after somebody saved the portal's settings in the Dashboard once. */
export function defaultConfiguration(account: Account): Stripe.BillingPortal.Configuration {
  for (const configuration of account.tables.portalConfigurations.oldestFirst()) {
    if (configuration.is_default) return configuration;
  }
  const given = {
    features: {
      customer_update: { allowed_updates: ["email" as const, "tax_id" as const], enabled: true },
      invoice_history: { enabled: true },
      payment_method_update: { enabled: true },
      subscription_cancel: { enabled: true, cancellation_reason: { enabled: true } },
    },
  };
  return account.tables.portalConfigurations.put(build(account, null, given, true));
}

export const portalConfigurationRoutes = [
  route("POST /v1/billing_portal/configurations", {
    parameters: { ...members, features },
    handle(account, given) {
      const configuration = account.tables.portalConfigurations.put(build(account, null, given, false));
      emit(account, "billing_portal.configuration.created", configuration);
      return configuration;
    },
  }),
  route("GET /v1/billing_portal/configurations/:id", {
    handle: (account, _, call) => portalConfiguration(account, call.path.id ?? ""),
  }),
  route("POST /v1/billing_portal/configurations/:id", {
    parameters: { ...members, active: boolean.optional(), features: features.optional() },
    handle(account, given, call) {
      const current = portalConfiguration(account, call.path.id ?? "");
      if (current.is_default && given.active === false)
        throw invalidRequest("The default configuration cannot be deactivated.", { param: "active" });
      const updated = account.tables.portalConfigurations.put(build(account, current, given, current.is_default));
      emit(account, "billing_portal.configuration.updated", updated, current);
      return updated;
    },
  }),
  route("GET /v1/billing_portal/configurations", {
    parameters: { ...pagination, active: boolean.optional(), is_default: boolean.optional() },
    handle: (account, given) =>
      pageOf(
        account.tables.portalConfigurations,
        given,
        "/v1/billing_portal/configurations",
        (row) =>
          (given.active === undefined || row.active === given.active) &&
          (given.is_default === undefined || row.is_default === given.is_default),
      ),
  }),
];
