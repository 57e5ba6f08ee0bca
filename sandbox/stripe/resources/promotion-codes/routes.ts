import { invalidRequest } from "../../http/errors";
import { created, matchesCreated, pageOf, pagination } from "../../http/pages";
import { boolean, clearable, metadata, strict, text } from "../../http/parameters";
import { route } from "../../http/route";
import { mergeMetadata } from "../../state/metadata";
import { emit } from "../../webhooks/events";
import { knownCustomer } from "../payment-methods/attach";
import { createPromotionCode, creation, currencyOptions, readMinimums } from "./create";
import { isRedeemable, presentPromotionCode, resolvePromotionCode } from "./read";

export const promotionCodeRoutes = [
  route("POST /v1/promotion_codes", {
    parameters: creation,
    unsupported: ["customer_account"],
    handle: (account, given, call) => createPromotionCode(account, given, call.version),
  }),
  route("GET /v1/promotion_codes/:id", {
    handle: (account, _, call) => resolvePromotionCode(account, call.path.id ?? ""),
  }),
  route("POST /v1/promotion_codes/:id", {
    parameters: {
      active: boolean.optional(),
      metadata: clearable(metadata).optional(),
      restrictions: strict({ currency_options: currencyOptions.optional() }).optional(),
    },
    handle(account, given, call) {
      const code = resolvePromotionCode(account, call.path.id ?? "");
      if (given.active && !isRedeemable(account, code))
        throw invalidRequest("This promotion code cannot be reactivated because it is no longer redeemable.", {
          param: "active",
        });
      const terms = account.tables.promotionTerms.get(code.id);
      if (terms && given.restrictions?.currency_options)
        account.tables.promotionTerms.put({
          ...terms,
          minimums: { ...terms.minimums, ...readMinimums(given.restrictions.currency_options) },
        });
      const updated = account.tables.promotionCodes.put({
        ...code,
        active: given.active ?? code.active,
        metadata: mergeMetadata(code.metadata, given.metadata),
      });
      emit(account, "promotion_code.updated", updated, code);
      return updated;
    },
  }),
  route("GET /v1/promotion_codes", {
    parameters: {
      ...pagination,
      active: boolean.optional(),
      code: text.optional(),
      coupon: text.optional(),
      created,
      customer: text.optional(),
    },
    unsupported: ["customer_account"],
    handle(account, given) {
      knownCustomer(account, given.customer);
      const page = pageOf(
        account.tables.promotionCodes,
        given,
        "/v1/promotion_codes",
        (row) =>
          (given.active === undefined || presentPromotionCode(account, row).active === given.active) &&
          (!given.code || row.code.toLowerCase() === given.code.toLowerCase()) &&
          (!given.coupon || row.promotion.coupon === given.coupon) &&
          matchesCreated(given.created, row.created) &&
          (!given.customer || row.customer === given.customer),
      );
      return { ...page, data: page.data.map((row) => presentPromotionCode(account, row)) };
    },
  }),
];
