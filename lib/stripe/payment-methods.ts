import type Stripe from "stripe";
import type { BillingAddress } from "@/db/schema/payment-methods";
import type { PaymentMethodId, StripeCustomerId } from "@/lib/ids";
import { stripe } from "./client";
import { stripeFailure } from "./failures";

/** Cards, bank accounts and whatever else is attached to the customer. */
export async function listMethods(customerId: StripeCustomerId): Promise<Stripe.PaymentMethod[]> {
  const methods: Stripe.PaymentMethod[] = [];
  for await (const method of stripe().customers.listPaymentMethods(customerId, { limit: 100 })) methods.push(method);
  return methods;
}

/** @returns null when there is no such method to fetch; test literals such as `pm_card_visa` exist only for attaching */
export async function fetchMethod(paymentMethodId: string): Promise<Stripe.PaymentMethod | null> {
  return stripe()
    .paymentMethods.retrieve(paymentMethodId)
    .catch((error: unknown) => {
      if (stripeFailure(error)?.kind === "missing") return null;
      throw error;
    });
}

/** Whose method it is, or null when it is attached to nobody. */
export function customerOf(object: {
  customer: string | Stripe.Customer | Stripe.DeletedCustomer | null;
}): StripeCustomerId | null {
  const customer = object.customer;
  return ((typeof customer === "string" ? customer : customer?.id) ?? null) as StripeCustomerId | null;
}

export async function attachMethod(paymentMethodId: string, customerId: StripeCustomerId): Promise<PaymentMethodId> {
  const method = await stripe().paymentMethods.attach(paymentMethodId, { customer: customerId });
  return method.id as PaymentMethodId;
}

export async function detachMethod(paymentMethodId: PaymentMethodId): Promise<void> {
  await stripe().paymentMethods.detach(paymentMethodId);
}

/** Changes what is given of a method's billing details; an empty part is cleared. */
export async function updateBilling(
  paymentMethodId: PaymentMethodId,
  change: { name?: string; address?: BillingAddress },
): Promise<void> {
  const { name, address } = change;
  await stripe().paymentMethods.update(paymentMethodId, {
    billing_details: {
      ...(name !== undefined && { name }),
      ...(address && {
        address: {
          line1: address.line1 ?? "",
          line2: address.line2 ?? "",
          city: address.city ?? "",
          state: address.state ?? "",
          postal_code: address.postalCode ?? "",
          country: address.country ?? "",
        },
      }),
    },
  });
}
