import { eq } from "drizzle-orm";
import { type Tx, withTenant } from "@/db/client";
import { branding, tenants } from "@/db/schema";
import type { BillingAddress } from "@/db/schema/payment-methods";
import { hasRole } from "@/lib/auth/roles";
import type { TenantScope } from "@/lib/auth/scope";
import { now } from "@/lib/clock";
import { AppError, invalid } from "@/lib/errors";
import type { StripeCustomerId } from "@/lib/ids";
import type { Currency } from "@/lib/money/currency";
import { updateCustomerDetails } from "@/lib/stripe/customers";
import { stripeFailure } from "@/lib/stripe/failures";
import { setCustomerTaxId, taxIdTypeOf } from "@/lib/stripe/tax-ids";
import { isTimeZone } from "./time-zones";

/** What stands on documents and what time and language the tenant has. */
export type OrganisationDetails = {
  name: string;
  legalName: string | null;
  taxId: string | null;
  address: BillingAddress | null;
  billingEmail: string | null;
  timeZone: string;
  locale: string;
};
export type Organisation = OrganisationDetails & { currency: Currency; slug: string };

async function read(tx: Tx, scope: TenantScope): Promise<Organisation & { customerId: StripeCustomerId | null }> {
  const [row] = await tx
    .select({
      name: tenants.name,
      slug: tenants.slug,
      currency: tenants.currency,
      timeZone: tenants.timeZone,
      locale: tenants.locale,
      customerId: tenants.stripeCustomerId,
      legalName: branding.legalName,
      taxId: branding.taxId,
      address: branding.address,
      billingEmail: branding.billingEmail,
    })
    .from(tenants)
    .leftJoin(branding, eq(branding.tenantId, tenants.tenantId))
    .where(eq(tenants.tenantId, scope.tenantId));
  if (!row) throw new AppError("not_found");
  return row;
}

/** The tenant's own details. */
export async function getOrganisation(scope: TenantScope): Promise<Organisation> {
  const { customerId: _, ...organisation } = await withTenant(scope, (tx) => read(tx, scope));
  return organisation;
}

/** Makes Stripe's customer say what we say. @throws AppError invalid_request (`taxId`, `address`) · stripe_unavailable */
async function tellStripe(customerId: StripeCustomerId, details: OrganisationDetails): Promise<void> {
  const type = details.taxId ? taxIdTypeOf(details.address?.country ?? null) : null;
  try {
    await setCustomerTaxId(customerId, type && details.taxId ? { type, value: details.taxId } : null);
    await updateCustomerDetails(customerId, {
      name: details.legalName ?? details.name,
      email: details.billingEmail,
      address: details.address,
      locale: details.locale,
    });
  } catch (error) {
    const failure = stripeFailure(error);
    if (failure?.code === "tax_id_invalid") throw invalid("taxId", "tax_id_invalid");
    if (failure?.kind === "invalid") throw invalid("address", "address_invalid");
    if (failure) throw new AppError("stripe_unavailable", undefined, { cause: error });
    throw error;
  }
}

/**
 * Saves the tenant's details, at Stripe first: what Stripe refuses is not saved, and saving again repairs what was cut off between.
 * @throws AppError forbidden · invalid_request · stripe_unavailable
 */
export async function saveOrganisation(scope: TenantScope, details: OrganisationDetails): Promise<void> {
  if (!hasRole(scope, "admin")) throw new AppError("forbidden");
  if (!isTimeZone(details.timeZone)) throw invalid("timeZone", "is not an IANA time zone");
  const { customerId } = await withTenant(scope, (tx) => read(tx, scope));
  if (customerId) await tellStripe(customerId, details);
  const { name, timeZone, locale, ...onDocuments } = details;
  const set = { ...onDocuments, updatedAt: now() };
  await withTenant(scope, async (tx) => {
    await tx.update(tenants).set({ name, timeZone, locale }).where(eq(tenants.tenantId, scope.tenantId));
    await tx
      .insert(branding)
      .values({ tenantId: scope.tenantId, ...set })
      .onConflictDoUpdate({ target: branding.tenantId, set });
  });
}

/** Tells Stripe about a customer that was just made. What it refuses now is said when the details are saved the next time. */
export async function introduceToStripe(scope: TenantScope, customerId: StripeCustomerId): Promise<void> {
  const organisation = await withTenant(scope, (tx) => read(tx, scope));
  if (organisation.legalName ?? organisation.taxId ?? organisation.address ?? organisation.billingEmail)
    await tellStripe(customerId, organisation);
}
