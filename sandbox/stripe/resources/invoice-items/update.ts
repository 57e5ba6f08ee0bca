import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest } from "../../http/errors";
import { idOf } from "../../state/ids";
import { emit } from "../../webhooks/events";
import { followItem, leaveDraft } from "../invoices/edit";
import { pricingOf } from "../invoices/lines";
import { asDecimal } from "../pricing/decimal";
import type { Costs } from "./amount";
import type { LineInput } from "./parameters";
import { readChanges } from "./read";

/** @throws StripeFailure 400 when the item stands on an invoice that is final */
function checkEditable(account: Account, item: Stripe.InvoiceItem): void {
  const invoice = account.tables.invoices.get(idOf(item.invoice) ?? "");
  if (!invoice || invoice.status === "draft") return;
  throw invalidRequest(
    "This invoice item is attached to an invoice that is no longer editable, so it cannot be changed or deleted.",
    { code: "invoice_not_editable" },
  );
}

/** What an item costs now. */
export function costsOfItem(account: Account, item: Stripe.InvoiceItem): Costs {
  const price = account.tables.prices.get(idOf(item.pricing?.price_details?.price) ?? "") ?? null;
  const unit = item.pricing?.unit_amount_decimal;
  return {
    amountMinor: item.amount,
    quantity: Number(item.quantity_decimal),
    price,
    unitAmountDecimal: unit ? String(unit) : null,
  };
}

function productOf(price: Stripe.Price): string {
  return typeof price.product === "string" ? price.product : price.product.id;
}

/** Changes an item, and its line where it stands on a draft. @throws StripeFailure 400 */
export function updateItem(account: Account, item: Stripe.InvoiceItem, given: LineInput): Stripe.InvoiceItem {
  checkEditable(account, item);
  const present = { ...costsOfItem(account, item), metadata: item.metadata ?? {}, proration: item.proration };
  const target = { customer: idOf(item.customer), invoice_item: item.id };
  const changes = readChanges(account, given, item.currency, present, target);
  const { amountMinor, quantity, price, unitAmountDecimal = null } = changes;
  const discountable = changes.discountable ?? item.discountable;
  const { net_amount: _net, ...rest } = item;
  const updated = account.tables.invoiceItems.put<Stripe.InvoiceItem>({
    ...rest,
    ...(amountMinor !== undefined && {
      amount: amountMinor,
      quantity: Math.trunc(quantity ?? 1),
      quantity_decimal: asDecimal(String(quantity ?? 1)),
      pricing: pricingOf({ price: price?.id ?? null, product: price ? productOf(price) : null, unitAmountDecimal }),
    }),
    ...(!discountable && { net_amount: amountMinor ?? item.amount }),
    description: changes.description === undefined ? item.description : changes.description,
    discountable,
    discounts: changes.discounts ?? item.discounts,
    metadata: changes.metadata ?? item.metadata,
    period: changes.period ?? item.period,
    tax_rates: changes.taxRates ?? item.tax_rates,
  });
  followItem(account, updated);
  return updated;
}

/** @throws StripeFailure 400 when it stands on an invoice that is final */
export function deleteItem(account: Account, item: Stripe.InvoiceItem): Stripe.DeletedInvoiceItem {
  checkEditable(account, item);
  leaveDraft(account, item);
  account.tables.invoiceItems.delete(item.id);
  emit(account, "invoiceitem.deleted", item);
  return { id: item.id, object: "invoiceitem", deleted: true };
}
