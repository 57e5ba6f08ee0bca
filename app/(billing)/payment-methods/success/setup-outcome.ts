import type { TenantScope } from "@/lib/auth/scope";
import { AppError } from "@/lib/errors";
import { confirmSetup } from "@/lib/payment-methods/commands";
import type { MethodProblem } from "@/lib/payment-methods/problems";
import { syncCustomerMethods } from "@/lib/payment-methods/sync";
import type { PaymentMethod } from "@/lib/payment-methods/types";

/** `returned`: back from Stripe's own page, which does not say what was done there. */
export type SetupOutcome =
  | { kind: "saved" | "verifying"; method: PaymentMethod | null }
  | { kind: "failed"; problem: MethodProblem }
  | { kind: "returned" | "unknown" | "unreachable" };

/** What became of the set-up that led here, asked at Stripe now and not taken from the address. @throws AppError not_found */
export async function setupOutcome(
  scope: TenantScope,
  query: { setup_intent?: string; from?: string },
): Promise<SetupOutcome> {
  try {
    if (query.setup_intent) {
      const { status, paymentMethod, error } = await confirmSetup(scope, query.setup_intent);
      if (error) return { kind: "failed", problem: error.code };
      if (status === "succeeded") return { kind: "saved", method: paymentMethod };
      if (status === "processing" || status === "requires_action") return { kind: "verifying", method: paymentMethod };
      return { kind: "failed", problem: "declined" };
    }
    if (query.from !== "portal") return { kind: "unknown" };
    await syncCustomerMethods(scope.tenantId);
    return { kind: "returned" };
  } catch (error) {
    if (error instanceof AppError && error.code === "stripe_unavailable") return { kind: "unreachable" };
    throw error;
  }
}
