import { and, eq, ne } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { stripePrices, tenants } from "@/db/schema";
import { BILLING_CYCLES, type BillingCycle } from "@/db/schema/subscriptions";
import { now } from "@/lib/clock";
import { env } from "@/lib/env";
import { AppError, invariant } from "@/lib/errors";
import { type Currency, toCurrency } from "@/lib/money/currency";
import { activatePrice, createPrice, ensureProduct, findPrices } from "@/lib/stripe/catalogue";
import { everyPaidPlan, isSoldIn, lookupKeyOf, planOf, priceOf } from "./catalogue";
import { planTaxRates } from "./tax";
import { PLAN_NAMES, type Plan } from "./types";

const productOf = (plan: Plan) => `evenkeel_${plan.id}`;

type Wanted = { plan: Plan; cycle: BillingCycle; currency: Currency; lookupKey: string };

const wantedIn = (currencies: Currency[]): Wanted[] =>
  everyPaidPlan().flatMap((plan) =>
    BILLING_CYCLES.flatMap((cycle) =>
      currencies.map((currency) => ({ plan, cycle, currency, lookupKey: lookupKeyOf(plan, cycle, currency) })),
    ),
  );

async function remember(wanted: Wanted, priceId: string): Promise<void> {
  const { plan, cycle, currency, lookupKey } = wanted;
  const row = {
    lookupKey,
    plan: plan.id,
    planVersion: plan.version,
    billingCycle: cycle,
    currency,
    amountMinor: priceOf(plan, cycle, currency),
    productId: productOf(plan),
    isCurrent: true,
    syncedAt: now(),
  };
  await systemDb().transaction(async (tx) => {
    await tx
      .update(stripePrices)
      .set({ isCurrent: false })
      .where(and(eq(stripePrices.lookupKey, lookupKey), ne(stripePrices.priceId, priceId)));
    await tx
      .insert(stripePrices)
      .values({ priceId, ...row })
      .onConflictDoUpdate({ target: stripePrices.priceId, set: row });
  });
}

export type SyncedPrices = { kept: string[]; made: string[]; replaced: string[]; restored: string[] };

/**
 * Makes products, prices and the tax rate at Stripe equal to the catalogue, and notes their ids. Doing it again changes nothing.
 * @returns the lookup keys of prices that were there already, that were made, whose amount was another one, and that were archived
 * @throws Stripe's errors
 */
export async function syncCatalogue(currencies: Currency[]): Promise<SyncedPrices> {
  const wanted = wantedIn(currencies.filter(isSoldIn));
  const products = new Map(wanted.map(({ plan }) => [productOf(plan), PLAN_NAMES[plan.id]]));
  for (const [productId, name] of products) await ensureProduct({ productId, name });
  await planTaxRates();
  const found = await findPrices(wanted.map(({ lookupKey }) => lookupKey));
  const synced: SyncedPrices = { kept: [], made: [], replaced: [], restored: [] };
  for (const one of wanted) {
    const amountMinor = priceOf(one.plan, one.cycle, one.currency);
    const known = found.get(one.lookupKey);
    if (known?.amountMinor === amountMinor) {
      if (!known.isActive) await activatePrice(known.priceId);
      await remember(one, known.priceId);
      synced[known.isActive ? "kept" : "restored"].push(one.lookupKey);
    } else {
      synced[known ? "replaced" : "made"].push(one.lookupKey);
      await remember(
        one,
        await createPrice({ ...one, productId: productOf(one.plan), amountMinor, replaces: known?.priceId ?? null }),
      );
    }
  }
  return synced;
}

/** The currencies that somebody pays in, and the one of new tenants. */
export async function currenciesInUse(): Promise<Currency[]> {
  const rows = await systemDb().selectDistinct({ currency: tenants.currency }).from(tenants);
  return [...new Set([toCurrency(env().CURRENCY), ...rows.map(({ currency }) => currency)])];
}

/** Stripe's id of a price; a currency that nobody paid in before is brought to Stripe first. @throws AppError plan_not_offered */
export async function stripePriceOf(plan: Plan, cycle: BillingCycle, currency: Currency): Promise<string> {
  if (!isSoldIn(currency)) throw new AppError("plan_not_offered", `plans are not sold in ${currency}`);
  const read = async () => {
    const [row] = await systemDb()
      .select({ priceId: stripePrices.priceId })
      .from(stripePrices)
      .where(and(eq(stripePrices.lookupKey, lookupKeyOf(plan, cycle, currency)), eq(stripePrices.isCurrent, true)));
    return row?.priceId;
  };
  const known = await read();
  if (known) return known;
  await syncCatalogue([currency]);
  const priceId = await read();
  invariant(priceId, `${plan.id} has a price at Stripe`);
  return priceId;
}

/** Which plan a price of Stripe's stands for; null for one that is not ours. */
export async function planOfPrice(priceId: string): Promise<{ plan: Plan; cycle: BillingCycle } | null> {
  const [row] = await systemDb().select().from(stripePrices).where(eq(stripePrices.priceId, priceId));
  return row ? { plan: planOf(row.plan, row.planVersion), cycle: row.billingCycle } : null;
}
