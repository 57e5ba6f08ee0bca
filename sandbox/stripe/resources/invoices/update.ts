import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest } from "../../http/errors";
import { mergeMetadata } from "../../state/metadata";
import { emit } from "../../webhooks/events";
import { type DiscountChoice, redeem } from "../discounts/discounts";
import { collectLater } from "./advance";
import { bookOf } from "./book";
import { changeInvoice } from "./change";
import { finalizesAt } from "./create";
import { scheduleFinalization } from "./draft";
import { reviseDraft } from "./edit";
import { customerOf } from "./figure";
import type { InvoiceInput } from "./parameters";
import { dueDateOf, settingsOf } from "./settings-of";

/** What may still change once an invoice is final. */
const ALWAYS_CHANGEABLE = new Set([
  "auto_advance",
  "default_payment_method",
  "metadata",
  "payment_settings",
  "statement_descriptor",
]);

function checkEditable(invoice: Stripe.Invoice, given: InvoiceInput): void {
  if (invoice.status === "draft") return;
  const refused = Object.entries(given).find(([name, value]) => value !== undefined && !ALWAYS_CHANGEABLE.has(name));
  if (refused)
    throw invalidRequest("Finalized invoices can't be updated in this way", {
      code: "invoice_not_editable",
      param: refused[0],
    });
}

function redeemed(account: Account, invoice: Stripe.Invoice, choices: readonly DiscountChoice[] | null | undefined) {
  if (choices === undefined) return {};
  const customer = customerOf(account, invoice);
  const discounts = redeem(account, choices ?? [], { customer: customer?.id ?? null, invoice: invoice.id });
  return { discounts: discounts.map(({ id }) => id) };
}

/** `POST /v1/invoices/:id`. @throws StripeFailure 400 for what a final invoice does not let change */
export function updateInvoice(account: Account, invoice: Stripe.Invoice, given: InvoiceInput): Stripe.Invoice {
  checkEditable(invoice, given);
  const method = given.collection_method ?? invoice.collection_method;
  const dueDate = dueDateOf(given, method, invoice.created);
  const settings = settingsOf(account, given, invoice);
  const members: Partial<Stripe.Invoice> = {
    ...settings,
    ...redeemed(account, invoice, given.discounts),
    ...(given.metadata !== undefined && { metadata: mergeMetadata(invoice.metadata, given.metadata) }),
    ...(dueDate !== undefined && { due_date: dueDate }),
    ...(method === "charge_automatically" && { due_date: null }),
  };
  if (invoice.status !== "draft") return updateFinal(account, invoice, given, members);
  const autoAdvance = given.auto_advance ?? invoice.auto_advance ?? false;
  const asked = given.auto_advance !== undefined || given.automatically_finalizes_at !== undefined;
  const at = asked
    ? finalizesAt(account, given.automatically_finalizes_at, autoAdvance)
    : invoice.automatically_finalizes_at;
  const updated = reviseDraft(account, invoice, {
    members: {
      ...members,
      automatically_finalizes_at: at,
      next_payment_attempt: method === "charge_automatically" ? at : null,
    },
  });
  if (asked) scheduleFinalization(account, updated);
  return updated;
}

function updateFinal(
  account: Account,
  invoice: Stripe.Invoice,
  given: InvoiceInput,
  members: Partial<Stripe.Invoice>,
): Stripe.Invoice {
  const stops = given.auto_advance === false;
  const updated = changeInvoice(account, invoice, { ...members, ...(stops && { next_payment_attempt: null }) });
  const starts = given.auto_advance === true && !invoice.auto_advance;
  return starts ? collectLater(account, updated) : updated;
}

/** `DELETE /v1/invoices/:id`: what it had pulled in waits again, its own items are gone. @throws StripeFailure 400 */
export function deleteDraft(account: Account, invoice: Stripe.Invoice): Stripe.DeletedInvoice {
  if (invoice.status !== "draft")
    throw invalidRequest("You can only delete draft invoices. Void this one instead.", {
      code: "invoice_not_editable",
    });
  if (invoice.parent?.type === "subscription_details" && invoice.billing_reason !== "manual")
    throw invalidRequest("You can't delete invoices created by subscriptions.");
  const { tables } = account;
  const { pulled } = bookOf(account, invoice.id);
  for (const item of [...tables.invoiceItems.whose("invoice", invoice.id).oldestFirst()]) {
    if (pulled.includes(item.id)) tables.invoiceItems.put({ ...item, invoice: null });
    else tables.invoiceItems.delete(item.id);
  }
  tables.invoices.delete(invoice.id);
  tables.invoiceBooks.delete(invoice.id);
  emit(account, "invoice.deleted", invoice);
  return { id: invoice.id, object: "invoice", deleted: true };
}
