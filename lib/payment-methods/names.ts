import type { BankDetails, CardDetails } from "@/db/schema/payment-methods";

const BRANDS: Record<string, string> = {
  visa: "Visa",
  mastercard: "Mastercard",
  amex: "American Express",
  discover: "Discover",
  diners: "Diners Club",
  jcb: "JCB",
  unionpay: "UnionPay",
};

/** `Visa •••• 4242`, `STRIPE TEST BANK •••• 6789`; null where there is nothing to recognise it by. The same in every language. */
export function methodName(method: { card: CardDetails | null; bankAccount: BankDetails | null }): string | null {
  if (method.card) return `${BRANDS[method.card.brand] ?? method.card.brand} •••• ${method.card.last4}`;
  const { bankName, last4 } = method.bankAccount ?? {};
  return bankName && last4 ? `${bankName} •••• ${last4}` : (bankName ?? null);
}
