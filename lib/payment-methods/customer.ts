import { and, eq, isNull } from "drizzle-orm";
import { systemDb, withTenant } from "@/db/client";
import { tenants } from "@/db/schema/tenants";
import { systemScope, type TenantScope } from "@/lib/auth/scope";
import { AppError } from "@/lib/errors";
import type { StripeCustomerId, TenantId } from "@/lib/ids";
import { log } from "@/lib/log";
import { createCustomer } from "@/lib/stripe/customers";
import { introduceToStripe } from "@/lib/tenants/organisation";
import { refuse } from "./refusals";

/**
 * The tenant's customer at Stripe, made at first need and once: parallel calls share Stripe's idempotency key, and the
 * first to store it wins.
 * @throws AppError not_found, stripe_unavailable
 */
export async function ensureCustomer(tenantId: TenantId): Promise<StripeCustomerId> {
  const ofTenant = eq(tenants.tenantId, tenantId);
  const [tenant] = await systemDb()
    .select({ name: tenants.name, stripeCustomerId: tenants.stripeCustomerId })
    .from(tenants)
    .where(ofTenant);
  if (!tenant) throw new AppError("not_found");
  if (tenant.stripeCustomerId) return tenant.stripeCustomerId;
  const made = await createCustomer({ tenantId, name: tenant.name }).catch(refuse);
  const stored = await systemDb()
    .update(tenants)
    .set({ stripeCustomerId: made })
    .where(and(ofTenant, isNull(tenants.stripeCustomerId)))
    .returning({ stripeCustomerId: tenants.stripeCustomerId });
  if (stored.length === 0) return ensureCustomer(tenantId);
  await introduceToStripe(systemScope(tenantId), made).catch((error) =>
    log().warn({ err: error, tenantId }, "Stripe was not told the details of a new customer"),
  );
  return made;
}

/** @throws AppError not_found when the tenant never needed one, so that nothing at Stripe can be its own */
export async function requireCustomer(scope: TenantScope): Promise<StripeCustomerId> {
  const [tenant] = await withTenant(scope, (tx) =>
    tx.select({ stripeCustomerId: tenants.stripeCustomerId }).from(tenants).where(eq(tenants.tenantId, scope.tenantId)),
  );
  if (!tenant?.stripeCustomerId) throw new AppError("not_found");
  return tenant.stripeCustomerId;
}
