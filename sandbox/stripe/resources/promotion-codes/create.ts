import { randomBytes } from "node:crypto";
import type Stripe from "stripe";
import { z } from "zod";
import type { Account } from "../../account";
import { invalidRequest } from "../../http/errors";
import { boolean, integer, metadata, oneOf, strict, text } from "../../http/parameters";
import { newId } from "../../state/ids";
import { emit } from "../../webhooks/events";
import { resolveCoupon } from "../coupons/read";
import { resolveCustomer } from "../payment-methods/attach";
import { readCurrency } from "../pricing/currencies";
import { presentPromotionCode } from "./read";

export const currencyOptions = z.record(z.string(), strict({ minimum_amount: integer.optional() }));

export const creation = {
  active: boolean.optional(),
  code: text.optional(),
  /** What older versions call `promotion[coupon]`. */
  coupon: text.optional(),
  customer: text.optional(),
  expires_at: integer.optional(),
  max_redemptions: integer.optional(),
  metadata: metadata.optional(),
  promotion: strict({ coupon: text.optional(), type: oneOf("coupon") }).optional(),
  restrictions: strict({
    currency_options: currencyOptions.optional(),
    first_time_transaction: boolean.optional(),
    minimum_amount: integer.optional(),
    minimum_amount_currency: text.optional(),
  }).optional(),
};

type Given = z.output<z.ZodObject<typeof creation>>;

function couponOf(account: Account, given: Given, version: string | null): Stripe.Coupon {
  const older = version === null;
  if (given.coupon && !older)
    throw invalidRequest("Received unknown parameter: coupon", { code: "parameter_unknown", param: "coupon" });
  const [id, param] = given.promotion ? [given.promotion.coupon, "promotion[coupon]"] : [given.coupon, "coupon"];
  if (!id) {
    const missing = older ? "coupon" : given.promotion ? "promotion[coupon]" : "promotion";
    throw invalidRequest(`Missing required param: ${missing}.`, { code: "parameter_missing", param: missing });
  }
  const coupon = resolveCoupon(account, id, param);
  if (!coupon.valid)
    throw invalidRequest(`The coupon ${id} is no longer valid, so no promotion code can be made for it.`, { param });
  return coupon;
}

function readCode(account: Account, given: Given): string {
  const code = given.code ?? randomBytes(4).toString("hex").toUpperCase();
  if (!/^[a-z0-9-]+$/i.test(code))
    throw invalidRequest("Promotion codes can only contain the characters a-z, A-Z, 0-9 and -.", { param: "code" });
  for (const row of account.tables.promotionCodes.oldestFirst()) {
    const same = row.code.toLowerCase() === code.toLowerCase() && row.customer === (given.customer ?? null);
    if (same && presentPromotionCode(account, row).active)
      throw invalidRequest(`An active promotion code with \`code: ${code}\` already exists.`, {
        param: "code",
        code: "resource_already_exists",
      });
  }
  return code;
}

function checkLimits(account: Account, given: Given, coupon: Stripe.Coupon): void {
  const { expires_at: expiry, max_redemptions: most, restrictions } = given;
  if (expiry !== undefined && expiry <= account.nowUnix())
    throw invalidRequest("`expires_at` must be in the future.", { param: "expires_at" });
  if (expiry !== undefined && coupon.redeem_by !== null && expiry > coupon.redeem_by)
    throw invalidRequest("`expires_at` cannot be after the coupon's `redeem_by`.", { param: "expires_at" });
  if (most !== undefined && most < 1)
    throw invalidRequest("This value must be greater than or equal to 1.", {
      param: "max_redemptions",
      code: "parameter_invalid_integer",
    });
  if (most !== undefined && coupon.max_redemptions !== null && most > coupon.max_redemptions)
    throw invalidRequest("`max_redemptions` cannot be greater than the coupon's `max_redemptions`.", {
      param: "max_redemptions",
    });
  if ((restrictions?.minimum_amount === undefined) !== (restrictions?.minimum_amount_currency === undefined))
    throw invalidRequest("`minimum_amount` and `minimum_amount_currency` must be passed together.", {
      param: "restrictions[minimum_amount]",
    });
}

/** Smallest amounts by currency, minor units. */
export function readMinimums(given: z.output<typeof currencyOptions> | undefined) {
  return Object.fromEntries(
    Object.entries(given ?? {}).map(([code, option]) => [
      readCurrency(code, `restrictions[currency_options][${code}]`),
      { minimum_amount: option.minimum_amount ?? 0 },
    ]),
  );
}

/**
 * `POST /v1/promotion_codes`.
 * @param version of the request; older ones say `coupon`
 * @throws StripeFailure 400, also when the code is taken; 404 for its coupon or customer
 */
export function createPromotionCode(account: Account, given: Given, version: string | null): Stripe.PromotionCode {
  const coupon = couponOf(account, given, version);
  const customer = given.customer ? resolveCustomer(account, given.customer).id : null;
  checkLimits(account, given, coupon);
  const { restrictions } = given;
  const minimumCurrency = restrictions?.minimum_amount_currency
    ? readCurrency(restrictions.minimum_amount_currency, "restrictions[minimum_amount_currency]")
    : null;
  const id = newId("promo");
  account.tables.promotionTerms.put({
    id,
    minimums: {
      ...readMinimums(restrictions?.currency_options),
      ...(minimumCurrency && { [minimumCurrency]: { minimum_amount: restrictions?.minimum_amount ?? 0 } }),
    },
  });
  const code = account.tables.promotionCodes.put({
    id,
    object: "promotion_code",
    active: given.active ?? true,
    code: readCode(account, given),
    created: account.nowUnix(),
    customer,
    customer_account: null,
    expires_at: given.expires_at ?? coupon.redeem_by,
    livemode: false,
    max_redemptions: given.max_redemptions ?? null,
    metadata: given.metadata ?? {},
    promotion: { coupon: coupon.id, type: "coupon" },
    restrictions: {
      first_time_transaction: restrictions?.first_time_transaction ?? false,
      minimum_amount: restrictions?.minimum_amount ?? null,
      minimum_amount_currency: minimumCurrency,
    },
    times_redeemed: 0,
  } satisfies Stripe.PromotionCode);
  emit(account, "promotion_code.created", code);
  return code;
}
