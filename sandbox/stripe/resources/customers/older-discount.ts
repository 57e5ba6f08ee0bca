import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest } from "../../http/errors";
import { discountCustomer } from "../discounts/discounts";
import { removeDiscount } from "../discounts/remove";

interface Older {
  coupon?: string | null | undefined;
  promotion_code?: string | null | undefined;
}

/**
 * `coupon` and `promotion_code` of a customer, which only requests without a version may still give: a discount on all its
 * subscriptions and invoices. A new one replaces the old one, an empty one removes it.
 * @throws StripeFailure 400 in a newer version, and for what cannot be redeemed
 */
export function applyOlderDiscount(
  account: Account,
  customer: Stripe.Customer,
  { coupon, promotion_code: code }: Older,
  version: string | null,
): Stripe.Customer {
  if (coupon === undefined && code === undefined) return customer;
  const param = coupon === undefined ? "promotion_code" : "coupon";
  if (version !== null)
    throw invalidRequest(`Received unknown parameter: ${param}`, { code: "parameter_unknown", param });
  if (!coupon && !code) {
    if (customer.discount) removeDiscount(account, customer.discount);
    return { ...customer, discount: null };
  }
  const choice = coupon ? { coupon } : { promotion_code: code ?? undefined };
  return discountCustomer(account, customer, choice, param);
}
