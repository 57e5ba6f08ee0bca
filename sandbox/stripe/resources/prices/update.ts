import type Stripe from "stripe";
import type { z } from "zod";
import type { Account } from "../../account";
import { invalidRequest } from "../../http/errors";
import { boolean, clearable, clearableText, metadata } from "../../http/parameters";
import { idOf } from "../../state/ids";
import { mergeMetadata } from "../../state/metadata";
import { emit } from "../../webhooks/events";
import { readCurrency } from "../pricing/currencies";
import { readAmounts } from "./amounts";
import { claimLookupKey } from "./lookup-key";
import { currencyOptions, taxBehavior } from "./parameters";
import { planOf } from "./plan";

/** What may still change: never an amount, a currency or an interval. */
export const changes = {
  active: boolean.optional(),
  currency_options: clearable(currencyOptions).optional(),
  lookup_key: clearableText.optional(),
  metadata: clearable(metadata).optional(),
  nickname: clearableText.optional(),
  tax_behavior: taxBehavior.optional(),
  transfer_lookup_key: boolean.optional(),
};

type Changes = z.output<z.ZodObject<typeof changes>>;

function refuse(account: Account, price: Stripe.Price, given: Changes): void {
  const product = account.tables.products.get(idOf(price.product) ?? "");
  if (given.active === false && product?.default_price === price.id)
    throw invalidRequest("This price cannot be archived because it is the default price of its product.", {
      param: "active",
    });
  const settled = price.tax_behavior === "inclusive" || price.tax_behavior === "exclusive";
  if (given.tax_behavior && settled && given.tax_behavior !== price.tax_behavior)
    throw invalidRequest(
      `The tax behavior of a price cannot be changed once it is set to inclusive or exclusive. This price is ${price.tax_behavior}.`,
      { param: "tax_behavior" },
    );
}

function updateOptions(account: Account, price: Stripe.Price, given: Changes["currency_options"]): void {
  const terms = account.tables.priceTerms.get(price.id);
  if (!terms || given === undefined) return;
  const tiered = price.billing_scheme === "tiered";
  const own = terms.currencyOptions[price.currency];
  const options = Object.entries(given ?? {}).map(([code, option]) => {
    const currency = readCurrency(code, `currency_options[${code}]`);
    if (currency === price.currency)
      throw invalidRequest("The amounts of a price's own currency cannot be changed.", {
        param: `currency_options[${code}]`,
      });
    return [currency, readAmounts(option, tiered, `currency_options[${code}]`)] as const;
  });
  const kept = given === null ? (own ? { [price.currency]: own } : {}) : terms.currencyOptions;
  account.tables.priceTerms.put({ ...terms, currencyOptions: { ...kept, ...Object.fromEntries(options) } });
}

/**
 * `POST /v1/prices/:id`.
 * @param before the price as it was, when the caller has changed something already
 * @throws StripeFailure 400
 */
export function updatePrice(
  account: Account,
  price: Stripe.Price,
  given: Changes,
  before: Stripe.Price = price,
): Stripe.Price {
  refuse(account, price, given);
  updateOptions(account, price, given.currency_options);
  if (given.lookup_key) claimLookupKey(account, price.id, given.lookup_key, given.transfer_lookup_key ?? false);
  const updated = account.tables.prices.put({
    ...price,
    active: given.active ?? price.active,
    lookup_key: given.lookup_key === undefined ? price.lookup_key : given.lookup_key,
    metadata: mergeMetadata(price.metadata, given.metadata),
    nickname: given.nickname === undefined ? price.nickname : given.nickname,
    tax_behavior: given.tax_behavior ?? price.tax_behavior,
  });
  const plan = planOf(updated);
  if (plan) emit(account, "plan.updated", plan, planOf(before) ?? undefined);
  emit(account, "price.updated", updated, before);
  return updated;
}
