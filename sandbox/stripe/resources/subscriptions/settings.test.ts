import { afterEach, beforeEach, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { standIn } from "../../testing/stand-in";
import { minute, payer, planOf } from "../../testing/subscribers";

beforeEach(() => setClockForTests("2030-01-31T10:00:00Z"));
afterEach(() => setClockForTests(null));

test("payment settings reach the invoices", async () => {
  const { stripe } = await standIn();
  const customer = await payer(stripe);
  const price = await planOf(stripe);
  const subscription = await stripe.subscriptions.create({
    customer,
    items: [{ price: price.id }],
    payment_behavior: "default_incomplete",
    payment_settings: {
      payment_method_options: { card: { request_three_d_secure: "any" } },
      payment_method_types: ["card"],
    },
    expand: ["latest_invoice"],
  });
  const shown = { payment_method_types: ["card"], payment_method_options: { card: { request_three_d_secure: "any" } } };
  expect(subscription).toMatchObject({ payment_settings: shown, latest_invoice: { payment_settings: shown } });
});

test("a plan may bring its own trial", async () => {
  const { stripe } = await standIn();
  const customer = await payer(stripe);
  const product = await stripe.products.create({ name: "Pro" });
  const price = await stripe.prices.create({
    product: product.id,
    currency: "usd",
    unit_amount: 900,
    recurring: { interval: "month", trial_period_days: 10 },
  });
  const items = [{ price: price.id }];
  expect((await stripe.subscriptions.create({ customer, items })).status).toBe("active");
  const trialing = await stripe.subscriptions.create({ customer, items, trial_from_plan: true });
  expect([trialing.status, minute(trialing.trial_end)]).toEqual(["trialing", "2030-02-10T10:00"]);
});
