import { type Bps, type Minor, toMinor, ZERO } from "./minor";
import { divideHalfUp } from "./rounding";

export type FeePolicy = {
  kind: "percent" | "gross_up" | "none";
  rateBps: Bps;
  /** Only `gross_up` uses it: the fixed part of what Stripe takes, minor units. */
  fixedMinor: Minor;
  /** `funding:debit`, `country:DE`, `type:us_bank_account`: methods that bear no fee, because surcharging them is unlawful. */
  offFor: readonly string[];
  /** Totals are multiples of it, minor units; see `chargeStepOf`. */
  stepMinor: number;
};

/** What a fee may depend on. */
export type FeeSubject = { type: string; funding: string | null; country: string | null };
export type Fee = { feeMinor: Minor; totalMinor: Minor /** Why no fee is taken, else null. */; reason: string | null };

const SCALE = 10_000n;

/** The rule of `offFor` that frees a method of the fee, else null. */
export function feeExemption(policy: FeePolicy, subject: FeeSubject | null): string | null {
  if (policy.kind === "none") return "policy:none";
  if (!subject) return null;
  const traits = [`type:${subject.type}`, `funding:${subject.funding ?? ""}`, `country:${subject.country ?? ""}`];
  return policy.offFor.find((rule) => traits.includes(rule)) ?? null;
}

/**
 * The one formula of the fee that the user bears, rounded half-up to the currency's smallest unit.
 * `percent`: amount × rate. `gross_up`: total = (amount + fixed) / (1 − rate), so that the merchant nets the amount
 * (Stripe, "Passing the Stripe fee on to customers").
 * @param amountMinor what the balance is to receive, minor units, not negative, a multiple of the policy's step
 * @throws RangeError when the amount is negative
 */
export function feeFor(amountMinor: Minor, policy: FeePolicy, subject: FeeSubject | null): Fee {
  if (amountMinor < 0) throw new RangeError("a fee is taken on amounts that are not negative");
  const reason = feeExemption(policy, subject);
  if (reason || amountMinor === 0) return { feeMinor: ZERO, totalMinor: amountMinor, reason };
  const amount = BigInt(amountMinor);
  const rate = BigInt(policy.rateBps);
  const feeMinor =
    policy.kind === "percent"
      ? divideHalfUp(amount * rate, SCALE)
      : toMinor(divideHalfUp((amount + BigInt(policy.fixedMinor)) * SCALE, SCALE - rate) - amountMinor);
  const step = BigInt(policy.stepMinor);
  const inSteps = toMinor(divideHalfUp(BigInt(feeMinor), step) * policy.stepMinor);
  return { feeMinor: inSteps, totalMinor: toMinor(amountMinor + inSteps), reason: null };
}
