import type { PaymentMethod } from "@/lib/payment-methods/types";

const BRANDS: Record<string, string> = {
  visa: "Visa",
  mastercard: "Mastercard",
  amex: "American Express",
  discover: "Discover",
  diners: "Diners Club",
  jcb: "JCB",
  unionpay: "UnionPay",
};

/** A method as people know it: `Visa •••• 4242`. Names are the same in every language. */
export function methodName(method: Pick<PaymentMethod, "type" | "card" | "bankAccount">): string {
  if (method.card) return `${BRANDS[method.card.brand] ?? method.card.brand} •••• ${method.card.last4}`;
  if (method.bankAccount) return `${method.bankAccount.bankName ?? "Bank"} •••• ${method.bankAccount.last4 ?? "····"}`;
  return method.type.replaceAll("_", " ");
}
