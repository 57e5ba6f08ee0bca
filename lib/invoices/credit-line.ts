import { type Currency, chargeStepOf } from "@/lib/money/currency";
import type { Minor } from "@/lib/money/minor";

export type CreditLine = "fromCredit" | "toCredit" | "fromBefore" | "toNext";

type Credited = { fromCreditMinor: Minor; totalMinor: Minor; currency: Currency };

/**
 * What the customer's balance at Stripe had to do with an invoice, so that its total and what is due add up for the reader:
 * credit paid of it, it was less than nothing and became credit, something was owed from before, or what is below the steps in
 * which the currency is charged is owed with the next one (docs.stripe.com/billing/customer/balance).
 * @returns null when it had nothing to do with it
 */
export function creditLineOf({ fromCreditMinor, totalMinor, currency }: Credited): CreditLine | null {
  if (fromCreditMinor === 0) return null;
  if (fromCreditMinor < 0) return totalMinor < 0 ? "toCredit" : "fromBefore";
  return fromCreditMinor < chargeStepOf(currency) ? "toNext" : "fromCredit";
}
