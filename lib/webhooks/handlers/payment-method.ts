import { eq } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { paymentMethods, tenants } from "@/db/schema";
import type { PaymentMethodId, StripeCustomerId, TenantId } from "@/lib/ids";
import { syncCustomerMethods } from "@/lib/payment-methods/sync";
import type { StoredEvent } from "../inbox";

/** A detached method names no customer any more; our mirror knows whose it was. */
async function tenantOf(event: StoredEvent): Promise<TenantId | null> {
  if (event.tenantId) return event.tenantId;
  if (event.stripeCustomerId) {
    const [row] = await systemDb()
      .select({ tenantId: tenants.tenantId })
      .from(tenants)
      .where(eq(tenants.stripeCustomerId, event.stripeCustomerId as StripeCustomerId));
    if (row) return row.tenantId;
  }
  if (!event.objectId?.startsWith("pm_")) return null;
  const [row] = await systemDb()
    .select({ tenantId: paymentMethods.tenantId })
    .from(paymentMethods)
    .where(eq(paymentMethods.paymentMethodId, event.objectId as PaymentMethodId));
  return row?.tenantId ?? null;
}

/** Whatever changed about a customer's methods, the whole list is fetched and our rows made equal to it. */
export async function onPaymentMethods(event: StoredEvent): Promise<TenantId | null> {
  const tenantId = await tenantOf(event);
  if (tenantId) await syncCustomerMethods(tenantId);
  return tenantId;
}
