import { stripe } from "./client";

/** A rate's percentage never changes at Stripe: asked for once. */
const percentages = new Map<string, number>();

/**
 * The tax rate of a percentage, made at first need and found again after that.
 * @param percentage a decimal without zeros at its end: `8.25` @throws Stripe's errors
 */
export async function ensureTaxRate(percentage: string): Promise<string> {
  for await (const rate of stripe().taxRates.list({ active: true, limit: 100 }))
    if (rate.metadata?.evenkeel_percentage === percentage) return rate.id;
  const made = await stripe().taxRates.create(
    {
      display_name: "Tax",
      percentage: Number(percentage),
      inclusive: false,
      metadata: { evenkeel_percentage: percentage },
    },
    { idempotencyKey: `tax-rate:${percentage}` },
  );
  return made.id;
}

async function percentageOf(taxRateId: string): Promise<number> {
  const known = percentages.get(taxRateId) ?? (await stripe().taxRates.retrieve(taxRateId)).percentage;
  percentages.set(taxRateId, known);
  return known;
}

/** What the rates of an invoice come to together, percent as a decimal string; `0` for none. @throws Stripe's errors */
export async function percentageOfAll(taxRateIds: readonly string[]): Promise<string> {
  let sum = 0;
  for (const id of new Set(taxRateIds)) sum += await percentageOf(id);
  return String(Number(sum.toFixed(4)));
}
