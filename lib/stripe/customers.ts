import type Stripe from "stripe";
import type { BillingAddress } from "@/db/schema/payment-methods";
import type { PaymentMethodId, StripeCustomerId, TenantId } from "@/lib/ids";
import { stripe } from "./client";

/** @param tenant a paying organisation, which is one customer at Stripe */
export function customerParams(tenant: { tenantId: TenantId; name: string }): Stripe.CustomerCreateParams {
  return { name: tenant.name, metadata: { tenantId: tenant.tenantId } };
}

/** Makes the tenant's customer. Two calls at once, or one that lost its answer, end in the same customer (key kept for 24 h). */
export async function createCustomer(tenant: { tenantId: TenantId; name: string }): Promise<StripeCustomerId> {
  const customer = await stripe().customers.create(customerParams(tenant), {
    idempotencyKey: `customer:${tenant.tenantId}`,
    // A parallel call with this key is told to come back: worth more patience than usual.
    maxNetworkRetries: 3,
  });
  return customer.id as StripeCustomerId;
}

/** @returns null when the customer was deleted at Stripe */
export async function fetchCustomer(customerId: StripeCustomerId): Promise<Stripe.Customer | null> {
  const customer = await stripe().customers.retrieve(customerId);
  return customer.deleted ? null : customer;
}

/** The method Stripe's own pages and invoices use when nothing else is said. */
export function defaultMethodOf(customer: Stripe.Customer): PaymentMethodId | null {
  const method = customer.invoice_settings.default_payment_method;
  return ((typeof method === "string" ? method : method?.id) ?? null) as PaymentMethodId | null;
}

export async function setDefaultMethod(customerId: StripeCustomerId, paymentMethodId: PaymentMethodId): Promise<void> {
  await stripe().customers.update(customerId, { invoice_settings: { default_payment_method: paymentMethodId } });
}

export type CustomerDetails = {
  name: string;
  email: string | null;
  address: BillingAddress | null;
  locale: string;
};

/** What Stripe's invoices, receipts and mails say about the customer. Empty text takes away what was there. */
export function customerDetailsParams({ name, email, address, locale }: CustomerDetails): Stripe.CustomerUpdateParams {
  return {
    name,
    email: email ?? "",
    preferred_locales: [locale],
    address: address?.line1
      ? {
          line1: address.line1,
          line2: address.line2 ?? "",
          city: address.city ?? "",
          state: address.state ?? "",
          postal_code: address.postalCode ?? "",
          country: address.country ?? "",
        }
      : "",
  };
}

export async function updateCustomerDetails(customerId: StripeCustomerId, details: CustomerDetails): Promise<void> {
  await stripe().customers.update(customerId, customerDetailsParams(details));
}
