import { type Currency, decimalsOf } from "@/lib/money/currency";

/** Prices of a unit are often far below a cent: as many decimals as Stripe's have. */
const MOST_DECIMALS = 12;

/** An exact price of a unit for people: `$0.00015`. @param amount a decimal string in major units */
export const formatUnitPrice = (amount: string, currency: Currency, locale: string): string =>
  new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    minimumFractionDigits: Math.min(decimalsOf(currency), amount.split(".")[1]?.length ?? 0),
    maximumFractionDigits: MOST_DECIMALS,
  }).format(amount as `${number}`);
