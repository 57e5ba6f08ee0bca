import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest } from "../../http/errors";
import { newId } from "../../state/ids";
import { emit } from "../../webhooks/events";
import { readCurrency } from "../pricing/currencies";
import { createProduct } from "../products/create";
import { resolveProduct } from "../products/read";
import { readAmounts } from "./amounts";
import { claimLookupKey } from "./lookup-key";
import type { InlinePrice, PriceInput } from "./parameters";
import { planOf } from "./plan";
import { readRecurring } from "./recurring";

function refuseContradictions(given: PriceInput, tiered: boolean): void {
  if (tiered && !given.tiers_mode)
    throw invalidRequest("Missing required param: tiers_mode.", { param: "tiers_mode", code: "parameter_missing" });
  if (!tiered && given.tiers_mode)
    throw invalidRequest("`tiers_mode` can only be set when `billing_scheme` is `tiered`.", { param: "tiers_mode" });
  if (tiered && !given.recurring)
    throw invalidRequest("Tiered prices must be recurring. Pass `recurring`.", { param: "billing_scheme" });
  if (tiered && given.transform_quantity)
    throw invalidRequest("`transform_quantity` cannot be combined with `tiers`.", { param: "transform_quantity" });
  if (given.transform_quantity && given.transform_quantity.divide_by < 1)
    throw invalidRequest("This value must be greater than or equal to 1.", {
      param: "transform_quantity[divide_by]",
      code: "parameter_invalid_integer",
    });
  if (given.custom_unit_amount?.enabled && given.recurring)
    throw invalidRequest("`custom_unit_amount` can only be used with one-time prices.", {
      param: "custom_unit_amount",
    });
}

function productOf(account: Account, given: PriceInput): string {
  if (given.product && given.product_data)
    throw invalidRequest("You may only specify one of these parameters: product, product_data.", { param: "product" });
  if (given.product_data) return createProduct(account, given.product_data).id;
  if (given.product) return resolveProduct(account, given.product, "product").id;
  throw invalidRequest("You must specify either `product` or `product_data` when creating a price.", {
    param: "product",
    code: "parameter_missing",
  });
}

/** Tells of a price, and of the plan that every recurring price also is. */
function announce(account: Account, price: Stripe.Price): void {
  const plan = planOf(price);
  if (plan) emit(account, "plan.created", plan);
  emit(account, "price.created", price);
}

/**
 * `POST /v1/prices`.
 * @param version of the request's API, null for an old one
 * @param id for a plan that names its own
 * @throws StripeFailure 400, 404 for its product or meter
 */
export function createPrice(
  account: Account,
  given: PriceInput,
  version: string | null,
  { inline = false, id = newId("price") }: { inline?: boolean; id?: string } = {},
): Stripe.Price {
  const currency = readCurrency(given.currency);
  const tiered = given.billing_scheme === "tiered";
  refuseContradictions(given, tiered);
  const own = readAmounts(given, tiered);
  const others = Object.entries(given.currency_options ?? {}).map(([code, option]) => {
    const name = readCurrency(code, `currency_options[${code}]`);
    return [name, readAmounts(option, tiered, `currency_options[${code}]`)] as const;
  });
  const recurring = given.recurring ? readRecurring(account, given.recurring, version) : null;
  const product = productOf(account, given);
  if (given.lookup_key) claimLookupKey(account, id, given.lookup_key, given.transfer_lookup_key ?? false);
  account.tables.priceTerms.put({
    id,
    tiers: own.tiers ?? null,
    currencyOptions: { ...Object.fromEntries(others), [currency]: own },
    inline,
  });
  const price = account.tables.prices.put({
    id,
    object: "price",
    active: inline ? false : (given.active ?? true),
    billing_scheme: given.billing_scheme ?? "per_unit",
    created: account.nowUnix(),
    currency,
    custom_unit_amount: own.custom_unit_amount,
    livemode: false,
    lookup_key: given.lookup_key ?? null,
    metadata: given.metadata ?? {},
    nickname: given.nickname ?? null,
    product,
    recurring,
    tax_behavior: own.tax_behavior,
    tiers_mode: given.tiers_mode ?? null,
    transform_quantity: given.transform_quantity ?? null,
    type: recurring ? "recurring" : "one_time",
    unit_amount: own.unit_amount,
    unit_amount_decimal: own.unit_amount_decimal,
  } satisfies Stripe.Price);
  announce(account, price);
  return price;
}

/**
 * A price given in place (`price_data`): inactive, in no list; so is a product given with it.
 * @param param name of the parameter, for errors
 * @throws StripeFailure 400, 404 for its product
 */
export function createInlinePrice(account: Account, data: InlinePrice, param = "price_data"): Stripe.Price {
  const { product, product_data: productData, ...rest } = data;
  if (product && productData)
    throw invalidRequest(`You may only specify one of these parameters: ${param}[product], ${param}[product_data].`, {
      param,
    });
  if (product && !resolveProduct(account, product, `${param}[product]`).active)
    throw invalidRequest(
      `The product ${product} is marked as inactive. If you wish to use this product, activate it first.`,
      { param: `${param}[product]` },
    );
  const owner = productData ? createProduct(account, { ...productData, active: false }).id : product;
  if (!owner)
    throw invalidRequest(`Missing required param: ${param}[product].`, {
      param: `${param}[product]`,
      code: "parameter_missing",
    });
  return createPrice(account, { ...rest, product: owner }, null, { inline: true });
}
