import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest } from "../../http/errors";
import { MOST_MINOR } from "../prices/amounts";
import { createInlinePrice } from "../prices/create";
import { resolvePrice } from "../prices/read";
import { lineAmount } from "../pricing/amount";
import { exact, exactText, ONE, toMinorHalfUp } from "../pricing/decimal";
import type { LineInput } from "./parameters";

/** What a line costs, and by which price. */
export interface Costs {
  amountMinor: number;
  quantity: number;
  price: Stripe.Price | null;
  unitAmountDecimal: string | null;
}

const WAYS = ["amount", "price_data", "pricing", "unit_amount_decimal"] as const;

function quantityOf(given: LineInput, present: number): string {
  if (given.quantity !== undefined && given.quantity_decimal !== undefined)
    throw invalidRequest("You may only specify one of these parameters: quantity, quantity_decimal.", {
      param: "quantity",
    });
  const quantity = given.quantity_decimal ?? String(given.quantity ?? present);
  if (exact(quantity) < 0n)
    throw invalidRequest("This value must be greater than or equal to 0.", {
      code: "parameter_invalid_integer",
      param: "quantity",
    });
  return quantity;
}

/** A price that may be billed once. @throws StripeFailure 400, 404 */
function oneTimePrice(account: Account, id: string): Stripe.Price {
  const price = resolvePrice(account, id, "pricing[price]");
  if (!price.active)
    throw invalidRequest("The price specified is inactive. This field only accepts active prices.", {
      param: "pricing[price]",
    });
  if (price.type === "recurring")
    throw invalidRequest(
      "The price specified is set to `type=recurring` but this field only accepts prices with `type=one_time`.",
      { param: "pricing[price]" },
    );
  return price;
}

/** @throws StripeFailure 400 for more than Stripe bills, either way */
function within(costs: Costs, param: string): Costs {
  if (Math.abs(costs.amountMinor) <= MOST_MINOR) return costs;
  throw invalidRequest("Amount must be no more than $9,999,999,999.99", { code: "amount_too_large", param });
}

function ofPrice(account: Account, price: Stripe.Price, quantity: string, currency: string | null): Costs {
  const inCurrency = currency ?? price.currency;
  const unit = price.unit_amount_decimal === null ? null : String(price.unit_amount_decimal);
  return {
    amountMinor: lineAmount(account, price, quantity, inCurrency),
    quantity: Number(quantity),
    price,
    unitAmountDecimal: inCurrency === price.currency ? unit : null,
  };
}

function readCosts(account: Account, given: LineInput, currency: string | null, present: Costs | null): Costs | null {
  const ways = WAYS.filter((name) => given[name] !== undefined);
  if (ways.length > 1)
    throw invalidRequest(`You may only specify one of these parameters: ${ways.join(", ")}.`, { param: ways[0] ?? "" });
  const counted = given.quantity !== undefined || given.quantity_decimal !== undefined;
  if (ways.length === 0 && !(counted && present)) return null;
  const quantity = quantityOf(given, present?.quantity ?? 1);
  if (given.amount !== undefined) {
    if (counted)
      throw invalidRequest("You may only specify one of these parameters: amount, quantity.", { param: "quantity" });
    return { amountMinor: given.amount, quantity: 1, price: null, unitAmountDecimal: String(given.amount) };
  }
  if (given.price_data) return ofPrice(account, createInlinePrice(account, given.price_data), quantity, currency);
  const priceId = given.pricing?.price;
  if (priceId) return ofPrice(account, oneTimePrice(account, priceId), quantity, currency);
  if (ways.length === 0 && present?.price) return ofPrice(account, present.price, quantity, currency);
  const unit = exact(given.unit_amount_decimal ?? present?.unitAmountDecimal ?? "0");
  return {
    amountMinor: toMinorHalfUp((unit * exact(quantity)) / ONE),
    quantity: Number(quantity),
    price: null,
    unitAmountDecimal: exactText(unit),
  };
}

/**
 * What the parameters of an item or a line say about its cost.
 * @param currency the invoice's or the parameter's; null takes the price's own
 * @param present what holds when only the quantity is given
 * @returns null when they say nothing
 * @throws StripeFailure 400
 */
export function costsOf(
  account: Account,
  given: LineInput,
  currency: string | null,
  present: Costs | null = null,
): Costs | null {
  const costs = readCosts(account, given, currency, present);
  return costs && within(costs, WAYS.find((name) => given[name] !== undefined) ?? "quantity");
}
