import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest, unsupported } from "../../http/errors";
import { mergeMetadata } from "../../state/metadata";
import { checkUsable, resolveMethod } from "../payment-methods/attach";
import { resolveTaxRates } from "../tax-rates/read";
import type { CreateInput, UpdateInput } from "./parameters";
import { withPayments } from "./payment-settings";

type Given = Pick<
  CreateInput & UpdateInput,
  | "automatic_tax"
  | "collection_method"
  | "days_until_due"
  | "default_payment_method"
  | "default_tax_rates"
  | "description"
  | "invoice_settings"
  | "metadata"
  | "payment_settings"
  | "trial_settings"
>;

function checkCollection({ collection_method: method, days_until_due: days }: Stripe.Subscription): void {
  if (method === "send_invoice" && days === null)
    throw invalidRequest(
      "You must pass `days_until_due` when creating or updating subscriptions with `collection_method` set to `send_invoice`.",
      { param: "days_until_due" },
    );
  if (method !== "send_invoice" && days !== null)
    throw invalidRequest(
      "You can only pass `days_until_due` for subscriptions with `collection_method` set to `send_invoice`.",
      { param: "days_until_due" },
    );
}

function methodGiven(account: Account, subscription: Stripe.Subscription, id: string | undefined) {
  if (!id) return {};
  const method = resolveMethod(account, id, "default_payment_method");
  if (method.customer !== subscription.customer)
    throw invalidRequest(
      `The customer does not have a payment method with the ID ${id}. The payment method must be attached to the customer.`,
      { code: "resource_missing", param: "default_payment_method" },
    );
  checkUsable(account, method, method.customer as string);
  return { default_payment_method: method.id };
}

/** Settings given on creation or update, which change nothing of what is billed. @throws StripeFailure 400, 404 */
export function withSettings(account: Account, before: Stripe.Subscription, given: Given): Stripe.Subscription {
  if (given.automatic_tax?.enabled) throw unsupported("automatic tax", "automatic_tax");
  const { invoice_settings: invoices, trial_settings: trial } = given;
  const collection = given.collection_method ?? before.collection_method;
  const sends = collection === "send_invoice";
  const after: Stripe.Subscription = {
    ...before,
    ...methodGiven(account, before, given.default_payment_method),
    collection_method: collection,
    days_until_due: given.days_until_due ?? (sends ? before.days_until_due : null),
    default_tax_rates:
      given.default_tax_rates === undefined
        ? (before.default_tax_rates ?? [])
        : resolveTaxRates(account, given.default_tax_rates ?? [], "default_tax_rates"),
    description: given.description === undefined ? before.description : given.description,
    invoice_settings: {
      ...before.invoice_settings,
      ...(invoices?.custom_fields !== undefined && { custom_fields: invoices.custom_fields }),
      ...(invoices?.description !== undefined && { description: invoices.description }),
      ...(invoices?.footer !== undefined && { footer: invoices.footer }),
    },
    metadata: mergeMetadata(before.metadata, given.metadata),
    payment_settings: withPayments(before.payment_settings, given.payment_settings),
    trial_settings: trial
      ? {
          end_behavior: {
            billing_cycle_anchor: trial.end_behavior.billing_cycle_anchor ?? null,
            missing_payment_method: trial.end_behavior.missing_payment_method ?? "create_invoice",
          },
        }
      : before.trial_settings,
  };
  checkCollection(after);
  return after;
}
