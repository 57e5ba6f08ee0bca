import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest, resourceMissing } from "../../http/errors";
import { newId } from "../../state/ids";
import { divideHalfUp } from "../pricing/decimal";
import type { CreditLineInput } from "./parameters";

/** How much of an invoice line earlier credit notes have credited, minor units. */
function creditedMinor(account: Account, invoice: string, lineId: string): number {
  let sum = 0;
  for (const note of account.tables.creditNotes.whose("invoice", invoice).oldestFirst()) {
    if (note.status === "void") continue;
    for (const line of account.tables.creditNoteLines.get(note.id)?.lines ?? [])
      if (line.invoice_line_item === lineId) sum += line.amount;
  }
  return sum;
}

function wantedMinor(given: CreditLineInput, line: Stripe.InvoiceLineItem, param: string): number {
  if (given.amount !== undefined && given.quantity !== undefined)
    throw invalidRequest("You may only specify one of these parameters: amount, quantity.", { param });
  if (given.amount !== undefined) return given.amount;
  const { quantity } = given;
  if (quantity === undefined)
    throw invalidRequest(`You must pass either \`quantity\` or \`amount\` for ${param}.`, {
      code: "parameter_missing",
      param: `${param}[quantity]`,
    });
  const whole = line.quantity ?? 1;
  if (quantity < 1 || quantity > whole)
    throw invalidRequest(`The quantity must be between 1 and the invoice line item's quantity (${whole}).`, {
      param: `${param}[quantity]`,
    });
  return Number(divideHalfUp(BigInt(line.amount) * BigInt(quantity), BigInt(whole)));
}

/**
 * Credits a line of the invoice, or a part of it. Discounts and taxes follow in proportion, counted so that all parts of a
 * line together give back exactly its whole.
 * @throws StripeFailure 400 for more than is left of it, 404
 */
export function creditInvoiceLine(
  account: Account,
  invoice: Stripe.Invoice,
  given: CreditLineInput,
  param: string,
): Stripe.CreditNoteLineItem {
  const line = account.tables.invoiceBooks.get(invoice.id)?.shown.find(({ id }) => id === given.invoice_line_item);
  if (!line)
    throw given.invoice_line_item
      ? resourceMissing("invoice line item", given.invoice_line_item, `${param}[invoice_line_item]`)
      : invalidRequest(`Missing required param: ${param}[invoice_line_item].`, {
          code: "parameter_missing",
          param: `${param}[invoice_line_item]`,
        });
  const amount = wantedMinor(given, line, param);
  const before = creditedMinor(account, invoice.id, line.id);
  if (amount < 1 || before + amount > line.amount)
    throw invalidRequest(
      `The credited amount (${amount}) exceeds what is left to credit of the invoice line item (${line.amount - before}).`,
      { param: `${param}[${given.amount === undefined ? "quantity" : "amount"}]` },
    );
  const upTo = (whole: number, credited: number) =>
    Number(divideHalfUp(BigInt(whole) * BigInt(credited), BigInt(line.amount)));
  const share = (whole: number) => upTo(whole, before + amount) - upTo(whole, before);
  const discounts = (line.discount_amounts ?? []).map((part) => ({ ...part, amount: share(part.amount) }));
  const unitAmount = line.pricing?.unit_amount_decimal ?? null;
  return {
    id: newId("cnli"),
    object: "credit_note_line_item",
    amount,
    description: line.description,
    discount_amount: discounts.reduce((sum, part) => sum + part.amount, 0),
    discount_amounts: discounts,
    invoice_line_item: line.id,
    livemode: false,
    metadata: given.metadata ?? {},
    pretax_credit_amounts: (line.pretax_credit_amounts ?? []).map(
      ({ credit_balance_transaction: credit, ...part }) => ({
        ...part,
        amount: share(part.amount),
        ...(credit && { credit_balance_transaction: credit }),
      }),
    ),
    quantity: given.quantity ?? null,
    tax_rates: (line.taxes ?? []).flatMap((tax) => {
      const rate = account.tables.taxRates.get(tax.tax_rate_details?.tax_rate ?? "");
      return rate ? [rate] : [];
    }),
    taxes: (line.taxes ?? []).map((tax) => ({
      ...tax,
      amount: share(tax.amount),
      taxable_amount: tax.taxable_amount === null ? null : share(tax.taxable_amount),
    })),
    type: "invoice_line_item",
    unit_amount: given.quantity === undefined ? null : unitWhole(unitAmount),
    unit_amount_decimal: given.quantity === undefined ? null : unitAmount,
  } satisfies Stripe.CreditNoteLineItem;
}

function unitWhole(decimal: Stripe.Decimal | null): number | null {
  const value = decimal === null ? Number.NaN : Number(String(decimal));
  return Number.isInteger(value) ? value : null;
}
