import type Stripe from "stripe";
import type { Account } from "../../account";
import { newId } from "../../state/ids";
import { schedule } from "../../time/work";
import { emit } from "../../webhooks/events";
import { lineOfItem } from "../invoice-items/line";
import { attachPending, pendingItems } from "../invoice-items/pending";
import { blankInvoice, pageToken } from "./blank";
import type { DraftInput } from "./draft-input";
import { keepDraft } from "./figure";
import { holdLine } from "./lines";

export type { DraftInput, DraftLine } from "./draft-input";

/** The first invoice decides which currency a customer is billed in. */
export function settleCurrency(account: Account, customer: Stripe.Customer, currency: string): void {
  if (customer.currency) return;
  emit(account, "customer.updated", account.tables.customers.put({ ...customer, currency }), customer);
}

/** Finalises a draft by itself when its time has come. */
export function scheduleFinalization(account: Account, invoice: Stripe.Invoice): void {
  if (invoice.automatically_finalizes_at !== null)
    schedule(account, "invoice_finalizes", invoice.id, invoice.automatically_finalizes_at * 1000);
}

/** A new draft invoice, stored and announced by `invoice.created`; pending items are attached to it. */
export function draftInvoice(account: Account, input: DraftInput): Stripe.Invoice {
  const id = newId("in");
  const pending = input.includePendingItems ? pendingItems(account, input) : [];
  settleCurrency(account, input.customer, input.currency);
  attachPending(account, pending, id);
  const lines = [...pending.map(lineOfItem), ...input.lines.map((line) => holdLine(line))];
  const invoice = keepDraft(account, blankInvoice(account, id, input), {
    id,
    lines,
    shown: [],
    token: pageToken(id),
    pulled: pending.map((item) => item.id),
    daysUntilDue: input.daysUntilDue ?? null,
    refusedMethod: null,
  });
  scheduleFinalization(account, invoice);
  emit(account, "invoice.created", invoice);
  return invoice;
}
