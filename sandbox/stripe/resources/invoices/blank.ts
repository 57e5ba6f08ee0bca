import { randomBytes } from "node:crypto";
import type Stripe from "stripe";
import type { Account } from "../../account";
import type { DraftInput } from "./draft-input";

const DAY_SECONDS = 86_400;
const HOUR_SECONDS = 3_600;
const ACCOUNT_NAME = "Evenkeel Sandbox";
/** Finalised by whoever drafts them, without the hour that renewals and one-off invoices wait. */
const AT_ONCE = new Set<string>(["subscription_create", "subscription_update"]);

/** The unguessable end of a hosted page's address; it begins with the invoice's own letters, by which it is found. */
export function pageToken(invoiceId: string): string {
  return `test_${invoiceId.slice(invoiceId.lastIndexOf("_") + 1)}${randomBytes(12).toString("hex")}`;
}

/** What follows the customer until the invoice is finalised. */
export function customerMembers(account: Account, customer: Stripe.Customer) {
  const taxIds = [...account.tables.taxIds.whose("customer", customer.id).oldestFirst()];
  return {
    customer_address: customer.address ?? null,
    customer_email: customer.email,
    customer_name: customer.name ?? null,
    customer_phone: customer.phone ?? null,
    customer_shipping: customer.shipping,
    customer_tax_exempt: customer.tax_exempt ?? "none",
    customer_tax_ids: taxIds.map(({ type, value }) => ({ type, value })),
  } satisfies Partial<Stripe.Invoice>;
}

function dueDateOf(input: DraftInput, createdUnix: number): number | null {
  if (input.collectionMethod === "charge_automatically") return null;
  return input.dueDate ?? createdUnix + (input.daysUntilDue ?? 30) * DAY_SECONDS;
}

function parentOf({ subscription, prorationDate }: DraftInput): Stripe.Invoice.Parent | null {
  if (!subscription) return null;
  return {
    quote_details: null,
    subscription_details: {
      metadata: subscription.metadata,
      subscription: subscription.id,
      ...(prorationDate && { subscription_proration_date: prorationDate }),
    },
    type: "subscription_details",
  };
}

/** A draft without any lines, and so without amounts. */
export function blankInvoice(account: Account, id: string, input: DraftInput): Stripe.Invoice {
  const created = account.nowUnix();
  const sentFirst = input.billingReason === "subscription_create" && input.collectionMethod === "send_invoice";
  const waits = sentFirst || !AT_ONCE.has(String(input.billingReason));
  const advancesAt = input.autoAdvance && waits ? created + HOUR_SECONDS : null;
  return {
    id,
    object: "invoice",
    account_country: "US",
    account_name: ACCOUNT_NAME,
    account_tax_ids: null,
    amount_due: 0,
    amount_overpaid: 0,
    amount_paid: 0,
    amount_remaining: 0,
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    auto_advance: input.autoAdvance,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
    automatically_finalizes_at: advancesAt,
    billing_reason: input.billingReason,
    collection_method: input.collectionMethod,
    created,
    currency: input.currency,
    custom_fields: input.customFields ?? input.customer.invoice_settings.custom_fields,
    customer: input.customer.id,
    customer_account: null,
    ...customerMembers(account, input.customer),
    default_payment_method: input.defaultPaymentMethod ?? null,
    default_source: null,
    default_tax_rates: input.defaultTaxRates,
    description: input.description ?? null,
    discounts: input.discounts.map((discount) => discount.id),
    due_date: dueDateOf(input, created),
    effective_at: null,
    ending_balance: null,
    footer: input.footer ?? input.customer.invoice_settings.footer,
    from_invoice: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    issuer: { type: "self" },
    last_finalization_error: null,
    latest_revision: null,
    lines: { object: "list", data: [], has_more: false, url: `/v1/invoices/${id}/lines` },
    livemode: false,
    metadata: input.metadata ?? {},
    next_payment_attempt: input.collectionMethod === "charge_automatically" ? advancesAt : null,
    number: null,
    on_behalf_of: null,
    parent: parentOf(input),
    payment_settings: {
      default_mandate: input.paymentSettings?.default_mandate ?? null,
      payment_method_options: input.paymentSettings?.payment_method_options ?? null,
      payment_method_types: input.paymentSettings?.payment_method_types ?? null,
    },
    period_end: input.periodEnd ?? created,
    period_start: input.periodStart ?? created,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: 0,
    statement_descriptor: input.statementDescriptor ?? null,
    status: "draft",
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    subtotal: 0,
    subtotal_excluding_tax: 0,
    test_clock: input.customer.test_clock ?? null,
    total: 0,
    total_discount_amounts: [],
    total_excluding_tax: 0,
    total_pretax_credit_amounts: [],
    total_taxes: [],
    webhooks_delivered_at: created,
  } satisfies Stripe.Invoice;
}
