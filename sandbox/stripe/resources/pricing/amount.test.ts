import Stripe from "stripe";
import { expect, test } from "vitest";
import { failure, standIn } from "../../testing/stand-in";

type PriceGiven = Omit<Stripe.PriceCreateParams, "product_data">;

/** What an invoice of one line asks for. */
async function invoiced(given: PriceGiven, quantity: number, currency = given.currency): Promise<number> {
  const { stripe } = await standIn();
  const { id: customer } = await stripe.customers.create({});
  const price = await stripe.prices.create({ product_data: { name: "Thing" }, ...given });
  await stripe.invoiceItems.create({ customer, pricing: { price: price.id }, quantity, currency });
  const invoice = await stripe.invoices.create({ customer, currency, pending_invoice_items_behavior: "include" });
  return invoice.total;
}

test("fractions of a cent are rounded once, for the whole line", async () => {
  const tiny = { currency: "usd", unit_amount_decimal: Stripe.Decimal.from("0.0375") };
  expect(await invoiced(tiny, 1)).toBe(0);
  expect(await invoiced(tiny, 14)).toBe(1);
  expect(await invoiced(tiny, 1_000_001)).toBe(37_500);
});

test("packages are rounded up or down before they are priced", async () => {
  const packages = (round: "up" | "down") => ({
    currency: "usd",
    unit_amount: 1_000,
    transform_quantity: { divide_by: 5, round },
  });
  expect(await invoiced(packages("up"), 6)).toBe(2_000);
  expect(await invoiced(packages("down"), 9)).toBe(1_000);
});

test("each currency has its own amount; one without is refused", async () => {
  const price = { currency: "usd", unit_amount: 1_000, currency_options: { jpy: { unit_amount: 1_500 } } };
  expect(await invoiced(price, 2)).toBe(2_000);
  expect(await invoiced(price, 2, "jpy")).toBe(3_000);
  expect((await failure(invoiced(price, 2, "eur"))).message).toContain("only supports `usd`");
});

test("a tiered price is billed tier by tier", async () => {
  const { stripe } = await standIn();
  const { id: customer } = await stripe.customers.create({});
  const subscribe = async (tiers_mode: "graduated" | "volume") => {
    const price = await stripe.prices.create({
      product_data: { name: "Seats" },
      currency: "usd",
      billing_scheme: "tiered",
      tiers_mode,
      tiers: [
        { up_to: 5, unit_amount: 700 },
        { up_to: 10, unit_amount: 650 },
        { up_to: "inf", unit_amount: 600, flat_amount: 100 },
      ],
      recurring: { interval: "month" },
    });
    const subscription = await stripe.subscriptions.create({
      customer,
      items: [{ price: price.id, quantity: 20 }],
      collection_method: "send_invoice",
      days_until_due: 30,
      expand: ["latest_invoice"],
    });
    return subscription.latest_invoice as Stripe.Invoice;
  };
  const graduated = await subscribe("graduated");
  expect(graduated.lines.data.map((line) => [line.quantity, line.amount]).sort()).toEqual([
    [1, 100],
    [10, 6_000],
    [5, 3_250],
    [5, 3_500],
  ]);
  expect(graduated.total).toBe(12_850);
  expect((await subscribe("volume")).total).toBe(12_100);
});
