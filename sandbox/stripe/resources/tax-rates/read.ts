import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest, resourceMissing } from "../../http/errors";

/**
 * Tax rates named in a request.
 * @throws StripeFailure 404 for one that does not exist, 400 for one that is archived
 */
export function resolveTaxRates(account: Account, ids: readonly string[], param = "tax_rates"): Stripe.TaxRate[] {
  return ids.map((id, at) => {
    const rate = account.tables.taxRates.get(id);
    if (!rate) throw resourceMissing("tax rate", id, `${param}[${at}]`);
    if (!rate.active)
      throw invalidRequest(`The tax rate ${id} is archived and cannot be used.`, { param: `${param}[${at}]` });
    return rate;
  });
}
