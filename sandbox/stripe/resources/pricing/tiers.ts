import { type Exact, exact, ONE, toMinorHalfUp } from "./decimal";

/** One tier's price, amounts in minor units as decimal texts. `upTo` null is without end. */
export interface TierTerms {
  upTo: number | null;
  unit: string | null;
  flat: string | null;
}

/** A part of a tiered price, one line of the invoice. */
export interface TierLine {
  /** Units counted in this line; 1 for a flat fee. */
  quantity: number;
  amountMinor: number;
  /** Price of one unit, or the flat fee. */
  unitAmountDecimal: string;
  /** Which tier, counted from 1. */
  tier: number;
  flat: boolean;
}

function linesOf(tier: TierTerms, number: number, units: Exact): TierLine[] {
  const lines: TierLine[] = [];
  if (tier.unit !== null && units > 0n)
    lines.push({
      quantity: Number(units) / Number(ONE),
      amountMinor: toMinorHalfUp((exact(tier.unit) * units) / ONE),
      unitAmountDecimal: tier.unit,
      tier: number,
      flat: false,
    });
  if (tier.flat !== null && exact(tier.flat) !== 0n)
    lines.push({
      quantity: 1,
      amountMinor: toMinorHalfUp(exact(tier.flat)),
      unitAmountDecimal: tier.flat,
      tier: number,
      flat: true,
    });
  return lines;
}

/** The tier that a quantity falls in. */
function reached(tiers: readonly TierTerms[], quantity: Exact): number {
  const at = tiers.findIndex((tier) => tier.upTo === null || quantity <= BigInt(tier.upTo) * ONE);
  return at === -1 ? tiers.length - 1 : at;
}

/**
 * Graduated: every unit costs what its own tier says, and the flat fee of each tier that was entered is added.
 * Without any usage the first tier's flat fee is still due.
 * @see https://docs.stripe.com/subscriptions/pricing-models/tiered-pricing
 */
export function graduatedLines(tiers: readonly TierTerms[], quantity: Exact): TierLine[] {
  const last = reached(tiers, quantity);
  return tiers.slice(0, last + 1).flatMap((tier, at) => {
    const from = at === 0 ? 0n : BigInt(tiers[at - 1]?.upTo ?? 0) * ONE;
    const end = at === last || tier.upTo === null ? quantity : BigInt(tier.upTo) * ONE;
    return linesOf(tier, at + 1, end - from);
  });
}

/** Volume: the tier that the whole quantity reaches prices every unit. */
export function volumeLines(tiers: readonly TierTerms[], quantity: Exact): TierLine[] {
  const at = reached(tiers, quantity);
  const tier = tiers[at];
  return tier ? linesOf(tier, at + 1, quantity) : [];
}
