import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest, resourceMissing } from "../../http/errors";
import { idOf, newId } from "../../state/ids";
import { schedule } from "../../time/work";
import { emit } from "../../webhooks/events";
import { addMonths } from "../periods/calendar";
import { type Purchase, redeemableCode, redeemableCoupon } from "./eligibility";

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

/** Discounts of customers and subscriptions are told of; those of one invoice are not. */
function isAnnounced(discount: Stripe.Discount): boolean {
  return discount.invoice === null && discount.invoice_item === null && discount.checkout_session === null;
}

function countRedemption(account: Account, coupon: Stripe.Coupon, code: Stripe.PromotionCode | null): void {
  const { coupons, promotionCodes } = account.tables;
  coupons.put({ ...coupon, times_redeemed: coupon.times_redeemed + 1 });
  if (code) promotionCodes.put({ ...code, times_redeemed: code.times_redeemed + 1 });
}

/** Stores the discount that a coupon gives, with the coupon's terms as they are now. */
function store(
  account: Account,
  coupon: Stripe.Coupon,
  code: Stripe.PromotionCode | null,
  target: DiscountTarget,
): Stripe.Discount {
  const { tables } = account;
  const id = newId("di");
  const start = account.nowUnix();
  const lasting = target.invoice === undefined && target.invoice_item === undefined;
  const end =
    lasting && coupon.duration === "repeating" && coupon.duration_in_months !== null
      ? addMonths(start, coupon.duration_in_months)
      : null;
  const terms = tables.couponTerms.get(coupon.id);
  tables.discountTerms.put({
    id,
    coupon,
    products: terms?.products ?? null,
    amounts:
      terms?.currencyOptions == null
        ? null
        : Object.fromEntries(Object.entries(terms.currencyOptions).map(([code, option]) => [code, option.amount_off])),
  });
  const discount = tables.discounts.put({
    id,
    object: "discount",
    checkout_session: target.checkout_session ?? null,
    customer: target.customer,
    customer_account: null,
    end,
    invoice: target.invoice ?? null,
    invoice_item: target.invoice_item ?? null,
    promotion_code: code?.id ?? null,
    source: { coupon: coupon.id, type: "coupon" },
    start,
    subscription: target.subscription ?? null,
    subscription_item: target.subscription_item ?? null,
  } satisfies Stripe.Discount);
  if (end !== null) schedule(account, "discount_ends", id, end * 1000);
  return discount;
}

function redeemOne(
  account: Account,
  choice: DiscountChoice,
  target: DiscountTarget,
  param: string,
  purchase: Purchase | null,
): Stripe.Discount {
  if (choice.discount) {
    const kept = account.tables.discounts.get(choice.discount);
    if (!kept || (target.customer !== null && idOf(kept.customer) !== target.customer))
      throw resourceMissing("discount", choice.discount, `${param}[discount]`);
    return kept;
  }
  if (choice.coupon && choice.promotion_code)
    throw invalidRequest("You may only specify one of these parameters: coupon, promotion_code.", { param });
  const code = choice.promotion_code
    ? redeemableCode(account, choice.promotion_code, target.customer, `${param}[promotion_code]`, purchase)
    : null;
  const couponId = code ? idOf(code.promotion.coupon) : choice.coupon;
  if (!couponId)
    throw invalidRequest(`Missing required param: ${param}[coupon].`, {
      code: "parameter_missing",
      param: `${param}[coupon]`,
    });
  const coupon = redeemableCoupon(account, couponId, `${param}[${code ? "promotion_code" : "coupon"}]`, purchase);
  countRedemption(account, coupon, code);
  return store(account, coupon, code, target);
}

/**
 * Redeems coupons and promotion codes: stores a discount for each and counts the redemption. The caller keeps their ids where
 * they belong (`subscription.discounts` …).
 * @param param name of the parameter, for errors: `discounts` gives `discounts[0][coupon]`
 * @param purchase what is bought, where a minimum amount or the currency matters
 * @throws StripeFailure 400 for what cannot be redeemed, 404 for what is not there
 */
export function redeem(
  account: Account,
  choices: readonly DiscountChoice[],
  target: DiscountTarget,
  param = "discounts",
  purchase: Purchase | null = null,
): Stripe.Discount[] {
  return choices.map((choice, at) => {
    const discount = redeemOne(account, choice, target, `${param}[${at}]`, purchase);
    if (!choice.discount && isAnnounced(discount)) emit(account, "customer.discount.created", discount);
    return discount;
  });
}

/**
 * Gives a customer a discount on all its subscriptions and invoices. One that it had is replaced.
 * @param param name of the parameter, for errors
 * @throws StripeFailure 400, 404 as `redeem`
 */
export function discountCustomer(
  account: Account,
  customer: Stripe.Customer,
  choice: DiscountChoice,
  param: string,
): Stripe.Customer {
  const before = customer.discount ?? null;
  const discount = redeemOne(account, choice, { customer: customer.id }, param, null);
  if (before) emit(account, "customer.discount.updated", discount, before);
  else emit(account, "customer.discount.created", discount);
  return account.tables.customers.put({ ...customer, discount });
}

/** Whether a discount still takes something off. A discount of duration `once` is taken away by `spend`. */
export function inForce(discount: Stripe.Discount, atUnix: number): boolean {
  return discount.end === null || atUnix < discount.end;
}
