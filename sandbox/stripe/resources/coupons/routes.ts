import type Stripe from "stripe";
import { invalidRequest } from "../../http/errors";
import { created, matchesCreated, pageOf, pagination } from "../../http/pages";
import { clearable, metadata, textUpTo } from "../../http/parameters";
import { route } from "../../http/route";
import { mergeMetadata } from "../../state/metadata";
import { emit } from "../../webhooks/events";
import { createCoupon, creation, currencyOptions, readOptions } from "./create";
import { presentCoupon, resolveCoupon } from "./read";

export const couponRoutes = [
  route("POST /v1/coupons", { parameters: creation, handle: createCoupon }),
  route("GET /v1/coupons/:id", {
    handle: (account, _, call) => resolveCoupon(account, call.path.id ?? ""),
  }),
  route("POST /v1/coupons/:id", {
    parameters: {
      currency_options: currencyOptions.optional(),
      metadata: clearable(metadata).optional(),
      name: clearable(textUpTo(40)).optional(),
    },
    handle(account, given, call) {
      const coupon = resolveCoupon(account, call.path.id ?? "");
      const terms = account.tables.couponTerms.get(coupon.id);
      if (given.currency_options && terms) {
        if (!terms.currencyOptions)
          throw invalidRequest("`currency_options` can only be set on a coupon with `amount_off`.", {
            param: "currency_options",
          });
        const added = readOptions(given.currency_options);
        if (coupon.currency && added[coupon.currency])
          throw invalidRequest("The amount of a coupon's own currency cannot be changed.", {
            param: `currency_options[${coupon.currency}]`,
          });
        account.tables.couponTerms.put({ ...terms, currencyOptions: { ...terms.currencyOptions, ...added } });
      }
      const updated = account.tables.coupons.put({
        ...coupon,
        metadata: mergeMetadata(coupon.metadata, given.metadata),
        name: given.name === undefined ? coupon.name : given.name,
      });
      emit(account, "coupon.updated", updated, coupon);
      return updated;
    },
  }),
  // Discounts that were given with it stay: they keep its terms, and still show it.
  route("DELETE /v1/coupons/:id", {
    handle(account, _, call) {
      const coupon = resolveCoupon(account, call.path.id ?? "");
      account.tables.coupons.delete(coupon.id);
      account.tables.couponTerms.delete(coupon.id);
      account.tables.deletedCoupons.put({ ...coupon, valid: false });
      emit(account, "coupon.deleted", { ...coupon, valid: false });
      return { id: coupon.id, object: "coupon", deleted: true } satisfies Stripe.DeletedCoupon;
    },
  }),
  route("GET /v1/coupons", {
    parameters: { ...pagination, created },
    handle(account, given) {
      const page = pageOf(account.tables.coupons, given, "/v1/coupons", (row) =>
        matchesCreated(given.created, row.created),
      );
      return { ...page, data: page.data.map((row) => presentCoupon(account, row)) };
    },
  }),
];
