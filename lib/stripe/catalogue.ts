import Stripe from "stripe";
import type { BillingCycle } from "@/db/schema/subscriptions";
import type { Currency } from "@/lib/money/currency";
import { type Minor, toMinor } from "@/lib/money/minor";
import { stripe } from "./client";

export type CatalogueProduct = { productId: string; name: string };
export type CataloguePrice = {
  lookupKey: string;
  productId: string;
  currency: Currency;
  cycle: BillingCycle;
  amountMinor: Minor;
  /** The price that had the lookup key before. */
  replaces: string | null;
};

const INTERVALS: Record<BillingCycle, "month" | "year"> = { monthly: "month", yearly: "year" };

/** What a lookup key finds at a time. */
const KEYS_PER_REQUEST = 10;

/** Makes sure that a product of our catalogue is at Stripe under its own id and name. @throws Stripe's errors */
export async function ensureProduct({ productId, name }: CatalogueProduct): Promise<void> {
  try {
    const product = await stripe().products.retrieve(productId);
    if (product.name !== name || !product.active) await stripe().products.update(productId, { name, active: true });
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError) || error.code !== "resource_missing") throw error;
    await stripe().products.create({ id: productId, name }, { idempotencyKey: `product:${productId}` });
  }
}

export type FoundPrice = { priceId: string; amountMinor: Minor | null; isActive: boolean };

/** Prices by lookup key, archived ones included. @throws Stripe's errors */
export async function findPrices(lookupKeys: string[]): Promise<Map<string, FoundPrice>> {
  const found = new Map<string, FoundPrice>();
  for (let at = 0; at < lookupKeys.length; at += KEYS_PER_REQUEST) {
    const keys = lookupKeys.slice(at, at + KEYS_PER_REQUEST);
    // One list has only what is on sale, or only what is not.
    const [onSale, archived] = await Promise.all(
      [true, false].map((active) => stripe().prices.list({ lookup_keys: keys, active, limit: 100 })),
    );
    for (const price of [...(archived?.data ?? []), ...(onSale?.data ?? [])])
      if (price.lookup_key)
        found.set(price.lookup_key, {
          priceId: price.id,
          amountMinor: price.unit_amount === null ? null : toMinor(price.unit_amount),
          isActive: price.active,
        });
  }
  return found;
}

/** Puts an archived price on sale again. @throws Stripe's errors */
export async function activatePrice(priceId: string): Promise<void> {
  await stripe().prices.update(priceId, { active: true });
}

/**
 * Makes a price. Prices cannot be changed at Stripe: one whose amount is another takes the lookup key over, and the old one stays
 * with whoever bought it. @throws Stripe's errors
 */
export async function createPrice(price: CataloguePrice): Promise<string> {
  const made = await stripe().prices.create(
    {
      product: price.productId,
      currency: price.currency.toLowerCase(),
      unit_amount: price.amountMinor,
      recurring: { interval: INTERVALS[price.cycle] },
      lookup_key: price.lookupKey,
      transfer_lookup_key: true,
      tax_behavior: "exclusive",
      metadata: { evenkeel_lookup_key: price.lookupKey },
    },
    { idempotencyKey: `price:${price.lookupKey}:${price.amountMinor}:${price.replaces ?? "first"}` },
  );
  return made.id;
}
