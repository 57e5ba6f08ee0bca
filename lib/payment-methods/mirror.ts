import type Stripe from "stripe";
import type { paymentMethods } from "@/db/schema/payment-methods";
import type { PaymentMethodId, StripeCustomerId, TenantId } from "@/lib/ids";
import { isExpired } from "./rules";

/** What is mirrored of a method: what Stripe knows of it. */
export type Mirrored = Omit<typeof paymentMethods.$inferSelect, "isDefault" | "removingUntil">;

/**
 * Stripe's object as our row, but for `isDefault` and what is going on here.
 * @param owner.waits the account's micro-deposits are not confirmed yet
 */
export function toRow(
  method: Stripe.PaymentMethod,
  owner: { tenantId: TenantId; stripeCustomerId: StripeCustomerId; waits: boolean },
  at: Date,
): Mirrored {
  const { card, us_bank_account: bank, billing_details: billing } = method;
  const cardDetails = card
    ? {
        brand: card.brand,
        last4: card.last4,
        expMonth: card.exp_month,
        expYear: card.exp_year,
        funding: card.funding,
        country: card.country,
      }
    : null;
  return {
    tenantId: owner.tenantId,
    paymentMethodId: method.id as PaymentMethodId,
    stripeCustomerId: owner.stripeCustomerId,
    type: method.type,
    card: cardDetails,
    bankAccount: bank ? { bankName: bank.bank_name, last4: bank.last4, accountType: bank.account_type } : null,
    billingName: billing.name,
    billingAddress: toAddress(billing.address),
    fingerprint: card?.fingerprint ?? bank?.fingerprint ?? null,
    status: owner.waits
      ? "requires_verification"
      : isExpired(cardDetails, at)
        ? "expired"
        : bank?.status_details?.blocked
          ? "failing"
          : "active",
    createdAt: new Date(method.created * 1000),
    removedAt: null,
  };
}

function toAddress(address: Stripe.Address | null): Mirrored["billingAddress"] {
  if (!address || Object.values(address).every((part) => !part)) return null;
  const { line1, line2, city, state, postal_code: postalCode, country } = address;
  return { line1, line2, city, state, postalCode, country };
}
