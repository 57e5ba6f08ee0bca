import { and, eq, isNull } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { paymentMethods } from "@/db/schema/payment-methods";
import { rechargeRules } from "@/db/schema/recharge";
import type { TenantScope } from "@/lib/auth/scope";
import { now } from "@/lib/clock";
import { AppError, invalid } from "@/lib/errors";
import type { PaymentMethodId } from "@/lib/ids";
import { onMethodAdded } from "@/lib/recharge/method-added";
import { setDefaultMethod } from "@/lib/stripe/customers";
import { attachMethod, customerOf, detachMethod, fetchMethod } from "@/lib/stripe/payment-methods";
import { cancelWaitingSetups, createSetupIntent } from "@/lib/stripe/setup-intents";
import { ensureCustomer } from "./customer";
import { getPaymentMethod } from "./queries";
import { refuse, refuseNamed, unknownMethod } from "./refusals";
import { isBeingRemoved, mayRemove } from "./rules";
import { syncCustomerMethods } from "./sync";
import type { PaymentMethod } from "./types";

/**
 * Begins saving a method in the browser; its number goes from there to Stripe.
 * @throws AppError stripe_unavailable
 */
export async function startSetup(
  scope: TenantScope,
): Promise<{ setupIntentClientSecret: string; setupIntentId: string }> {
  const intent = await createSetupIntent(await ensureCustomer(scope.tenantId), scope.tenantId).catch(refuse);
  if (!intent.client_secret) throw new AppError("stripe_unavailable");
  return { setupIntentClientSecret: intent.client_secret, setupIntentId: intent.id };
}

/**
 * Attaches a method that was made at Stripe and belongs to nobody yet, or to this tenant already.
 * @throws AppError not_found (unknown, or another's), payment_method_declined, stripe_unavailable
 */
export async function attachPaymentMethod(scope: TenantScope, paymentMethodId: string): Promise<PaymentMethod> {
  if (!/^pm_\w{1,250}$/.test(paymentMethodId)) throw unknownMethod();
  const method = await fetchMethod(paymentMethodId).catch(refuseNamed);
  const owner = method ? customerOf(method) : null;
  const customerId = await ensureCustomer(scope.tenantId);
  if (owner && owner !== customerId) throw unknownMethod();
  const attached = owner
    ? (paymentMethodId as PaymentMethodId)
    : await attachMethod(method?.id ?? paymentMethodId, customerId).catch(refuseNamed);
  await syncCustomerMethods(scope.tenantId).catch(refuse);
  return getPaymentMethod(scope, attached);
}

/**
 * Makes a method the one that is charged where nothing else is said.
 * @throws AppError not_found, invalid_request (not verified yet), stripe_unavailable
 */
export async function setDefault(scope: TenantScope, paymentMethodId: PaymentMethodId): Promise<PaymentMethod> {
  const method = await getPaymentMethod(scope, paymentMethodId);
  if (method.status === "requires_verification")
    throw invalid("paymentMethodId", "this bank account is not verified yet");
  if (method.isDefault) return method;
  await setDefaultMethod(method.stripeCustomerId, paymentMethodId).catch(refuse);
  await syncCustomerMethods(scope.tenantId).catch(refuse);
  const changed = await getPaymentMethod(scope, paymentMethodId);
  await onMethodAdded(scope.tenantId, [changed]);
  return changed;
}

export type Removal = {
  paymentMethodId: PaymentMethodId /** The rule used this method; it charges the default now. */;
  ruleUsesDefaultNow: boolean;
};

/** Longer than the calls to Stripe of one removal can take, tried again included. */
const REMOVAL_LEASE_MS = 2 * 60_000;

/**
 * Removes a method at Stripe and here. A rule that named it falls back to the default method. Until Stripe has said that it is gone
 * the method is only lent to the removal: nobody charges it meanwhile, and it is back by itself if the process dies.
 * @throws AppError not_found, payment_method_in_use (an enabled rule would have none left to charge), stripe_unavailable
 */
export async function removePaymentMethod(scope: TenantScope, paymentMethodId: PaymentMethodId): Promise<Removal> {
  const { waits, customerId, ruleUsesDefaultNow } = await claimRemoval(scope, paymentMethodId);
  try {
    // A bank account that waits for its micro-deposits is not attached yet: the set-up is what ends.
    if (waits) await cancelWaitingSetups(customerId, paymentMethodId);
    else await detachMethod(paymentMethodId);
  } catch (error) {
    await syncCustomerMethods(scope.tenantId).catch(() => {});
    // Its answer may have been lost, or another call was faster: what Stripe lists decides.
    if (!(await giveBack(scope, paymentMethodId))) return { paymentMethodId, ruleUsesDefaultNow };
    refuse(error);
  }
  await syncCustomerMethods(scope.tenantId).catch(refuse);
  return { paymentMethodId, ruleUsesDefaultNow };
}

const liveMethod = (scope: TenantScope, paymentMethodId: PaymentMethodId) =>
  and(
    eq(paymentMethods.tenantId, scope.tenantId),
    eq(paymentMethods.paymentMethodId, paymentMethodId),
    isNull(paymentMethods.removedAt),
  );

/** Takes the method out of use under the rule's lock, so that two removals at once cannot take the last two methods. */
async function claimRemoval(scope: TenantScope, paymentMethodId: PaymentMethodId) {
  const at = now();
  return systemDb().transaction(async (tx) => {
    const [rule] = await tx
      .select()
      .from(rechargeRules)
      .where(eq(rechargeRules.tenantId, scope.tenantId))
      .for("update");
    const live = await tx
      .select()
      .from(paymentMethods)
      .where(and(eq(paymentMethods.tenantId, scope.tenantId), isNull(paymentMethods.removedAt)));
    const method = live.find((row) => row.paymentMethodId === paymentMethodId);
    if (!method) throw new AppError("not_found");
    const others = live.filter((row) => row !== method && !isBeingRemoved(row, at));
    if (!mayRemove(method, others, rule?.enabled ?? false, at)) throw new AppError("payment_method_in_use");
    await tx
      .update(paymentMethods)
      .set({ removingUntil: new Date(at.getTime() + REMOVAL_LEASE_MS) })
      .where(liveMethod(scope, paymentMethodId));
    return {
      waits: method.status === "requires_verification",
      customerId: method.stripeCustomerId,
      ruleUsesDefaultNow: rule?.paymentMethodId === paymentMethodId,
    };
  });
}

/** Ends a removal that did not happen. @returns whether the method is still there */
async function giveBack(scope: TenantScope, paymentMethodId: PaymentMethodId): Promise<boolean> {
  const back = await systemDb()
    .update(paymentMethods)
    .set({ removingUntil: null })
    .where(liveMethod(scope, paymentMethodId))
    .returning({ paymentMethodId: paymentMethods.paymentMethodId });
  return back.length > 0;
}

export { ensureCustomer } from "./customer";
export { openPortal } from "./hosted";
export { confirmSetup } from "./setup-result";
