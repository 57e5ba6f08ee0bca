import { and, desc, eq } from "drizzle-orm";
import { withTenant } from "@/db/client";
import { subscriptionChanges } from "@/db/schema";
import type { TenantScope } from "@/lib/auth/scope";
import { invariant } from "@/lib/errors";
import { syncInvoice } from "@/lib/invoices/sync";
import { invoiceClientSecret } from "@/lib/stripe/invoices";
import { getSubscription, type Subscription } from "./queries";
import { refuseChange } from "./refusals";
import { syncSubscription } from "./sync";

export type FirstPayment = {
  subscription: Subscription;
  /** What the browser finishes the payment by; null: there is nothing to finish. */
  clientSecret: string | null;
  /** The method that the bank asked about. */
  paymentMethodId: string | null;
};

async function creationOf(scope: TenantScope, subscription: Subscription) {
  const [change] = await withTenant(scope, (tx) =>
    tx
      .select({ stripeInvoiceId: subscriptionChanges.stripeInvoiceId, terms: subscriptionChanges.terms })
      .from(subscriptionChanges)
      .where(
        and(
          eq(subscriptionChanges.tenantId, scope.tenantId),
          eq(subscriptionChanges.subscriptionId, subscription.subscriptionId),
          eq(subscriptionChanges.kind, "create"),
        ),
      )
      .orderBy(desc(subscriptionChanges.createdAt))
      .limit(1),
  );
  return change;
}

/** The first payment of a subscription that waits for its customer. @throws AppError not_found · stripe_unavailable */
export async function getFirstPayment(scope: TenantScope, subscriptionId: string): Promise<FirstPayment> {
  const subscription = await getSubscription(scope, subscriptionId);
  if (subscription.status !== "incomplete") return { subscription, clientSecret: null, paymentMethodId: null };
  const creation = await creationOf(scope, subscription);
  const { paymentMethodId } = creation?.terms ?? {};
  return {
    subscription,
    clientSecret: creation?.stripeInvoiceId
      ? await invoiceClientSecret(creation.stripeInvoiceId).catch(refuseChange)
      : null,
    paymentMethodId: typeof paymentMethodId === "string" ? paymentMethodId : null,
  };
}

/** The browser has finished: asks Stripe what became of it. @throws AppError not_found · stripe_unavailable */
export async function afterFirstPayment(scope: TenantScope, subscriptionId: string): Promise<Subscription> {
  const subscription = await getSubscription(scope, subscriptionId);
  const { stripeSubscriptionId } = subscription;
  if (subscription.status !== "incomplete" || !stripeSubscriptionId) return subscription;
  const creation = await creationOf(scope, subscription);
  invariant(creation, "a subscription was created by a change");
  await syncSubscription(stripeSubscriptionId).catch(refuseChange);
  if (creation.stripeInvoiceId) await syncInvoice(creation.stripeInvoiceId).catch(refuseChange);
  return getSubscription(scope, subscriptionId);
}
