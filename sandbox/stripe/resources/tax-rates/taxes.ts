import type Stripe from "stripe";
import { divideHalfUp, exact, ONE } from "../pricing/decimal";

const HUNDRED = 100n * ONE;

export interface Taxes {
  taxes: Stripe.InvoiceLineItem.Tax[];
  /** Added to the amount, minor units. */
  exclusiveMinor: number;
  /** Contained in the amount, minor units. */
  inclusiveMinor: number;
}

/**
 * Taxes on one line, each rate rounded by itself. Inclusive rates are taken out of the amount together; exclusive rates are
 * counted on what is left.
 * @param amountMinor after discounts; negative for a credit
 * @param exemption the customer's `tax_exempt`: exempt customers pay none, but the rates stay on the line
 * @see https://docs.stripe.com/billing/taxes/tax-rates
 */
export function taxesOn(
  amountMinor: number,
  rates: readonly Stripe.TaxRate[],
  exemption: Stripe.Customer.TaxExempt | null = "none",
): Taxes {
  const exempt = exemption === "exempt" || exemption === "reverse";
  const amount = BigInt(amountMinor);
  const inclusivePercent = rates
    .filter((rate) => rate.inclusive)
    .reduce((sum, rate) => sum + exact(rate.percentage), 0n);
  const taxOf = (rate: Stripe.TaxRate, base: bigint, whole: bigint) =>
    exempt ? 0 : Number(divideHalfUp(base * exact(rate.percentage), whole));
  const inclusive = rates.map((rate) => (rate.inclusive ? taxOf(rate, amount, HUNDRED + inclusivePercent) : 0));
  const inclusiveMinor = inclusive.reduce((sum, tax) => sum + tax, 0);
  const net = amount - BigInt(inclusiveMinor);
  const taxes = rates.map((rate, at): Stripe.InvoiceLineItem.Tax => {
    return {
      amount: rate.inclusive ? (inclusive[at] ?? 0) : taxOf(rate, net, HUNDRED),
      tax_behavior: rate.inclusive ? "inclusive" : "exclusive",
      tax_rate_details: { tax_rate: rate.id },
      taxability_reason: exemption === "reverse" ? "reverse_charge" : exempt ? "customer_exempt" : "not_available",
      taxable_amount: exempt ? 0 : Number(net),
      type: "tax_rate_details",
    };
  });
  const exclusiveMinor = taxes.reduce((sum, tax) => sum + (tax.tax_behavior === "exclusive" ? tax.amount : 0), 0);
  return { taxes, exclusiveMinor, inclusiveMinor };
}
