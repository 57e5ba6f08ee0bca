import type { DiscountChoice } from "@/lib/stripe/subscriptions";

type Terms = Record<string, string | number | boolean | null>;

/** How a change's row keeps the discount that it was sent with, so that it can be sent again exactly so. */
export function discountTerms(discount: DiscountChoice | null | undefined): Terms {
  if (discount === undefined) return {};
  if (discount === null) return { discount: null };
  return "coupon" in discount
    ? { discount: `coupon:${discount.coupon}` }
    : { discount: `promotion_code:${discount.promotion_code}` };
}

/** What {@link discountTerms} kept; undefined: as it was, null: none any more. */
export function discountFrom(terms: Terms): DiscountChoice | null | undefined {
  const { discount } = terms;
  if (typeof discount !== "string") return discount === null ? null : undefined;
  const colon = discount.indexOf(":");
  const id = discount.slice(colon + 1);
  return discount.startsWith("coupon:") ? { coupon: id } : { promotion_code: id };
}
