import { withTenant } from "@/db/client";
import type { TenantScope } from "@/lib/auth/scope";
import { AppError } from "@/lib/errors";
import { type Minor, ZERO } from "@/lib/money/minor";
import type { Transaction } from "./queries";
import { mostOf } from "./refund";

export type RefundOffer = {
  /** The most that can be given back now; zero: nothing. */
  mostMinor: Minor;
  /** A charge is under way, and how much is unused is not known until it is done. */
  waits: boolean;
};

/** What can be given back of a transaction now; null: it is none that is ever given back. */
export async function refundOffer(scope: TenantScope, payment: Transaction): Promise<RefundOffer | null> {
  if (payment.type !== "payment" || payment.status !== "succeeded" || !payment.stripePaymentIntentId) return null;
  try {
    const mostMinor = await withTenant(scope, (tx) => mostOf(tx, { ...payment, tenantId: scope.tenantId }));
    return { mostMinor, waits: false };
  } catch (error) {
    if (error instanceof AppError && error.code === "recharge_in_progress") return { mostMinor: ZERO, waits: true };
    throw error;
  }
}
