import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest } from "../../http/errors";
import { idOf, newId } from "../../state/ids";
import { mergeMetadata } from "../../state/metadata";
import { resolveCustomer } from "../payment-methods/attach";
import { bookOf } from "./book";
import { voidInvoice } from "./close";
import { startInvoice } from "./draft";
import { existingInvoice } from "./edit";
import { discountsOf } from "./figure";
import type { CreationInput } from "./parameters";
import { settingsOf } from "./settings-of";

/**
 * A new draft with everything of a finalised invoice, to be corrected. The original is voided once its revision is final.
 * @see https://docs.stripe.com/invoicing/invoice-revisions
 */
export function reviseFrom(account: Account, id: string, given: CreationInput): Stripe.Invoice {
  const original = existingInvoice(account, id, "from_invoice[invoice]");
  if (original.status !== "open" && original.status !== "uncollectible")
    throw invalidRequest("Only open or uncollectible invoices can be revised.", { param: "from_invoice[invoice]" });
  const customer = resolveCustomer(account, idOf(original.customer) ?? "");
  if (given.customer !== customer.id)
    throw invalidRequest("The revision must be for the customer of the original invoice.", { param: "customer" });
  const subscription = account.tables.subscriptions.get(
    idOf(original.parent?.subscription_details?.subscription) ?? "",
  );
  const lines = bookOf(account, original.id).lines.map(({ id: _id, pricing, credits: _credits, ...line }) => ({
    ...line,
    price: account.tables.prices.get(pricing.price ?? "") ?? null,
    product: pricing.product,
    unitAmountDecimal: pricing.unitAmountDecimal,
  }));
  return startInvoice(
    account,
    newId("in"),
    {
      customer,
      subscription: subscription ?? null,
      billingReason: original.billing_reason ?? "manual",
      lines,
      currency: original.currency,
      collectionMethod: original.collection_method === "send_invoice" ? "send_invoice" : "charge_automatically",
      dueDate: original.due_date,
      autoAdvance: false,
      defaultPaymentMethod: idOf(original.default_payment_method),
      paymentSettings: original.payment_settings,
      discounts: discountsOf(account, original),
      defaultTaxRates: original.default_tax_rates,
      metadata: mergeMetadata(original.metadata, given.metadata),
      description: original.description,
      footer: original.footer,
      customFields: original.custom_fields,
      statementDescriptor: original.statement_descriptor,
      periodStart: original.period_start,
      periodEnd: original.period_end,
      includePendingItems: false,
    },
    { ...settingsOf(account, given, original), from_invoice: { action: "revision", invoice: original.id } },
  );
}

/** A revision has become final: it takes the place of its original, which is voided. */
export function replaceOriginal(account: Account, revision: Stripe.Invoice): void {
  const original = account.tables.invoices.get(idOf(revision.from_invoice?.invoice) ?? "");
  if (revision.from_invoice?.action !== "revision" || !original) return;
  const replaced = account.tables.invoices.put({ ...original, latest_revision: revision.id });
  if (replaced.status === "open" || replaced.status === "uncollectible") voidInvoice(account, replaced);
}
