import type Stripe from "stripe";
import type { Account } from "../../account";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `15 Mar 2030`, as invoice lines write dates. */
export function shortDate(unix: number): string {
  const date = new Date(unix * 1000);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

export function productName(account: Account, price: Stripe.Price): string {
  const id = typeof price.product === "string" ? price.product : price.product.id;
  return account.tables.products.get(id)?.name ?? id;
}

/** Formats are dear to make, and few. */
const formats = new Map<string, Intl.NumberFormat>();

/** @param decimals how many more than the currency's own may be shown */
function formatOf(currency: string, decimals: number): Intl.NumberFormat {
  const key = `${currency} ${decimals}`;
  const known = formats.get(key);
  if (known) return known;
  const style = { style: "currency", currency: currency.toUpperCase() } as const;
  const digits = new Intl.NumberFormat("en-US", style).resolvedOptions().maximumFractionDigits ?? 2;
  const format = new Intl.NumberFormat("en-US", { ...style, maximumFractionDigits: Math.min(20, digits + decimals) });
  formats.set(key, format);
  return format;
}

/** `$10.00`, `$0.0375`: at least the currency's own decimals. */
function money(minorDecimal: string, currency: string): string {
  const format = formatOf(currency, minorDecimal.split(".")[1]?.length ?? 0);
  const digits = format.resolvedOptions().minimumFractionDigits ?? 2;
  return format.format(Number(minorDecimal) / 10 ** digits);
}

function cadence(price: Stripe.Price): string {
  const { interval = "month", interval_count: count = 1 } = price.recurring ?? {};
  return count === 1 ? `/ ${interval}` : `every ${count} ${interval}s`;
}

interface Part {
  quantity: number;
  unitAmountDecimal: string;
  tier: number;
  flat: boolean;
}

/** `2 × Pro (at $10.00 / month)`, or one tier of it. */
export function linePart(account: Account, price: Stripe.Price, currency: string, part: Part): string {
  const name = productName(account, price);
  const amount = money(part.unitAmountDecimal, currency);
  if (price.billing_scheme !== "tiered") return `${part.quantity} × ${name} (at ${amount} ${cadence(price)})`;
  if (part.flat) return `${name} (Tier ${part.tier} at ${amount} ${cadence(price)})`;
  return `${part.quantity} × ${name} (Tier ${part.tier} at ${amount} ${cadence(price)})`;
}

/** `Unused time on 2 × Pro after 15 Mar 2030`. */
export function prorationText(
  account: Account,
  kind: "Unused" | "Remaining",
  price: Stripe.Price,
  quantity: number,
  at: number,
): string {
  const name = productName(account, price);
  return `${kind} time on ${quantity === 1 ? name : `${quantity} × ${name}`} after ${shortDate(at)}`;
}
