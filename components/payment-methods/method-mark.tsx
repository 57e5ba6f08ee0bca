import { CreditCard, Landmark } from "lucide-react";
import type { PaymentMethod } from "@/lib/payment-methods/types";

const SHORT: Record<string, string> = {
  visa: "VISA",
  mastercard: "MC",
  amex: "AMEX",
  discover: "DISC",
  diners: "DC",
  jcb: "JCB",
  unionpay: "UP",
};

/** A small plate with the brand's letters, or a sign for cards and banks without one. */
export function MethodMark({ method }: { method: Pick<PaymentMethod, "card" | "bankAccount"> }) {
  const letters = method.card ? SHORT[method.card.brand] : undefined;
  const Icon = method.bankAccount ? Landmark : CreditCard;
  return (
    <span
      aria-hidden
      className="grid h-8 w-12 shrink-0 place-items-center rounded-md border bg-sunken font-bold text-[0.625rem] text-ink-soft tracking-wider"
    >
      {letters ?? <Icon className="size-4" />}
    </span>
  );
}
