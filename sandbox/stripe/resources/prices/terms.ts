import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest } from "../../http/errors";
import type { Row } from "../../state/table";

/** What a price has beyond what it shows unasked; `id` is the price's. */
export interface PriceTerms extends Row {
  tiers: Stripe.Price.Tier[] | null;
  /** By currency, the price's own included. */
  currencyOptions: Record<string, Stripe.Price.CurrencyOptions>;
  /** Made by `price_data`: in no list. */
  inline: boolean;
}

/**
 * A price's amounts in a currency.
 * @throws StripeFailure 400 when it has none
 */
export function optionsIn(account: Account, price: Stripe.Price, currency: string): Stripe.Price.CurrencyOptions {
  const option = account.tables.priceTerms.get(price.id)?.currencyOptions[currency.toLowerCase()];
  if (option) return option;
  throw invalidRequest(
    `The price specified only supports \`${price.currency}\`. This doesn't match the expected currency: \`${currency}\`.`,
    { param: "currency" },
  );
}
