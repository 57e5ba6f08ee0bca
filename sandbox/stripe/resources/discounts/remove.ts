import type Stripe from "stripe";
import type { Account } from "../../account";
import { idOf } from "../../state/ids";
import { emit } from "../../webhooks/events";

/** Takes a discount off whatever holds it. */
function detach(account: Account, discount: Stripe.Discount): void {
  const { customers, subscriptions } = account.tables;
  const others = <T extends string | { id: string }>(held: T[]) => held.filter((one) => idOf(one) !== discount.id);
  const customer = customers.get(idOf(discount.customer) ?? "");
  if (customer && !customer.deleted && customer.discount?.id === discount.id)
    customers.put({ ...customer, discount: null });
  const subscription = subscriptions.get(discount.subscription ?? "");
  if (subscription)
    subscriptions.put({
      ...subscription,
      discounts: others(subscription.discounts),
      items: {
        ...subscription.items,
        data: subscription.items.data.map((item) => ({ ...item, discounts: others(item.discounts) })),
      },
    });
}

/** Removes a discount from the customer, subscription or item it is on, and tells so. */
export function removeDiscount(account: Account, discount: Stripe.Discount): Stripe.DeletedDiscount {
  detach(account, discount);
  const { end: _end, deleted: _deleted, ...rest } = discount;
  emit(account, "customer.discount.deleted", discount);
  return { ...rest, deleted: true };
}

/** Those of the discounts held before that are not kept end, and are told of. @param kept ids */
export function dropDiscounts(
  account: Account,
  before: readonly (string | Stripe.Discount)[],
  kept: readonly string[],
): void {
  for (const held of before) {
    const discount = account.tables.discounts.get(idOf(held) ?? "");
    if (discount && !kept.includes(discount.id)) removeDiscount(account, discount);
  }
}

/** A repeating discount has come to its end. */
export function endDiscount(account: Account, id: string): void {
  const discount = account.tables.discounts.get(id);
  if (discount && isHeld(account, discount)) removeDiscount(account, discount);
}

function isHeld(account: Account, discount: Stripe.Discount): boolean {
  const { customers, subscriptions } = account.tables;
  const customer = customers.get(idOf(discount.customer) ?? "");
  if (customer && !customer.deleted && customer.discount?.id === discount.id) return true;
  const subscription = subscriptions.get(discount.subscription ?? "");
  const holders = subscription ? [subscription, ...subscription.items.data] : [];
  return holders.some((holder) => holder.discounts.some((one) => idOf(one) === discount.id));
}

/**
 * To be called when an invoice with these discounts is finalized: those of duration `once` leave their customer, subscription
 * or item (`customer.discount.deleted`). What is not held any more is left alone.
 */
export function spend(account: Account, discounts: readonly Stripe.Discount[]): void {
  for (const discount of discounts) {
    const once = account.tables.discountTerms.get(discount.id)?.coupon.duration === "once";
    if (once && isHeld(account, discount)) removeDiscount(account, discount);
  }
}
