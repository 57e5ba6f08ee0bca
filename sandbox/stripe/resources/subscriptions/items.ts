import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest, resourceMissing } from "../../http/errors";
import { newId } from "../../state/ids";
import { mergeMetadata } from "../../state/metadata";
import { redeem } from "../discounts/discounts";
import { createInlinePrice } from "../prices/create";
import { planOf } from "../prices/plan";
import { resolvePrice } from "../prices/read";
import { optionsIn } from "../prices/terms";
import { resolveTaxRates } from "../tax-rates/read";
import type { ChangedItem, NewItem } from "./parameters";
import { isMetered } from "./terms";

const MOST_ITEMS = 20;

/** The price an item names or brings along; null when it says nothing of one. @throws StripeFailure 400, 404 */
export function chosenPrice(account: Account, given: ChangedItem, param: string): Stripe.Price | null {
  if (given.price && given.price_data)
    throw invalidRequest(`You may only specify one of these parameters: ${param}[price], ${param}[price_data].`, {
      param,
    });
  if (given.price_data) return createInlinePrice(account, given.price_data, `${param}[price_data]`);
  if (!given.price) return null;
  const price = resolvePrice(account, given.price, `${param}[price]`);
  if (!price.active)
    throw invalidRequest("The price specified is inactive. This field only accepts active prices.", {
      param: `${param}[price]`,
    });
  if (!price.recurring)
    throw invalidRequest(
      "The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.",
      { param: `${param}[price]` },
    );
  return price;
}

function quantityOf(price: Stripe.Price, given: number | undefined, param: string): { quantity?: number } {
  if (!isMetered(price)) {
    if (given !== undefined && given < 0)
      throw invalidRequest("This value must be greater than or equal to 0.", {
        code: "parameter_invalid_integer",
        param: `${param}[quantity]`,
      });
    return { quantity: given ?? 1 };
  }
  if (given === undefined) return {};
  throw invalidRequest(
    `Quantity should not be specified where usage_type is \`metered\`. Remove quantity from \`${param}\``,
    { param: `${param}[quantity]` },
  );
}

interface Owner {
  id: string;
  customer: string;
  currency: string;
}

/** Discounts redeemed for an item; undefined leaves what there is. */
function discountsOf(
  account: Account,
  given: ChangedItem,
  owner: Owner,
  item: string,
  param: string,
): string[] | undefined {
  if (given.discounts === undefined) return undefined;
  const target = { customer: owner.customer, subscription: owner.id, subscription_item: item };
  return redeem(account, given.discounts ?? [], target, `${param}[discounts]`).map(({ id }) => id);
}

/** A new item without a period yet. @throws StripeFailure 400, 404 */
export function newItem(account: Account, given: NewItem, owner: Owner, param: string): Stripe.SubscriptionItem {
  const price = chosenPrice(account, given, param);
  if (!price)
    throw invalidRequest(`Missing required param: ${param}[price].`, {
      code: "parameter_missing",
      param: `${param}[price]`,
    });
  optionsIn(account, price, owner.currency);
  const id = newId("si").slice(0, 17);
  return {
    id,
    object: "subscription_item",
    billing_thresholds: null,
    created: account.nowUnix(),
    current_period_end: 0,
    current_period_start: 0,
    current_trial: null,
    discounts: discountsOf(account, given, owner, id, param) ?? [],
    metadata: mergeMetadata(null, given.metadata),
    plan: planOf(price) as Stripe.Plan,
    price,
    ...quantityOf(price, given.quantity, param),
    subscription: owner.id,
    tax_rates: resolveTaxRates(account, given.tax_rates ?? [], `${param}[tax_rates]`),
  } satisfies Stripe.SubscriptionItem;
}

/** An item after a change; a new price starts with a quantity of one. @throws StripeFailure 400, 404 */
export function changedItem(
  account: Account,
  item: Stripe.SubscriptionItem,
  given: ChangedItem,
  owner: Owner,
  param: string,
): Stripe.SubscriptionItem {
  const price = chosenPrice(account, given, param) ?? item.price;
  optionsIn(account, price, owner.currency);
  const { quantity: before, ...rest } = item;
  const kept = price.id === item.price.id ? before : undefined;
  return {
    ...rest,
    discounts: discountsOf(account, given, owner, item.id, param) ?? item.discounts,
    metadata: mergeMetadata(item.metadata, given.metadata),
    plan: planOf(price) as Stripe.Plan,
    price,
    ...quantityOf(price, given.quantity ?? kept, param),
    tax_rates:
      given.tax_rates === undefined
        ? item.tax_rates
        : resolveTaxRates(account, given.tax_rates ?? [], `${param}[tax_rates]`),
  };
}

/** The items of a subscription after a change. @throws StripeFailure 400, 404 */
export function changedItems(
  account: Account,
  items: readonly Stripe.SubscriptionItem[],
  given: readonly ChangedItem[],
  owner: Owner,
): Stripe.SubscriptionItem[] {
  const result = new Map(items.map((item) => [item.id, item]));
  for (const [at, change] of given.entries()) {
    const param = `items[${at}]`;
    const { id, deleted, metadata, ...rest } = change;
    if (!id) {
      const added = newItem(account, { ...rest, ...(metadata && { metadata }) }, owner, param);
      result.set(added.id, added);
      continue;
    }
    const item = result.get(id);
    if (!item) throw resourceMissing("subscription_item", id, `${param}[id]`);
    if (deleted) result.delete(id);
    else result.set(id, changedItem(account, item, change, owner, param));
  }
  const all = [...result.values()];
  checkItems(all);
  return all;
}

/** @throws StripeFailure 400 for no items, too many, or the same price twice */
export function checkItems(items: readonly Stripe.SubscriptionItem[]): void {
  if (items.length === 0)
    throw invalidRequest("A subscription must have at least one active plan. You can only update items or cancel it.", {
      param: "items",
    });
  if (items.length > MOST_ITEMS)
    throw invalidRequest(`You cannot have more than ${MOST_ITEMS} items in a subscription.`, { param: "items" });
  const prices = items.map(({ price }) => price.id);
  const twice = prices.find((id, at) => prices.indexOf(id) !== at);
  if (twice)
    throw invalidRequest(`Cannot add multiple subscription items with the same plan: ${twice}`, { param: "items" });
}
