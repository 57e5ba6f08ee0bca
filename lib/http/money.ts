import { z } from "zod";
import { type AmountProblem, LARGEST_MINOR, parseAmount, toDecimalString } from "@/lib/money/amount";
import { type Currency, decimalsOf } from "@/lib/money/currency";
import type { Minor } from "@/lib/money/minor";

function explain(problem: AmountProblem, currency: Currency): string {
  const decimals = decimalsOf(currency);
  return {
    not_a_decimal: 'must be a decimal such as "50.00"',
    too_many_decimals: `must have at most ${decimals} decimals in ${currency}`,
    too_large: `must be at most ${toDecimalString(LARGEST_MINOR, currency)}`,
    negative: "must not be negative",
  }[problem];
}

const DESCRIPTION = "Decimal in major units, as a string or a JSON number, with no more decimals than the currency has";

/** The zod types of money that comes in, for one currency; what comes out of them is in minor units. */
export function moneyIn(currency: Currency) {
  const amount = (rule: { signed?: boolean; accepts: (minor: Minor) => string | null }) =>
    z
      .union([z.string(), z.number()], { error: 'must be a decimal such as "50.00"' })
      .meta({ description: DESCRIPTION, examples: ["50.00"] })
      .transform((input, context): Minor => {
        const parsed = parseAmount(input, currency, { signed: rule.signed ?? false });
        const message = typeof parsed === "string" ? explain(parsed, currency) : rule.accepts(parsed);
        if (message === null && typeof parsed === "number") return parsed;
        context.issues.push({ code: "custom", message: message ?? "is not an amount", input });
        return z.NEVER;
      });
  return {
    positive: () => amount({ accepts: (minor) => (minor > 0 ? null : "must be greater than zero") }),
    notNegative: () => amount({ accepts: () => null }),
    /** May be negative, may not be zero. */
    signed: () => amount({ signed: true, accepts: (minor) => (minor === 0 ? "must not be zero" : null) }),
    /** Any amount, zero and below too. */
    any: () => amount({ signed: true, accepts: () => null }),
  };
}
export type MoneyIn = ReturnType<typeof moneyIn>;

/** The schema of money that goes out. */
export const moneyOut = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/)
  .meta({ description: "Decimal in major units", examples: ["668.85"] });
export const currencyOut = z.string().meta({ description: "ISO 4217 code", examples: ["USD"] });

/** Minor units → the API's decimal string; null stays null. */
export function money(amountMinor: Minor, currency: Currency): string;
export function money(amountMinor: Minor | null, currency: Currency): string | null;
export function money(amountMinor: Minor | null, currency: Currency): string | null {
  return amountMinor === null ? null : toDecimalString(amountMinor, currency);
}

/** An instant as RFC 3339 in UTC; null stays null. */
export function time(at: Date): string;
export function time(at: Date | null): string | null;
export function time(at: Date | null): string | null {
  return at === null ? null : at.toISOString();
}
export const timeOut = z.iso.datetime().meta({ description: "RFC 3339, UTC" });
