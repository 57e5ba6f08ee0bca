import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest, unsupported } from "../../http/errors";
import { newId } from "../../state/ids";
import { asDecimal, decimalOf, exact, toMinorHalfUp, wholeOf } from "../pricing/decimal";
import { resolveTaxRates } from "../tax-rates/read";
import { taxesOn } from "../tax-rates/taxes";
import type { CreditLineInput } from "./parameters";

interface Custom {
  amount: number;
  description: string | null;
  quantity: number;
  unit: string;
  metadata: Stripe.Metadata;
  taxRates: Stripe.TaxRate[];
  taxes: Stripe.CreditNoteLineItem.Tax[];
}

function build(custom: Custom): Stripe.CreditNoteLineItem {
  return {
    id: newId("cnli"),
    object: "credit_note_line_item",
    amount: custom.amount,
    description: custom.description,
    discount_amount: 0,
    discount_amounts: [],
    livemode: false,
    metadata: custom.metadata,
    pretax_credit_amounts: [],
    quantity: custom.quantity,
    tax_rates: custom.taxRates,
    taxes: custom.taxes,
    type: "custom_line_item",
    unit_amount: wholeOf(custom.unit),
    unit_amount_decimal: asDecimal(custom.unit),
  } satisfies Stripe.CreditNoteLineItem;
}

/** The only line of a credit note that names nothing but an amount, tax included. */
export function wholeAmountLine(amountMinor: number): Stripe.CreditNoteLineItem {
  return build({
    amount: amountMinor,
    description: null,
    quantity: 1,
    unit: String(amountMinor),
    metadata: {},
    taxRates: [],
    taxes: [],
  });
}

/** A credit for something that is no line of the invoice. @throws StripeFailure 400, 404 for a tax rate */
export function creditCustomLine(account: Account, given: CreditLineInput, param: string): Stripe.CreditNoteLineItem {
  const missing = (name: string) =>
    invalidRequest(`Missing required param: ${param}[${name}].`, {
      code: "parameter_missing",
      param: `${param}[${name}]`,
    });
  if (given.tax_amounts?.length) throw unsupported("tax amounts that Stripe Tax has made", `${param}[tax_amounts]`);
  if (!given.description) throw missing("description");
  const quantity = given.quantity ?? 1;
  const unit = decimalOf(given.unit_amount, given.unit_amount_decimal);
  if (unit === null) throw missing("unit_amount");
  const amount = toMinorHalfUp(exact(unit) * BigInt(quantity));
  if (amount < 0)
    throw invalidRequest("This value must be greater than or equal to 0.", {
      code: "parameter_invalid_integer",
      param: `${param}[unit_amount]`,
    });
  const taxRates = resolveTaxRates(account, given.tax_rates ?? [], `${param}[tax_rates]`);
  const { taxes } = taxesOn(amount, taxRates);
  return build({
    amount,
    description: given.description,
    quantity,
    unit,
    metadata: given.metadata ?? {},
    taxRates,
    taxes,
  });
}
