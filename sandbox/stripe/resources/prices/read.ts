import type Stripe from "stripe";
import type { Account } from "../../account";
import { resourceMissing } from "../../http/errors";

/** A price by its id, active or not. @throws StripeFailure 404 */
export function resolvePrice(account: Account, id: string, param = "price"): Stripe.Price {
  const price = account.tables.prices.get(id);
  if (!price) throw resourceMissing("price", id, param);
  return price;
}
