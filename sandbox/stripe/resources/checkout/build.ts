import type Stripe from "stripe";
import type { Account } from "../../account";
import { newId } from "../../state/ids";
import { CONFIGURATION_ID, methodTypesFor } from "../method-types";
import type { CheckoutBook } from "./book";
import { MAX_LIFE_SECONDS } from "./check";
import type { CreateInput } from "./parameters";
import type { Figures } from "./totals";

type Session = Stripe.Checkout.Session;

function fieldOf(given: NonNullable<CreateInput["custom_fields"]>[number]): Stripe.Checkout.Session.CustomField {
  const text = (input: { default_value?: string; maximum_length?: number; minimum_length?: number } | undefined) => ({
    default_value: input?.default_value ?? null,
    maximum_length: input?.maximum_length ?? null,
    minimum_length: input?.minimum_length ?? null,
    value: null,
  });
  return {
    ...(given.type === "dropdown" && {
      dropdown: {
        default_value: given.dropdown?.default_value ?? null,
        options: given.dropdown?.options ?? [],
        value: null,
      },
    }),
    key: given.key,
    label: given.label,
    ...(given.type === "numeric" && { numeric: text(given.numeric) }),
    optional: given.optional ?? false,
    ...(given.type === "text" && { text: text(given.text) }),
    type: given.type,
  };
}

function invoiceCreationOf(given: CreateInput["invoice_creation"], mode: string): Session["invoice_creation"] {
  if (mode !== "payment") return null;
  const data = given?.invoice_data;
  return {
    enabled: given?.enabled ?? false,
    invoice_data: {
      account_tax_ids: null,
      custom_fields: data?.custom_fields ?? null,
      description: data?.description ?? null,
      footer: data?.footer ?? null,
      issuer: null,
      metadata: data?.metadata ?? {},
      rendering_options: null,
    },
  };
}

function methodOptionsOf(
  types: string[],
  given: CreateInput["payment_method_options"],
): Session["payment_method_options"] {
  return {
    ...(types.includes("card") && {
      card: { request_three_d_secure: given?.card?.request_three_d_secure ?? "automatic" },
    }),
    ...(given?.us_bank_account?.verification_method &&
      types.includes("us_bank_account") && {
        us_bank_account: {
          verification_method: given.us_bank_account.verification_method === "instant" ? "instant" : "automatic",
        },
      }),
  };
}

function savedOptionsOf(given: CreateInput["saved_payment_method_options"], customer: string | null) {
  if (!customer && !given) return null;
  return {
    allow_redisplay_filters: given?.allow_redisplay_filters ?? ["always" as const],
    payment_method_remove: given?.payment_method_remove ?? "disabled",
    payment_method_save: given?.payment_method_save ?? null,
  };
}

/** A new, open session; not stored yet. @param figures null in `setup` mode */
export function buildSession(
  account: Account,
  id: string,
  given: CreateInput,
  mode: "payment" | "setup" | "subscription",
  figures: Figures | null,
  discounts: CheckoutBook["discounts"],
): Session {
  const currency = figures?.items[0]?.currency ?? given.currency?.toLowerCase() ?? null;
  const types = methodTypesFor(given, mode === "setup" ? null : currency);
  const consent = given.consent_collection;
  const text = given.custom_text;
  return {
    id,
    object: "checkout.session",
    adaptive_pricing: mode === "payment" ? { enabled: false } : null,
    after_expiration: null,
    allow_promotion_codes: given.allow_promotion_codes ?? null,
    allowed_payment_method_types: given.allowed_payment_method_types ?? null,
    amount_subtotal: figures?.subtotal ?? null,
    amount_total: figures?.total ?? null,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: given.billing_address_collection ?? null,
    cancel_url: given.cancel_url ?? null,
    client_reference_id: given.client_reference_id ?? null,
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: consent
      ? {
          payment_method_reuse_agreement: consent.payment_method_reuse_agreement ?? null,
          promotions: consent.promotions ?? "none",
          terms_of_service: consent.terms_of_service ?? "none",
        }
      : null,
    created: account.nowUnix(),
    currency,
    currency_conversion: null,
    custom_fields: (given.custom_fields ?? []).map(fieldOf),
    custom_text: {
      after_submit: text?.after_submit ?? null,
      shipping_address: text?.shipping_address ?? null,
      submit: text?.submit ?? null,
      terms_of_service_acceptance: text?.terms_of_service_acceptance ?? null,
    },
    customer: given.customer ?? null,
    customer_account: null,
    customer_creation:
      given.customer || mode === "setup"
        ? (given.customer_creation ?? null)
        : mode === "payment"
          ? (given.customer_creation ?? "if_required")
          : "always",
    customer_details: null,
    customer_email: given.customer_email ?? null,
    discounts: discounts.map(({ coupon, promotion_code }) => ({
      coupon: coupon ?? null,
      promotion_code: promotion_code ?? null,
    })),
    expires_at: given.expires_at ?? account.nowUnix() + MAX_LIFE_SECONDS,
    integration_identifier: given.integration_identifier ?? null,
    invoice: null,
    invoice_creation: invoiceCreationOf(given.invoice_creation, mode),
    livemode: false,
    locale: given.locale ?? null,
    managed_payments: null,
    metadata: given.metadata ?? {},
    mode,
    origin_context: given.origin_context ?? null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection:
      mode === "subscription"
        ? (given.payment_method_collection ?? "always")
        : mode === "setup"
          ? "always"
          : "if_required",
    payment_method_configuration_details: given.payment_method_types ? null : { id: CONFIGURATION_ID, parent: null },
    payment_method_options: methodOptionsOf(types, given.payment_method_options),
    payment_method_types: types,
    payment_status: mode === "setup" || figures?.total === 0 ? "no_payment_required" : "unpaid",
    permissions: null,
    phone_number_collection: { enabled: given.phone_number_collection?.enabled ?? false },
    recovered_from: null,
    saved_payment_method_options: savedOptionsOf(given.saved_payment_method_options, given.customer ?? null),
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: "open",
    submit_type: given.submit_type ?? null,
    subscription: null,
    success_url: given.success_url ?? null,
    ...(given.tax_id_collection && {
      tax_id_collection: {
        enabled: given.tax_id_collection.enabled,
        required: given.tax_id_collection.required ?? "never",
      },
    }),
    total_details: figures && { amount_discount: figures.discount, amount_shipping: 0, amount_tax: figures.tax },
    ui_mode: "hosted_page",
    url: `${account.publicUrl}/c/pay/${id}`,
    wallet_options: null,
  } satisfies Session;
}

/** `cs_test_` and a long name that nobody can guess: whoever has it may open the page. */
export function newSessionId(): string {
  return `${newId("cs_test")}${newId("x").slice(2)}`;
}
