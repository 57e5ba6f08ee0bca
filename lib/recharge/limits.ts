import { CHARGE_MAXIMUM_MINOR, chargeMinimumOf } from "@/lib/money/currency";
import { add, type Minor, max, min, toMinor, ZERO } from "@/lib/money/minor";
import type { CountedCharge, Situation } from "./situation";
import type { Limits, Reason } from "./types";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/**
 * Defaults of a new rule: 10 minutes between charges, 6 charges and 5,000 major units in 24 hours, no monthly limit.
 * Units without decimals are worth about a hundredth (yen, won): there it is 500,000.
 */
export function defaultLimits(decimals: number): Limits {
  return {
    minChargeMinor: null,
    maxChargeMinor: null,
    maxPerDayMinor: toMinor(decimals === 0 ? 500_000 : 5_000 * 10 ** decimals),
    maxChargesPerDay: 6,
    maxPerMonthMinor: null,
    minIntervalMinutes: 10,
  };
}

export type LimitHit = {
  reason: Reason;
  limitMinor: Minor | null;
  limitCount: number | null;
  nextPossibleAt: Date | null;
};

const sum = (charges: CountedCharge[]): Minor => add(...charges.map((charge) => charge.totalMinor));

/** When so many of the oldest charges have left the rolling day that `fits` what remains. */
function whenDayAllows(charges: CountedCharge[], fits: (remaining: CountedCharge[]) => boolean): Date | null {
  for (let gone = 1; gone <= charges.length; gone++) {
    const last = charges[gone - 1] as CountedCharge;
    if (fits(charges.slice(gone))) return new Date(last.at.getTime() + DAY_MS);
  }
  return null;
}

/**
 * The first limit that a charge of `totalMinor` (fee included) would break, else null.
 * @param manual asked for by a person: the shortest time between charges does not apply
 */
export function limitHit(totalMinor: Minor, s: Situation, manual: boolean): LimitHit | null {
  const { limits, now } = s;
  const hit = (
    reason: Reason,
    limitMinor: Minor | null,
    limitCount: number | null,
    nextPossibleAt: Date | null,
  ): LimitHit => ({ reason, limitMinor, limitCount, nextPossibleAt });

  const leastMinor = max(limits.minChargeMinor ?? ZERO, toMinor(chargeMinimumOf(s.currency)));
  if (totalMinor < leastMinor) return hit("min_charge", leastMinor, null, null);
  const mostMinor = min(limits.maxChargeMinor ?? CHARGE_MAXIMUM_MINOR, CHARGE_MAXIMUM_MINOR);
  if (totalMinor > mostMinor) return hit("max_charge", mostMinor, null, null);
  const { maxPerMonthMinor, maxPerDayMinor, maxChargesPerDay, minIntervalMinutes } = limits;
  if (maxPerMonthMinor !== null && add(s.usedMonthMinor, totalMinor) > maxPerMonthMinor)
    return hit("max_per_month", maxPerMonthMinor, null, totalMinor <= maxPerMonthMinor ? s.monthEndsAt : null);
  if (maxPerDayMinor !== null && add(sum(s.chargesOfDay), totalMinor) > maxPerDayMinor)
    return hit(
      "max_per_day",
      maxPerDayMinor,
      null,
      whenDayAllows(s.chargesOfDay, (rest) => add(sum(rest), totalMinor) <= maxPerDayMinor),
    );
  if (maxChargesPerDay !== null && s.chargesOfDay.length >= maxChargesPerDay)
    return hit(
      "max_charges_per_day",
      null,
      maxChargesPerDay,
      whenDayAllows(s.chargesOfDay, (rest) => rest.length < maxChargesPerDay),
    );
  if (!manual && minIntervalMinutes && s.lastChargeAt) {
    const free = new Date(s.lastChargeAt.getTime() + minIntervalMinutes * MINUTE_MS);
    if (free > now) return hit("min_interval", null, minIntervalMinutes, free);
  }
  return null;
}

/** The limits of money that a charge brings to 80 % or more: worth a notice while there is time. */
export function nearlyReached(totalMinor: Minor, s: Situation): ("day" | "month")[] {
  const over80 = (used: Minor, limit: Minor | null) => limit !== null && add(used, totalMinor) * 10 >= limit * 8;
  const near: ("day" | "month")[] = [];
  if (over80(sum(s.chargesOfDay), s.limits.maxPerDayMinor)) near.push("day");
  if (over80(s.usedMonthMinor, s.limits.maxPerMonthMinor)) near.push("month");
  return near;
}

export const usedOfDay = (s: Situation): Minor => sum(s.chargesOfDay);
