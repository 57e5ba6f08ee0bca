import { z } from "zod";
import { address, boolean, clearable, integer, metadata, oneOf, strict, text, texts } from "../../http/parameters";
import { discountChoices, itemMembers } from "../invoice-items/parameters";
import { anchorChange, billingMode, cancelAt, changedItem, trialEnd } from "../subscriptions/parameters";

const { pricing: _pricing, ...itemsOwn } = itemMembers;

const previewItem = strict({
  ...itemsOwn,
  currency: text.optional(),
  invoiceitem: text.optional(),
  price: text.optional(),
  unit_amount: integer.optional(),
});

const customerDetails = strict({
  address: clearable(address).optional(),
  shipping: clearable(strict({ address, name: text, phone: text.optional() })).optional(),
  tax_exempt: clearable(oneOf("exempt", "none", "reverse")).optional(),
});

const subscriptionDetails = strict({
  billing_cycle_anchor: anchorChange.optional(),
  billing_mode: billingMode.optional(),
  cancel_at: clearable(cancelAt).optional(),
  cancel_at_period_end: boolean.optional(),
  cancel_now: boolean.optional(),
  default_tax_rates: clearable(texts).optional(),
  items: z.array(changedItem).optional(),
  metadata: clearable(metadata).optional(),
  proration_behavior: oneOf("always_invoice", "create_prorations", "none").optional(),
  proration_date: integer.optional(),
  resume_at: oneOf("now").optional(),
  trial_end: trialEnd.optional(),
});

export const previewParameters = {
  automatic_tax: strict({ enabled: boolean }).optional(),
  currency: text.optional(),
  customer: text.optional(),
  customer_details: customerDetails.optional(),
  discounts: discountChoices.optional(),
  invoice_items: z.array(previewItem).optional(),
  preview_mode: oneOf("next", "recurring").optional(),
  subscription: text.optional(),
  subscription_details: subscriptionDetails.optional(),
};

/** What Stripe accepts beyond that. */
export const UNSUPPORTED = ["customer_account", "issuer", "on_behalf_of", "schedule", "schedule_details"] as const;

export type PreviewInput = z.output<z.ZodObject<typeof previewParameters>>;
export type PreviewItem = z.output<typeof previewItem>;
