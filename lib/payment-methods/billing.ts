import type { BillingAddress } from "@/db/schema/payment-methods";
import type { TenantScope } from "@/lib/auth/scope";
import { invalid } from "@/lib/errors";
import type { PaymentMethodId } from "@/lib/ids";
import { saveRule } from "@/lib/recharge/rule";
import { updateBilling } from "@/lib/stripe/payment-methods";
import { getPaymentMethod } from "./queries";
import { refuse } from "./refusals";
import { syncCustomerMethods } from "./sync";
import type { PaymentMethod } from "./types";

export type BillingChange = { name?: string; address?: BillingAddress };

/**
 * Changes the name and address that the bank knows of a method.
 * @throws AppError not_found · invalid_request · stripe_unavailable
 */
export async function changeBilling(
  scope: TenantScope,
  paymentMethodId: PaymentMethodId,
  change: BillingChange,
): Promise<PaymentMethod> {
  const method = await getPaymentMethod(scope, paymentMethodId);
  if (method.status === "requires_verification")
    throw invalid("paymentMethodId", "this bank account is not verified yet");
  await updateBilling(paymentMethodId, change).catch(refuse);
  await syncCustomerMethods(scope.tenantId).catch(refuse);
  return getPaymentMethod(scope, paymentMethodId);
}

/**
 * Makes a method the one that is tried once when the first one is declined, or takes that back.
 * @throws AppError not_found · invalid_request
 */
export async function setBackup(
  scope: TenantScope,
  paymentMethodId: PaymentMethodId,
  isBackup: boolean,
): Promise<PaymentMethod> {
  const method = await getPaymentMethod(scope, paymentMethodId);
  if (isBackup && method.isDefault) throw invalid("paymentMethodId", "is the default: the backup is another one");
  if (isBackup !== method.isBackup) await saveRule(scope, { backupPaymentMethodId: isBackup ? paymentMethodId : null });
  return getPaymentMethod(scope, paymentMethodId);
}
