import type Stripe from "stripe";
import { z } from "zod";
import type { Account } from "../../account";
import { invalidRequest } from "../../http/errors";
import { clearable, decimal, integer, metadata, oneOf, strict, text, texts, textUpTo } from "../../http/parameters";
import { newId } from "../../state/ids";
import { emit } from "../../webhooks/events";
import { readCurrency } from "../pricing/currencies";
import { resolveProduct } from "../products/read";

export const currencyOptions = z.record(z.string(), strict({ amount_off: integer }));

export const creation = {
  amount_off: integer.optional(),
  applies_to: strict({ products: texts.optional() }).optional(),
  currency: text.optional(),
  currency_options: currencyOptions.optional(),
  duration: oneOf("forever", "once", "repeating").optional(),
  duration_in_months: integer.optional(),
  id: text.optional(),
  max_redemptions: integer.optional(),
  metadata: clearable(metadata).optional(),
  name: textUpTo(40).optional(),
  percent_off: decimal.optional(),
  redeem_by: integer.optional(),
};

type Given = z.output<z.ZodObject<typeof creation>>;

const FIVE_YEARS_SECONDS = 5 * 366 * 86_400;

function atLeastOne(value: number | undefined, param: string): void {
  if (value !== undefined && value < 1)
    throw invalidRequest("This value must be greater than or equal to 1.", {
      param,
      code: "parameter_invalid_integer",
    });
}

function checkOff(given: Given): void {
  if (given.amount_off !== undefined && given.percent_off !== undefined)
    throw invalidRequest("You may only specify one of these parameters: amount_off, percent_off.", {
      param: "amount_off",
    });
  if (given.amount_off === undefined && given.percent_off === undefined)
    throw invalidRequest("Must specify either `percent_off` or `amount_off`.", {
      param: "percent_off",
      code: "parameter_missing",
    });
  atLeastOne(given.amount_off, "amount_off");
  if (given.amount_off !== undefined && !given.currency)
    throw invalidRequest("You must pass currency when passing amount_off.", {
      param: "currency",
      code: "parameter_missing",
    });
  if (given.amount_off === undefined && given.currency_options)
    throw invalidRequest("`currency_options` can only be set with `amount_off`.", { param: "currency_options" });
  const percent = Number(given.percent_off ?? 1);
  if (percent <= 0 || percent > 100)
    throw invalidRequest("Invalid percent_off: must be greater than 0 and less than or equal to 100.", {
      param: "percent_off",
    });
}

function checkTime(account: Account, given: Given): void {
  if (given.duration === "repeating" && given.duration_in_months === undefined)
    throw invalidRequest("You must pass a duration_in_months when passing a repeating duration.", {
      param: "duration_in_months",
      code: "parameter_missing",
    });
  if (given.duration !== "repeating" && given.duration_in_months !== undefined)
    throw invalidRequest("You may only pass duration_in_months when passing a repeating duration.", {
      param: "duration_in_months",
    });
  atLeastOne(given.duration_in_months, "duration_in_months");
  atLeastOne(given.max_redemptions, "max_redemptions");
  if (given.redeem_by === undefined) return;
  if (given.redeem_by <= account.nowUnix())
    throw invalidRequest("`redeem_by` must be in the future.", { param: "redeem_by" });
  if (given.redeem_by > account.nowUnix() + FIVE_YEARS_SECONDS)
    throw invalidRequest("`redeem_by` cannot be more than five years in the future.", { param: "redeem_by" });
}

/** Amounts by currency, the coupon's own included; null for a percentage. */
export function readOptions(
  given: z.output<typeof currencyOptions> | undefined,
): Record<string, Stripe.Coupon.CurrencyOptions> {
  return Object.fromEntries(
    Object.entries(given ?? {}).map(([code, option]) => {
      atLeastOne(option.amount_off, `currency_options[${code}][amount_off]`);
      return [readCurrency(code, `currency_options[${code}]`), option];
    }),
  );
}

/** `POST /v1/coupons`. @throws StripeFailure 400, also when the id is taken; 404 for a product */
export function createCoupon(account: Account, given: Given): Stripe.Coupon {
  checkOff(given);
  checkTime(account, given);
  const id = given.id ?? newId("c").slice(2, 10);
  if (account.tables.coupons.get(id))
    throw invalidRequest("Coupon already exists.", { code: "resource_already_exists", param: "id" });
  const products = given.applies_to?.products?.map(
    (product, at) => resolveProduct(account, product, `applies_to[products][${at}]`).id,
  );
  const currency = given.currency && given.amount_off !== undefined ? readCurrency(given.currency) : null;
  account.tables.couponTerms.put({
    id,
    products: products?.length ? products : null,
    currencyOptions:
      currency === null
        ? null
        : { ...readOptions(given.currency_options), [currency]: { amount_off: given.amount_off ?? 0 } },
  });
  const coupon = account.tables.coupons.put({
    id,
    object: "coupon",
    amount_off: given.amount_off ?? null,
    created: account.nowUnix(),
    currency,
    duration: given.duration ?? "once",
    duration_in_months: given.duration_in_months ?? null,
    livemode: false,
    max_redemptions: given.max_redemptions ?? null,
    metadata: given.metadata ?? {},
    name: given.name ?? null,
    percent_off: given.percent_off === undefined ? null : Number(given.percent_off),
    redeem_by: given.redeem_by ?? null,
    times_redeemed: 0,
    valid: true,
  } satisfies Stripe.Coupon);
  emit(account, "coupon.created", coupon);
  return coupon;
}
