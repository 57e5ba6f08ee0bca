import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest } from "../../http/errors";
import { resolveCoupon } from "../coupons/read";
import { resolvePromotionCode } from "../promotion-codes/read";

/** What is bought, for the rules of coupons and promotion codes. */
export interface Purchase {
  amountMinor: number;
  currency: string;
}

/** A coupon that may still be redeemed. @throws StripeFailure 400 when it is spent or late, 404 */
export function redeemableCoupon(
  account: Account,
  id: string,
  param: string,
  purchase: Purchase | null,
): Stripe.Coupon {
  const coupon = resolveCoupon(account, id, param);
  if (!coupon.valid) {
    const late = coupon.redeem_by !== null && account.nowUnix() > coupon.redeem_by;
    throw invalidRequest(late ? `Coupon expired: ${id}` : `Coupon ${id} is used up and cannot be applied.`, {
      code: "coupon_expired",
      param,
    });
  }
  const amounts = account.tables.couponTerms.get(id)?.currencyOptions;
  if (purchase && amounts && !amounts[purchase.currency])
    throw invalidRequest(
      `The coupon ${id} is in ${coupon.currency} and has no amount in ${purchase.currency}, so it cannot be applied.`,
      { param },
    );
  return coupon;
}

/** Stripe counts successful charges and every finalized invoice, paid or not; drafts and voided ones do not count. */
function hasBought(account: Account, customer: string): boolean {
  for (const charge of account.tables.charges.whose("customer", customer).oldestFirst())
    if (charge.status === "succeeded") return true;
  for (const invoice of account.tables.invoices.whose("customer", customer).oldestFirst())
    if (invoice.status === "open" || invoice.status === "paid" || invoice.status === "uncollectible") return true;
  return false;
}

/**
 * A promotion code that this customer may redeem for this purchase.
 * @throws StripeFailure 400 with the reason, 404
 */
export function redeemableCode(
  account: Account,
  id: string,
  customer: string | null,
  param: string,
  purchase: Purchase | null,
): Stripe.PromotionCode {
  const code = resolvePromotionCode(account, id, param);
  const refuse = (reason: string) =>
    invalidRequest(`This promotion code cannot be redeemed because ${reason}.`, { param });
  if (!code.active) {
    const late = code.expires_at !== null && account.nowUnix() > code.expires_at;
    throw late ? refuse("it has expired") : refuse("it is inactive");
  }
  if (code.customer !== null && code.customer !== customer) throw refuse("it belongs to a different customer");
  if (code.restrictions.first_time_transaction && customer !== null && hasBought(account, customer))
    throw refuse("the associated customer has prior transactions");
  const minimums = account.tables.promotionTerms.get(id)?.minimums ?? {};
  if (purchase && Object.keys(minimums).length > 0) {
    const minimum = minimums[purchase.currency]?.minimum_amount;
    if (minimum === undefined) throw refuse(`it has no minimum amount in ${purchase.currency}`);
    if (purchase.amountMinor < minimum) throw refuse("the minimum amount required was not met");
  }
  return code;
}
