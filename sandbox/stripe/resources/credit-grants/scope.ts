import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest } from "../../http/errors";
import { resolvePrice } from "../prices/read";
import type { ScopeInput } from "./parameters";

const MAX_PRICES = 20;

/** What a grant may be used for: everything metered, or some metered prices. @throws StripeFailure 400 */
export function checkScope(
  account: Account,
  scope: ScopeInput,
  param = "applicability_config[scope]",
): Stripe.Billing.CreditGrant.ApplicabilityConfig.Scope {
  if (!scope.price_type === !scope.prices)
    throw invalidRequest("You must specify exactly one of: price_type, prices.", { param });
  if (scope.price_type) return { price_type: scope.price_type };
  const prices = scope.prices ?? [];
  if (prices.length > MAX_PRICES)
    throw invalidRequest(`You can specify at most ${MAX_PRICES} prices.`, { param: `${param}[prices]` });
  for (const [at, { id }] of prices.entries()) {
    const price = resolvePrice(account, id, `${param}[prices][${at}][id]`);
    if (!price.recurring?.meter)
      throw invalidRequest(`The price ${id} must be a metered price with a billing meter.`, {
        param: `${param}[prices][${at}][id]`,
      });
  }
  return { prices };
}
