import type Stripe from "stripe";
import type { Account } from "../../account";
import { unsupported } from "../../http/errors";

export { type DiscountableLine, discountLines, type LineDiscount } from "./amounts";

/** One element of a `discounts` parameter. */
export interface DiscountChoice {
  coupon?: string | undefined;
  promotion_code?: string | undefined;
  /** An existing discount, kept as it is. */
  discount?: string | undefined;
}

/** What the discount is for. The customer is known in every case, the rest only where the discount belongs to it alone. */
export interface DiscountTarget {
  customer: string | null;
  subscription?: string;
  subscription_item?: string;
  invoice?: string;
  invoice_item?: string;
  checkout_session?: string;
}

/** What is bought, for the rules of promotion codes. */
export interface Purchase {
  amountMinor: number;
  currency: string;
}

/**
 * Redeems coupons and promotion codes: stores a discount for each, counts the redemption, ends repeating ones in time.
 * @param param name of the parameter, for errors: `discounts` gives `discounts[0][coupon]`
 * @throws StripeFailure 400 for what cannot be redeemed, 404 for what is not there
 */
export function redeem(
  _account: Account,
  _choices: readonly DiscountChoice[],
  _target: DiscountTarget,
  param = "discounts",
  _purchase: Purchase | null = null,
): Stripe.Discount[] {
  throw unsupported("discounts", param);
}

/** Whether a discount still takes something off. A discount of duration `once` is taken away by `spend`. */
export function inForce(discount: Stripe.Discount, atUnix: number): boolean {
  return discount.end === null || atUnix < discount.end;
}

/**
 * To be called when an invoice with these discounts is finalized: those of duration `once` leave their customer, subscription
 * or item (`customer.discount.deleted`).
 */
export function spend(_account: Account, _discounts: readonly Stripe.Discount[]): void {}

/** Removes a discount from the customer, subscription or item it is on, and tells so. */
export function removeDiscount(_account: Account, discount: Stripe.Discount): Stripe.DeletedDiscount {
  throw unsupported("removing discounts", discount.id);
}
