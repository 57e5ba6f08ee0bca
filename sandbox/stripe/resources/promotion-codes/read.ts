import type Stripe from "stripe";
import type { Account } from "../../account";
import { resourceMissing } from "../../http/errors";
import { idOf } from "../../state/ids";
import { presentCoupon } from "../coupons/read";

/** Whether somebody could redeem it now, as far as its own limits and its coupon go. */
export function isRedeemable(account: Account, code: Stripe.PromotionCode): boolean {
  const coupon = account.tables.coupons.get(idOf(code.promotion.coupon) ?? "");
  const spent = code.max_redemptions !== null && code.times_redeemed >= code.max_redemptions;
  const late = code.expires_at !== null && account.nowUnix() > code.expires_at;
  return coupon !== undefined && presentCoupon(account, coupon).valid && !spent && !late;
}

/** A promotion code as it is now: `active` falls with its time, its use and its coupon. */
export function presentPromotionCode(account: Account, code: Stripe.PromotionCode): Stripe.PromotionCode {
  return { ...code, active: code.active && isRedeemable(account, code) };
}

/** A promotion code by its id, active or not. @throws StripeFailure 404 */
export function resolvePromotionCode(account: Account, id: string, param = "promotion_code"): Stripe.PromotionCode {
  const code = account.tables.promotionCodes.get(id);
  if (!code) throw resourceMissing("promotion code", id, param);
  return presentPromotionCode(account, code);
}

/** An active code by what the customer types, in any case; a code for the customer alone comes first. */
export function findActiveCode(account: Account, typed: string, customer: string | null): Stripe.PromotionCode | null {
  const wanted = typed.trim().toLowerCase();
  const found = [...account.tables.promotionCodes.oldestFirst()]
    .map((code) => presentPromotionCode(account, code))
    .filter((code) => code.active && code.code.toLowerCase() === wanted);
  return (
    found.find((code) => code.customer !== null && code.customer === customer) ??
    found.find((code) => code.customer === null) ??
    null
  );
}
