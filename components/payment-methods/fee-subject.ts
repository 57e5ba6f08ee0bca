import type { FeeSubject } from "@/lib/money/fees";
import type { PaymentMethod } from "@/lib/payment-methods/types";

/** What the fee may depend on, of a method; null while there is none. */
export const feeSubject = (method: Pick<PaymentMethod, "type" | "card"> | undefined): FeeSubject | null =>
  method ? { type: method.type, funding: method.card?.funding ?? null, country: method.card?.country ?? null } : null;
