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
  const present = account.tables.customers.get(customer.id);
  if (!present || present.deleted || present.currency) return;
  emit(account, "customer.updated", account.tables.customers.put({ ...present, currency }), present);
}

/** Finalises a draft by itself when its time has come. */
export function scheduleFinalization(account: Account, invoice: Stripe.Invoice): void {
  if (invoice.automatically_finalizes_at !== null)
    schedule(account, "invoice_finalizes", invoice.id, invoice.automatically_finalizes_at * 1000);
}

/** Stores a draft under an id that its discounts may know already, and announces it. @param members beyond the input */
export function startInvoice(
  account: Account,
  id: string,
  input: DraftInput,
  members: Partial<Stripe.Invoice> = {},
): Stripe.Invoice {
  const pending = input.includePendingItems ? pendingItems(account, input) : [];
  settleCurrency(account, input.customer, input.currency);
  attachPending(account, pending, id);
  const lines = [...pending.map(lineOfItem), ...input.lines.map((line) => holdLine(line))];
  const invoice = keepDraft(
    account,
    { ...blankInvoice(account, id, input), ...members },
    {
      id,
      lines,
      shown: [],
      token: pageToken(id),
      pulled: pending.map((item) => item.id),
      refusedMethod: null,
      attempts: 0,
    },
  );
  emit(account, "invoice.created", invoice);
  return invoice;
}

/** A new draft invoice, stored and announced by `invoice.created`; pending items are attached to it. */
export function draftInvoice(account: Account, input: DraftInput): Stripe.Invoice {
  const invoice = startInvoice(account, input.id ?? newId("in"), input);
  scheduleFinalization(account, invoice);
  return invoice;
}
