import type Stripe from "stripe";
import type { Account } from "../../account";
import { resourceMissing } from "../../http/errors";

/** A product by its id. @throws StripeFailure 404 */
export function resolveProduct(account: Account, id: string, param = "id"): Stripe.Product {
  const product = account.tables.products.get(id);
  if (!product) throw resourceMissing("product", id, param);
  return product;
}
