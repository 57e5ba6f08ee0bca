import type Stripe from "stripe";
import type { Account } from "../../account";
import { idOf } from "../../state/ids";
import { discountLines } from "../discounts/amounts";
import { redeem } from "../discounts/discounts";
import { resolvePrice } from "../prices/read";
import { lineAmount } from "../pricing/amount";
import { resolveTaxRates } from "../tax-rates/read";
import { taxesOn } from "../tax-rates/taxes";
import type { CheckoutBook } from "./book";
import { lineName } from "./lines";

/** The lines of a session with what they cost now, and their sums. All minor units. */
export interface Figures {
  items: Stripe.LineItem[];
  subtotal: number;
  discount: number;
  tax: number;
  total: number;
}

function startsWithTrial({ given }: CheckoutBook): boolean {
  return Boolean(given.subscription_data?.trial_end ?? given.subscription_data?.trial_period_days);
}

/** What discounts would take off each line. Nothing is redeemed: that happens when the session is completed. */
function discountsOn(
  account: Account,
  { discounts, id }: CheckoutBook,
  customer: string | null,
  lines: { amountMinor: number; product: string | null; discountable: boolean }[],
  currency: string,
): number[] {
  if (discounts.length === 0) return lines.map(() => 0);
  const amountMinor = lines.reduce((sum, line) => sum + line.amountMinor, 0);
  const taken = account.store.rehearse(() => {
    const redeemed = redeem(account, discounts, { customer, checkout_session: id }, "discounts", {
      amountMinor,
      currency,
    });
    return discountLines(account, redeemed, lines, currency);
  });
  return taken.map((parts) => parts.reduce((sum, part) => sum + part.amountMinor, 0));
}

/**
 * Figures a session's lines by the same formulas as an invoice: discounts first, then taxes on what is left. During a trial
 * recurring lines cost nothing yet. Call within a transaction.
 * @throws StripeFailure 400 for discounts that cannot be redeemed
 */
export function figureLines(account: Account, book: CheckoutBook, customer: Stripe.Customer | null): Figures {
  const trial = startsWithTrial(book);
  const lines = book.lines.map((line) => {
    const price = resolvePrice(account, line.price);
    const free = line.quantity === null || (trial && price.recurring !== null);
    return {
      line,
      price,
      amountMinor: free ? 0 : lineAmount(account, price, line.quantity ?? 0),
      product: idOf(price.product as string | { id: string }),
      discountable: true,
    };
  });
  const currency = lines[0]?.price.currency ?? "usd";
  const off = discountsOn(account, book, customer?.id ?? null, lines, currency);
  const items = lines.map(({ line, price, amountMinor }, at): Stripe.LineItem => {
    const discount = off[at] ?? 0;
    const rates = [...line.taxRates, ...(line.taxRates.length === 0 ? defaultRates(book) : [])];
    const { exclusiveMinor, inclusiveMinor } = taxesOn(
      amountMinor - discount,
      resolveTaxRates(account, rates),
      customer?.tax_exempt ?? "none",
    );
    return {
      id: line.id,
      object: "item",
      adjustable_quantity: line.adjustable && { enabled: true, ...line.adjustable },
      amount_discount: discount,
      amount_subtotal: amountMinor,
      amount_tax: exclusiveMinor + inclusiveMinor,
      amount_total: amountMinor - discount + exclusiveMinor,
      currency,
      description: lineName(account, price),
      metadata: line.metadata,
      price,
      quantity: line.quantity,
    } satisfies Stripe.LineItem;
  });
  const sum = (of: (item: Stripe.LineItem) => number) => items.reduce((total, item) => total + of(item), 0);
  return {
    items,
    subtotal: sum((item) => item.amount_subtotal),
    discount: sum((item) => item.amount_discount),
    tax: sum((item) => item.amount_tax),
    total: sum((item) => item.amount_total),
  };
}

function defaultRates({ given }: CheckoutBook): string[] {
  return given.subscription_data?.default_tax_rates ?? [];
}
