import { AppError, type FieldError, invalid } from "@/lib/errors";
import { toDecimalString } from "@/lib/money/amount";
import { CHARGE_MAXIMUM_MINOR, type Currency } from "@/lib/money/currency";
import type { FeePolicy, FeeSubject } from "@/lib/money/fees";
import { feeFor } from "@/lib/money/fees";
import { type Minor, subtract, toMinor } from "@/lib/money/minor";
import type { Limits } from "./types";

type Terms = { currency: Currency; minMinor: Minor; targetMinor: Minor; limits: Limits };

/**
 * Checks a rule's amounts before it is saved.
 * @throws AppError invalid_request naming the field · limits_unsatisfiable when no charge could ever stay within the limits
 */
export function checkTerms(
  { currency, minMinor, targetMinor, limits }: Terms,
  feePolicy: FeePolicy,
  method: FeeSubject | null,
): void {
  if (minMinor < 0) throw invalid("minBalance", "must not be negative");
  if (targetMinor <= minMinor) throw invalid("targetBalance", "must be above minBalance");
  const { minChargeMinor, maxChargeMinor } = limits;
  if (minChargeMinor !== null && maxChargeMinor !== null && minChargeMinor > maxChargeMinor)
    throw invalid("limits.minCharge", "must not be above limits.maxCharge");
  // The trigger is strict, so the smallest refill that can ever happen is one unit more than the gap.
  const smallest = feeFor(toMinor(subtract(targetMinor, minMinor) + 1), feePolicy, method).totalMinor;
  const most = toDecimalString(CHARGE_MAXIMUM_MINOR, currency);
  if (smallest > CHARGE_MAXIMUM_MINOR)
    throw invalid(
      "targetBalance",
      `is too far above minBalance: Stripe charges at most ${most} ${currency} at once, and the smallest refill would be ${toDecimalString(smallest, currency)}, fee included`,
    );
  const least = Math.max(smallest, minChargeMinor ?? 0);
  const never: FieldError[] = [];
  if (least > CHARGE_MAXIMUM_MINOR)
    never.push({ path: "limits.minCharge", message: `must be at most ${most}: Stripe charges no more at once` });
  const below = (limit: Minor | null, path: string) => {
    if (limit !== null && limit < least)
      never.push({
        path,
        message: `must be at least ${toDecimalString(toMinor(least), currency)}: no refill can cost less, fee included`,
      });
  };
  below(maxChargeMinor, "limits.maxCharge");
  below(limits.maxPerDayMinor, "limits.maxPerDay");
  below(limits.maxPerMonthMinor, "limits.maxPerMonth");
  if (limits.maxChargesPerDay !== null && limits.maxChargesPerDay < 1)
    never.push({ path: "limits.maxChargesPerDay", message: "must be at least 1" });
  if (never.length > 0)
    throw new AppError("limits_unsatisfiable", "No charge could ever stay within these limits", { fields: never });
}
