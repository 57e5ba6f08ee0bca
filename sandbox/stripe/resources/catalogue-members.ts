import type Stripe from "stripe";
import type { Account } from "../account";
import { taxLocationOf } from "./customers/tax";

type Member = (account: Account, id: string) => unknown;

/** What customers hold in each currency, minor units. */
function balances(account: Account, id: string): Record<string, number> {
  const customer = account.tables.customers.get(id);
  const own = customer && !customer.deleted && customer.currency ? { [customer.currency]: customer.balance } : {};
  const latest: Record<string, number> = {};
  for (const row of account.tables.customerBalanceTransactions.whose("customer", id).oldestFirst())
    latest[row.currency] = row.ending_balance;
  return { ...latest, ...own };
}

function taxIds(account: Account, id: string) {
  const data: Stripe.TaxId[] = [...account.tables.taxIds.whose("customer", id).newestFirst()];
  return { object: "list", data, has_more: false, url: `/v1/customers/${id}/tax_ids` };
}

/** Members of the catalogue's objects that appear only when they are expanded. */
export const CATALOGUE_MEMBERS: Record<string, Member> = {
  "coupon.applies_to": (account, id) => {
    const products = account.tables.couponTerms.get(id)?.products;
    return products ? { products } : undefined;
  },
  "coupon.currency_options": (account, id) => account.tables.couponTerms.get(id)?.currencyOptions ?? undefined,
  "customer.invoice_credit_balance": balances,
  "customer.tax": taxLocationOf,
  "customer.tax_ids": taxIds,
  "plan.tiers": (account, id) => account.tables.priceTerms.get(id)?.tiers ?? undefined,
  "price.currency_options": (account, id) => {
    const terms = account.tables.priceTerms.get(id);
    if (!terms) return undefined;
    // Tiers of a currency show only where the price's own tiers do.
    return Object.fromEntries(
      Object.entries(terms.currencyOptions).map(([code, { tiers: _tiers, ...option }]) => [code, option]),
    );
  },
  "price.tiers": (account, id) => account.tables.priceTerms.get(id)?.tiers ?? undefined,
  "promotion_code.restrictions": (account, id) => {
    const code = account.tables.promotionCodes.get(id);
    return code && { ...code.restrictions, currency_options: account.tables.promotionTerms.get(id)?.minimums ?? {} };
  },
};
