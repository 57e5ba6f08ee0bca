import type Stripe from "stripe";
import type { Account } from "../../account";
import { balanceFor } from "../customer-balance/apply";
import { discountLines, type LineDiscount } from "../discounts/amounts";
import { chargeStep, leastCharge } from "../payment-intents/build";
import { taxesOn } from "../tax-rates/taxes";
import type { HeldLine } from "./book";

/** What the totals of an invoice are made from. */
export interface TotalsInput {
  currency: string;
  lines: readonly HeldLine[];
  /** Of the whole invoice, in their order; only those in force. */
  discounts: readonly Stripe.Discount[];
  defaultTaxRates: readonly Stripe.TaxRate[];
  taxExempt: Stripe.Customer.TaxExempt | null;
}

/** What discounts, credits and taxes make of one line, minor units. */
export interface LineAmounts {
  discounts: LineDiscount[];
  taxes: Stripe.InvoiceLineItem.Tax[];
}

export interface Totals {
  lines: LineAmounts[];
  members: Pick<
    Stripe.Invoice,
    | "subtotal"
    | "subtotal_excluding_tax"
    | "total"
    | "total_discount_amounts"
    | "total_excluding_tax"
    | "total_pretax_credit_amounts"
    | "total_taxes"
  >;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** One entry per discount, in the order of their first use. */
function perDiscount(discounts: readonly LineDiscount[]): Stripe.Invoice.TotalDiscountAmount[] {
  const amounts = new Map<string, number>();
  for (const { discount, amountMinor } of discounts) amounts.set(discount, (amounts.get(discount) ?? 0) + amountMinor);
  return [...amounts].map(([discount, amount]) => ({ amount, discount }));
}

function perRate(taxes: readonly Stripe.InvoiceLineItem.Tax[]): Stripe.Invoice.TotalTax[] {
  const rates = new Map<string, Stripe.Invoice.TotalTax>();
  for (const tax of taxes) {
    const key = `${tax.tax_rate_details?.tax_rate} ${tax.tax_behavior} ${tax.taxability_reason}`;
    const so = rates.get(key);
    rates.set(key, {
      ...tax,
      amount: (so?.amount ?? 0) + tax.amount,
      taxable_amount: (so?.taxable_amount ?? 0) + (tax.taxable_amount ?? 0),
    });
  }
  return [...rates.values()];
}

/**
 * The one formula of every invoice, be it a draft, a preview or finalised: total = Σ lines − discounts − credits + exclusive
 * tax. A line's own discounts come before those of the invoice; tax is counted, line by line, on what is left.
 * @see https://docs.stripe.com/invoicing/taxes#discounts
 */
export function computeTotals(account: Account, input: TotalsInput): Totals {
  const { currency, lines } = input;
  const ofLine = (line: HeldLine, amountMinor: number) => ({
    amountMinor,
    product: line.pricing.product,
    discountable: line.discountable,
  });
  const own = lines.map((line) => {
    const discounts = line.discounts.flatMap((id) => account.tables.discounts.get(id) ?? []);
    return discountLines(account, discounts, [ofLine(line, line.amountMinor)], currency)[0] ?? [];
  });
  const afterOwn = lines.map((line, at) => line.amountMinor - sum((own[at] ?? []).map((part) => part.amountMinor)));
  const common = discountLines(
    account,
    input.discounts,
    lines.map((line, at) => ofLine(line, afterOwn[at] ?? 0)),
    currency,
  );
  const worked = lines.map((line, at) => {
    const discounts = [...(own[at] ?? []), ...(common[at] ?? [])];
    const creditMinor = sum(line.credits.map((credit) => credit.amountMinor));
    const netMinor = line.amountMinor - sum(discounts.map((part) => part.amountMinor)) - creditMinor;
    const rates = line.taxRates.length > 0 ? line.taxRates : input.defaultTaxRates;
    const beforeCommon = taxesOn(afterOwn[at] ?? 0, rates, input.taxExempt).inclusiveMinor;
    return { discounts, netMinor, beforeCommon, ...taxesOn(netMinor, rates, input.taxExempt) };
  });
  const subtotal = sum(afterOwn);
  const total = sum(worked.map((line) => line.netMinor + line.exclusiveMinor));
  const discounts = perDiscount(worked.flatMap((line) => line.discounts));
  const credits = lines.flatMap((line) => line.credits);
  return {
    lines: worked.map(({ discounts, taxes }) => ({ discounts, taxes })),
    members: {
      subtotal,
      subtotal_excluding_tax: subtotal - sum(worked.map((line) => line.beforeCommon)),
      total,
      total_discount_amounts: discounts,
      total_excluding_tax: total - sum(worked.map((line) => line.exclusiveMinor + line.inclusiveMinor)),
      total_pretax_credit_amounts: [
        ...discounts.map(({ amount, discount }) => ({ amount, discount, type: "discount" as const })),
        ...credits.map(({ transaction, amountMinor }) => ({
          amount: amountMinor,
          credit_balance_transaction: transaction,
          type: "credit_balance_transaction" as const,
        })),
      ],
      total_taxes: perRate(worked.flatMap((line) => line.taxes)),
    },
  };
}

/** What is left to pay after the customer's balance, minor units. */
export interface Due {
  dueMinor: number;
  /** What the balance paid; negative when it was owed from before. */
  appliedMinor: number;
  /** Too little to charge, or less than the steps in which the currency is charged: it is owed with the next invoice instead. */
  postponedMinor: number;
  endingBalanceMinor: number;
}

/** @param balanceMinor the customer's: negative is a credit. @see https://docs.stripe.com/billing/customer/balance */
export function amountDue(totalMinor: number, balanceMinor: number, currency: string): Due {
  const appliedMinor = balanceFor(balanceMinor, totalMinor);
  const leftMinor = totalMinor - appliedMinor;
  const postponedMinor = leftMinor < leastCharge(currency) ? leftMinor : leftMinor % chargeStep(currency);
  return {
    dueMinor: leftMinor - postponedMinor,
    appliedMinor,
    postponedMinor,
    endingBalanceMinor: balanceMinor + appliedMinor + postponedMinor,
  };
}
