import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest, resourceMissing } from "../../http/errors";
import type { PriceInput } from "./parameters";

/** Three years, the longest time between two invoices. */
const MOST: Record<string, number> = { day: 1_095, week: 156, month: 36, year: 3 };

/**
 * When a price recurs.
 * @param version of the request; null is older than meters
 * @throws StripeFailure 400; 404 for a meter that is not there
 */
export function readRecurring(
  account: Account,
  given: NonNullable<PriceInput["recurring"]>,
  version: string | null,
): Stripe.Price.Recurring {
  const count = given.interval_count ?? 1;
  const most = MOST[given.interval] ?? 1;
  if (count < 1)
    throw invalidRequest("This value must be greater than or equal to 1.", {
      param: "recurring[interval_count]",
      code: "parameter_invalid_integer",
    });
  if (count > most)
    throw invalidRequest("Invalid recurring[interval_count]: the maximum interval is three years.", {
      param: "recurring[interval_count]",
    });
  const usage = given.usage_type ?? "licensed";
  if (given.meter && usage !== "metered")
    throw invalidRequest("`recurring[meter]` can only be set when `recurring[usage_type]` is `metered`.", {
      param: "recurring[meter]",
    });
  if (usage === "metered" && !given.meter && version !== null)
    throw invalidRequest(
      "Metered prices must be backed by meters. Create a meter and pass its id in `recurring[meter]`.",
      { param: "recurring[meter]", code: "parameter_missing" },
    );
  if (given.meter && !account.find(given.meter)) throw resourceMissing("meter", given.meter, "recurring[meter]");
  return {
    interval: given.interval,
    interval_count: count,
    meter: given.meter ?? null,
    trial_period_days: given.trial_period_days ?? null,
    usage_type: usage,
  };
}
