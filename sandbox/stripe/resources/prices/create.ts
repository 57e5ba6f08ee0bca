import type Stripe from "stripe";
import type { Account } from "../../account";
import { unsupported } from "../../http/errors";
import type { InlinePrice } from "./parameters";

/**
 * A price given in place (`price_data`): inactive, in no list.
 * @throws StripeFailure 400, 404 for its product
 */
export function createInlinePrice(_account: Account, _data: InlinePrice, param = "price_data"): Stripe.Price {
  throw unsupported("price_data", param);
}
