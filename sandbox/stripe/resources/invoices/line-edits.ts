import type Stripe from "stripe";
import type { z } from "zod";
import type { Account } from "../../account";
import { invalidRequest, resourceMissing } from "../../http/errors";
import { idOf, newId } from "../../state/ids";
import { mergeMetadata } from "../../state/metadata";
import { emit } from "../../webhooks/events";
import { buildItem } from "../invoice-items/create";
import { lineOfItem } from "../invoice-items/line";
import type { LineInput } from "../invoice-items/parameters";
import { existingItem, readChanges, readLine } from "../invoice-items/read";
import { updateItem } from "../invoice-items/update";
import { bookOf, type HeldLine } from "./book";
import { reviseDraft, setLines } from "./edit";
import { customerOf } from "./figure";
import { holdLine } from "./lines";
import type { removedLine } from "./parameters";

export type AddedLine = LineInput & { invoice_item?: string | undefined };

/** A pending item of the same customer and currency joins the draft. @throws StripeFailure 400 */
function pullItem(account: Account, invoice: Stripe.Invoice, id: string): Stripe.InvoiceItem {
  const item = existingItem(account, id);
  if (item.invoice !== null || item.customer !== invoice.customer || item.currency !== invoice.currency)
    throw invalidRequest(`The invoice item ${id} is not a pending item of this customer in ${invoice.currency}.`, {
      param: "lines[0][invoice_item]",
    });
  return account.tables.invoiceItems.put({ ...item, invoice: invoice.id });
}

/** `POST /v1/invoices/:id/add_lines`: each line is an invoice item, new or pending. */
export function addLines(account: Account, invoice: Stripe.Invoice, given: readonly AddedLine[]): Stripe.Invoice {
  const customer = customerOf(account, invoice);
  if (!customer) throw invalidRequest("The customer of this invoice was deleted.");
  const added = given.map((line, at) => {
    if (line.invoice_item) return pullItem(account, invoice, line.invoice_item);
    const id = newId("ii");
    const target = { customer: customer.id, invoice_item: id };
    const read = readLine(account, line, invoice.currency, target, `lines[${at}]`);
    const item = account.tables.invoiceItems.put(
      buildItem(account, customer, invoice.currency, read.line, invoice.id, id),
    );
    emit(account, "invoiceitem.created", item);
    return item;
  });
  return setLines(account, invoice, [...bookOf(account, invoice.id).lines, ...added.map(lineOfItem)]);
}

/** A line of an invoice. @throws StripeFailure 404 */
export function lineOf(account: Account, invoice: Stripe.Invoice, id: string): HeldLine {
  const line = bookOf(account, invoice.id).lines.find((held) => held.id === id);
  if (!line) throw resourceMissing("invoice line item", id, "line_item_id");
  return line;
}

/** Changes one line; an invoice item behind it changes with it. @throws StripeFailure 400, 404 */
export function updateLine(account: Account, invoice: Stripe.Invoice, id: string, given: LineInput): void {
  const held = lineOf(account, invoice, id);
  if (held.invoiceItem !== null) {
    updateItem(account, existingItem(account, held.invoiceItem), given);
    return;
  }
  const present = {
    amountMinor: held.amountMinor,
    quantity: held.quantity ?? 1,
    price: account.tables.prices.get(held.pricing.price ?? "") ?? null,
    unitAmountDecimal: held.pricing.unitAmountDecimal,
    metadata: held.metadata,
    proration: held.proration,
  };
  const target = { customer: idOf(invoice.customer), invoice: invoice.id };
  const changes = readChanges(account, given, invoice.currency, present, target);
  const { price, unitAmountDecimal, ...rest } = { ...held, ...present, ...changes };
  const pricing = holdLine({ ...rest, price, product: held.pricing.product, unitAmountDecimal }).pricing;
  const { pricing: _old, ...line } = rest;
  setLines(
    account,
    invoice,
    bookOf(account, invoice.id).lines.map((other) =>
      other.id === id
        ? { ...line, id, credits: [], pricing: changes.amountMinor === undefined ? held.pricing : pricing }
        : other,
    ),
  );
}

/** `POST /v1/invoices/:id/remove_lines`: the item behind a line is deleted, or waits for another invoice. */
export function removeLines(
  account: Account,
  invoice: Stripe.Invoice,
  given: readonly z.output<typeof removedLine>[],
): Stripe.Invoice {
  const { invoiceItems } = account.tables;
  for (const { id, behavior } of given) {
    const { invoiceItem } = lineOf(account, invoice, id);
    const item = invoiceItem && invoiceItems.get(invoiceItem);
    if (!item) {
      if (behavior === "unassign")
        throw invalidRequest("Only lines of invoice items can be unassigned.", { param: "lines" });
      continue;
    }
    if (behavior === "unassign") invoiceItems.put({ ...item, invoice: null });
    else {
      invoiceItems.delete(item.id);
      emit(account, "invoiceitem.deleted", item);
    }
  }
  const gone = new Set(given.map(({ id }) => id));
  return setLines(
    account,
    invoice,
    bookOf(account, invoice.id).lines.filter(({ id }) => !gone.has(id)),
  );
}

/** `invoice_metadata`, which comes beside lines. */
export function withMetadata(
  account: Account,
  invoice: Stripe.Invoice,
  given: Record<string, string> | null | undefined,
): Stripe.Invoice {
  if (given === undefined) return invoice;
  return reviseDraft(account, invoice, { members: { metadata: mergeMetadata(invoice.metadata, given) } });
}
