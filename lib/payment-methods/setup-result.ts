import type { TenantScope } from "@/lib/auth/scope";
import { AppError } from "@/lib/errors";
import type { PaymentMethodId } from "@/lib/ids";
import { customerOf } from "@/lib/stripe/payment-methods";
import { fetchSetupIntent } from "@/lib/stripe/setup-intents";
import { requireCustomer } from "./customer";
import { type MethodProblem, PROBLEM_SENTENCES, problemOf } from "./problems";
import { listPaymentMethods } from "./queries";
import { refuse } from "./refusals";
import { syncCustomerMethods } from "./sync";
import type { PaymentMethod } from "./types";

export type SetupResult = {
  /** Stripe's: `succeeded`, `processing`, `requires_action` (micro-deposits or 3-D Secure are open), `requires_payment_method`, `canceled` … */
  status: string;
  paymentMethod: PaymentMethod | null;
  error: { code: MethodProblem; message: string } | null;
};

/**
 * What became of a set-up, asked at Stripe now, after making our rows equal.
 * @throws AppError not_found (unknown, or another tenant's), stripe_unavailable
 */
export async function confirmSetup(scope: TenantScope, setupIntentId: string): Promise<SetupResult> {
  if (!/^seti_\w{1,250}$/.test(setupIntentId)) throw new AppError("not_found");
  const customerId = await requireCustomer(scope);
  const intent = await fetchSetupIntent(setupIntentId).catch(refuse);
  if (customerOf(intent) !== customerId) throw new AppError("not_found");
  await syncCustomerMethods(scope.tenantId).catch(refuse);
  const id = typeof intent.payment_method === "string" ? intent.payment_method : intent.payment_method?.id;
  const methods = await listPaymentMethods(scope);
  const failed = intent.status === "succeeded" ? null : intent.last_setup_error;
  const problem = failed ? problemOf({ code: failed.code, declineCode: failed.decline_code }) : null;
  return {
    status: intent.status,
    paymentMethod: methods.find((method) => method.paymentMethodId === (id as PaymentMethodId | undefined)) ?? null,
    error: problem ? { code: problem, message: PROBLEM_SENTENCES[problem] } : null,
  };
}
