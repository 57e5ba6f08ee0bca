import type Stripe from "stripe";
import { z } from "zod";
import type { Account } from "../../account";
import { resourceMissing, unsupported } from "../../http/errors";
import { pageOf, pagination } from "../../http/pages";
import { boolean, clearable, clearableText, loose, metadata, oneOf, strict, text } from "../../http/parameters";
import { route } from "../../http/route";
import { newId } from "../../state/ids";
import { mergeMetadata } from "../../state/metadata";
import { emit } from "../../webhooks/events";

const enabled = strict({ enabled: boolean });
const features = strict({
  customer_update: strict({
    allowed_updates: clearable(z.array(oneOf("address", "email", "name", "phone", "shipping", "tax_id"))).optional(),
    enabled: boolean,
  }).optional(),
  invoice_history: enabled.optional(),
  payment_method_update: strict({
    enabled: boolean,
    payment_method_configuration: clearableText.optional(),
  }).optional(),
  subscription_cancel: loose.optional(),
  subscription_pause: loose.optional(),
  subscription_update: loose.optional(),
});

const members = {
  business_profile: strict({
    headline: clearableText.optional(),
    privacy_policy_url: text.optional(),
    terms_of_service_url: text.optional(),
  }).optional(),
  default_return_url: clearableText.optional(),
  login_page: enabled.optional(),
  metadata: clearable(metadata).optional(),
  name: clearableText.optional(),
};

type Features = z.output<typeof features>;
type Members = z.output<z.ZodObject<typeof members>>;

const SUBSCRIPTION_FEATURES = ["subscription_cancel", "subscription_pause", "subscription_update"] as const;

function refuseSubscriptions(given: Features | undefined): void {
  const asked = SUBSCRIPTION_FEATURES.find((name) => String(given?.[name]?.enabled) === "true");
  if (asked) throw unsupported("subscriptions in the Customer Portal", `features[${asked}]`);
}

function mergedFeatures(
  current: Stripe.BillingPortal.Configuration.Features | null,
  given: Features | undefined,
): Stripe.BillingPortal.Configuration.Features {
  const update = given?.customer_update;
  return {
    customer_update: update
      ? { allowed_updates: update.allowed_updates ?? [], enabled: update.enabled }
      : (current?.customer_update ?? { allowed_updates: [], enabled: false }),
    invoice_history: given?.invoice_history ?? current?.invoice_history ?? { enabled: false },
    payment_method_update: {
      enabled: given?.payment_method_update?.enabled ?? current?.payment_method_update.enabled ?? false,
      payment_method_configuration: given?.payment_method_update?.payment_method_configuration ?? null,
    },
    subscription_cancel: {
      cancellation_reason: { enabled: false, feedback_options: null, options: [] },
      enabled: false,
      mode: "at_period_end",
      proration_behavior: "none",
    },
    subscription_pause: { duration: { interval_options: [], type: "indefinite" }, enabled: false },
    subscription_update: {
      billing_cycle_anchor: null,
      default_allowed_updates: [],
      enabled: false,
      products: null,
      proration_behavior: "none",
      schedule_at_period_end: { conditions: [] },
      trial_update_behavior: "end_trial",
    },
  };
}

function build(
  account: Account,
  current: Stripe.BillingPortal.Configuration | null,
  given: Members & { features?: Features | undefined; active?: boolean | undefined },
  isDefault: boolean,
): Stripe.BillingPortal.Configuration {
  refuseSubscriptions(given.features);
  const profile = given.business_profile;
  const id = current?.id ?? newId("bpc");
  return {
    id,
    object: "billing_portal.configuration",
    active: given.active ?? current?.active ?? true,
    application: null,
    business_profile: {
      headline: profile?.headline === undefined ? (current?.business_profile.headline ?? null) : profile.headline,
      privacy_policy_url: profile?.privacy_policy_url ?? current?.business_profile.privacy_policy_url ?? null,
      terms_of_service_url: profile?.terms_of_service_url ?? current?.business_profile.terms_of_service_url ?? null,
    },
    created: current?.created ?? account.nowUnix(),
    default_return_url:
      given.default_return_url === undefined ? (current?.default_return_url ?? null) : given.default_return_url,
    features: mergedFeatures(current?.features ?? null, given.features),
    is_default: isDefault,
    livemode: false,
    login_page: {
      enabled: given.login_page?.enabled ?? current?.login_page.enabled ?? false,
      url: given.login_page?.enabled ? `${account.publicUrl}/p/login/${id}` : null,
    },
    metadata: mergeMetadata(current?.metadata ?? null, given.metadata),
    name: given.name === undefined ? (current?.name ?? null) : given.name,
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
      customer_update: { allowed_updates: ["email" as const], enabled: true },
      payment_method_update: { enabled: true },
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
