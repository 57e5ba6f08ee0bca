import type { TenantScope } from "@/lib/auth/scope";
import { AppError, invalid } from "@/lib/errors";
import type { PaymentMethodId } from "@/lib/ids";
import { stripeFailure } from "@/lib/stripe/failures";
import { type DepositProof, verifyDeposits, waitingSetups } from "@/lib/stripe/setup-intents";
import { requireCustomer } from "./customer";
import { getPaymentMethod } from "./queries";
import { refuse } from "./refusals";
import { syncCustomerMethods } from "./sync";
import type { PaymentMethod } from "./types";

/**
 * Proves that a bank account is the customer's by its two small deposits, or by the code beside them.
 * @throws AppError not_found (it does not wait for them) · invalid_request (they are others, or too late) · stripe_unavailable
 */
export async function verifyMethod(
  scope: TenantScope,
  paymentMethodId: PaymentMethodId,
  proof: DepositProof,
): Promise<PaymentMethod> {
  const setups = await waitingSetups(await requireCustomer(scope)).catch(refuse);
  const setup = setups.find((each) => each.method.id === paymentMethodId);
  if (!setup) throw new AppError("not_found", "This payment method does not wait for deposits");
  const wrong = await verifyDeposits(setup.setupIntentId, proof).then(
    () => null,
    (error: unknown) => (stripeFailure(error)?.kind === "invalid" && error instanceof Error ? error : refuse(error)),
  );
  // Too many guesses end it: the row has to follow in either case.
  await syncCustomerMethods(scope.tenantId).catch(refuse);
  if (wrong) throw invalid("amounts" in proof ? "amounts" : "descriptorCode", wrong.message);
  return getPaymentMethod(scope, paymentMethodId);
}
