import type Stripe from "stripe";
import type { Account } from "../../account";
import { resourceMissing } from "../../http/errors";

/** A coupon as it is now: `valid` falls with time and with use. */
export function presentCoupon(account: Account, coupon: Stripe.Coupon): Stripe.Coupon {
  const spent = coupon.max_redemptions !== null && coupon.times_redeemed >= coupon.max_redemptions;
  const late = coupon.redeem_by !== null && account.nowUnix() > coupon.redeem_by;
  return { ...coupon, valid: !spent && !late };
}

/** A coupon by its id, valid or not. @throws StripeFailure 404 */
export function resolveCoupon(account: Account, id: string, param = "coupon"): Stripe.Coupon {
  const coupon = account.tables.coupons.get(id);
  if (!coupon) throw resourceMissing("coupon", id, param);
  return presentCoupon(account, coupon);
}
