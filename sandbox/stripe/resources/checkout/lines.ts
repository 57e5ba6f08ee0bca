import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest } from "../../http/errors";
import { idOf, newId } from "../../state/ids";
import { createInlinePrice } from "../prices/create";
import { resolvePrice } from "../prices/read";
import { resolveTaxRates } from "../tax-rates/read";
import type { CheckoutLine } from "./book";
import type { LineInput } from "./parameters";

const MAX_ADJUSTABLE = 99;

function priceOf(account: Account, given: LineInput, param: string): Stripe.Price {
  if (given.price && given.price_data)
    throw invalidRequest("You may only specify one of these parameters: price, price_data.", { param });
  if (given.price_data) return createInlinePrice(account, given.price_data, `${param}[price_data]`);
  if (!given.price)
    throw invalidRequest(`Missing required param: ${param}[price].`, {
      code: "parameter_missing",
      param: `${param}[price]`,
    });
  const price = resolvePrice(account, given.price, `${param}[price]`);
  if (!price.active)
    throw invalidRequest(`The price specified is inactive. This field only accepts active prices.`, {
      param: `${param}[price]`,
    });
  return price;
}

function quantityOf(given: LineInput, price: Stripe.Price, at: number): number | null {
  const param = `line_items[${at}][quantity]`;
  if (price.recurring?.usage_type === "metered") {
    if (given.quantity === undefined) return null;
    throw invalidRequest("Quantity should not be specified where usage_type is `metered`.", { param });
  }
  if (given.quantity === undefined)
    throw invalidRequest(`Quantity is required. Add \`quantity\` to \`line_items[${at}]\``, { param });
  if (given.quantity < 0)
    throw invalidRequest("This value must be greater than or equal to 0.", {
      code: "parameter_invalid_integer",
      param,
    });
  return given.quantity;
}

/**
 * The lines of a new session.
 * @throws StripeFailure 400 for prices that do not fit the mode or each other, 404
 */
export function checkoutLines(
  account: Account,
  given: readonly LineInput[],
  mode: Stripe.Checkout.Session.Mode,
): CheckoutLine[] {
  const lines = given.map((item, at): CheckoutLine => {
    const param = `line_items[${at}]`;
    const price = priceOf(account, item, param);
    if (mode === "payment" && price.recurring)
      throw invalidRequest(
        "You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.",
        { param: "line_items" },
      );
    resolveTaxRates(account, item.tax_rates ?? [], `${param}[tax_rates]`);
    const adjustable = item.adjustable_quantity?.enabled
      ? { maximum: item.adjustable_quantity.maximum ?? MAX_ADJUSTABLE, minimum: item.adjustable_quantity.minimum ?? 0 }
      : null;
    return {
      id: newId("li"),
      price: price.id,
      quantity: quantityOf(item, price, at),
      adjustable,
      taxRates: item.tax_rates ?? [],
      metadata: item.metadata ?? {},
    };
  });
  const prices = lines.map(({ price }) => resolvePrice(account, price));
  if (mode === "subscription" && !prices.some((price) => price.recurring))
    throw invalidRequest("You must provide at least one recurring price in `subscription` mode when using prices.", {
      param: "line_items",
    });
  if (new Set(prices.map((price) => price.currency)).size > 1)
    throw invalidRequest("All prices on a Checkout Session must be in the same currency.", { param: "line_items" });
  return lines;
}

/** The product a line sells, by name. */
export function lineName(account: Account, price: Stripe.Price): string {
  const product = account.tables.products.get(idOf(price.product as string | { id: string }) ?? "");
  return product?.name ?? price.id;
}
