import { eq } from "drizzle-orm";
import { withTenant } from "@/db/client";
import { tenants } from "@/db/schema/tenants";
import type { TenantScope } from "@/lib/auth/scope";
import { env } from "@/lib/env";
import { invalid } from "@/lib/errors";
import type { PaymentMethodId } from "@/lib/ids";
import { createPortalSession } from "@/lib/stripe/portal";
import { waitingSetups } from "@/lib/stripe/setup-intents";
import { ensureCustomer, requireCustomer } from "./customer";
import { refuse } from "./refusals";

/**
 * The address of Stripe's Customer Portal, good for a few minutes.
 * @param options.returnUrl where Stripe sends people back: on our own origin only; the payment methods page by default
 * @param options.locale the reader's language; the tenant's by default
 * @throws AppError invalid_request, stripe_unavailable
 */
export async function openPortal(
  scope: TenantScope,
  options: { returnUrl?: string; locale?: string } = {},
): Promise<{ url: string }> {
  const returnUrl = ownUrl(options.returnUrl ?? "/payment-methods");
  const customerId = await ensureCustomer(scope.tenantId);
  const locale = options.locale ?? (await tenantLocale(scope));
  return { url: await createPortalSession(customerId, returnUrl, locale).catch(refuse) };
}

/** Where the owner of a bank account confirms its micro-deposits, or null when it does not wait for them. */
export async function verificationLink(
  scope: TenantScope,
  paymentMethodId: PaymentMethodId,
): Promise<{ url: string; depositsArriveAt: Date } | null> {
  const setups = await waitingSetups(await requireCustomer(scope)).catch(refuse);
  const setup = setups.find((each) => each.method.id === paymentMethodId);
  return setup ? { url: setup.hostedUrl, depositsArriveAt: setup.arrivesAt } : null;
}

function ownUrl(address: string): string {
  const base = env().BILLING_URL;
  if (!URL.canParse(address, base)) throw invalid("returnUrl", "must be an address");
  const url = new URL(address, base);
  if (url.origin !== new URL(base).origin || url.username)
    throw invalid("returnUrl", `must be an address of ${new URL(base).origin}`);
  return url.href;
}

async function tenantLocale(scope: TenantScope): Promise<string> {
  const [tenant] = await withTenant(scope, (tx) =>
    tx.select({ locale: tenants.locale }).from(tenants).where(eq(tenants.tenantId, scope.tenantId)),
  );
  return tenant?.locale ?? "en";
}
