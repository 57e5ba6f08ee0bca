import type Stripe from "stripe";
import { afterEach, beforeEach, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { customerWith, eventTypes, failure, type StandIn, standIn } from "../../testing/stand-in";

beforeEach(() => setClockForTests("2030-01-31T15:00:00Z"));
afterEach(() => setClockForTests(null));

/** What requests without a version may still do, as the official CLI does. */
async function olderPost(standin: StandIn, path: string, fields: Record<string, string>): Promise<Stripe.Customer> {
  const response = await fetch(`${standin.url}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${standin.secretKey}` },
    body: new URLSearchParams(fields),
  });
  return (await response.json()) as Stripe.Customer;
}

async function oneOff(
  stripe: Stripe,
  customer: string,
  amounts: number[],
  discounts: Stripe.InvoiceCreateParams.Discount[],
) {
  for (const amount of amounts) await stripe.invoiceItems.create({ customer, amount, currency: "usd" });
  return stripe.invoices.create({ customer, discounts, pending_invoice_items_behavior: "include" });
}

test("a customer's discount comes, is replaced and goes", async () => {
  const standin = await standIn();
  const { stripe } = standin;
  await stripe.coupons.create({ id: "TEN", percent_off: 10, duration: "forever" });
  await stripe.coupons.create({ id: "HALF", percent_off: 50, duration: "repeating", duration_in_months: 1 });
  const { id } = await olderPost(standin, "/v1/customers", { coupon: "TEN" });
  const replaced = await olderPost(standin, `/v1/customers/${id}`, { coupon: "HALF" });
  // A month after 31 January is the last of February.
  expect(replaced.discount).toMatchObject({
    source: { coupon: "HALF" },
    end: Date.parse("2030-02-28T15:00:00Z") / 1000,
  });
  expect(await stripe.customers.deleteDiscount(id)).toMatchObject({ object: "discount", deleted: true });
  expect(await stripe.customers.retrieve(id)).toMatchObject({ discount: null });
  expect((await failure(stripe.customers.deleteDiscount(id))).code).toBe("resource_missing");
  expect((await stripe.coupons.retrieve("TEN")).times_redeemed).toBe(1);
  expect((await eventTypes(stripe)).filter((type) => type.includes("discount"))).toEqual([
    "customer.discount.created",
    "customer.discount.updated",
    "customer.discount.deleted",
  ]);
});

test("a repeating discount ends by itself", async () => {
  const standin = await standIn();
  const { stripe, advance } = standin;
  await stripe.coupons.create({ id: "HALF", percent_off: 50, duration: "repeating", duration_in_months: 1 });
  const { id } = await olderPost(standin, "/v1/customers", { coupon: "HALF" });
  await advance("27d");
  expect(await stripe.customers.retrieve(id)).toMatchObject({ discount: { source: { coupon: "HALF" } } });
  await advance("2d");
  expect(await stripe.customers.retrieve(id)).toMatchObject({ discount: null });
  expect(await eventTypes(stripe)).toContain("customer.discount.deleted");
});

test("discounts of an invoice are taken off one after the other, and their parts add up", async () => {
  const { stripe } = await standIn();
  const { id } = await stripe.customers.create({});
  await stripe.coupons.create({ id: "THIRD", percent_off: 33.33 });
  await stripe.coupons.create({ id: "TWO", amount_off: 200, currency: "usd" });
  const invoice = await oneOff(stripe, id, [1_000, 999, 1], [{ coupon: "THIRD" }, { coupon: "TWO" }]);
  expect(invoice.total_discount_amounts?.map(({ amount }) => amount)).toEqual([667, 200]);
  expect(invoice.total).toBe(2_000 - 667 - 200);
  const parts = invoice.lines.data.flatMap((line) => line.discount_amounts ?? []);
  expect(parts.reduce((sum, part) => sum + part.amount, 0)).toBe(867);
  // No event tells of a discount that one invoice has.
  expect((await eventTypes(stripe)).some((type) => type.startsWith("customer.discount"))).toBe(false);
});

test("a coupon for some products leaves the others alone, and keeps counting when it is deleted", async () => {
  const { stripe } = await standIn();
  const { id: customer } = await stripe.customers.create({});
  const [seats, hours] = await Promise.all(["Seats", "Hours"].map((name) => stripe.products.create({ name })));
  await stripe.coupons.create({ id: "SEATS", percent_off: 50, applies_to: { products: [String(seats?.id)] } });
  for (const product of [seats, hours]) {
    const price_data = { product: String(product?.id), currency: "usd", unit_amount: 1_000 };
    await stripe.invoiceItems.create({ customer, price_data });
  }
  const draft = await oneOff(stripe, customer, [], [{ coupon: "SEATS" }]);
  await stripe.coupons.del("SEATS");
  const open = await stripe.invoices.finalizeInvoice(draft.id, { expand: ["discounts.source.coupon"] });
  expect(open).toMatchObject({
    subtotal: 2_000,
    total: 1_500,
    discounts: [{ source: { coupon: { id: "SEATS", percent_off: 50 } } }],
  });
});

test("what cannot be redeemed is refused with its reason", async () => {
  const { stripe, advance } = await standIn();
  const { customer } = await customerWith(stripe, "pm_card_visa");
  const soon = Date.parse("2030-02-01T15:00:00Z") / 1000;
  const { id: coupon } = await stripe.coupons.create({ percent_off: 10 });
  await stripe.coupons.create({ id: "LATE", percent_off: 10, redeem_by: soon });
  await stripe.coupons.create({ id: "LAST", percent_off: 10, max_redemptions: 1 });
  const code = (more: Partial<Stripe.PromotionCodeCreateParams>) =>
    stripe.promotionCodes.create({ promotion: { type: "coupon", coupon }, ...more });
  const refused = (discount: Stripe.InvoiceCreateParams.Discount) =>
    failure(stripe.invoices.create({ customer, discounts: [discount] }));
  await stripe.invoices.create({ customer, discounts: [{ coupon: "LAST" }] });
  expect(await refused({ coupon: "LAST" })).toMatchObject({ code: "coupon_expired", param: "discounts[0][coupon]" });
  await advance("25h");
  expect((await refused({ coupon: "LATE" })).message).toBe("Coupon expired: LATE");
  expect((await refused({ coupon: "NONE" })).code).toBe("resource_missing");
  const other = await stripe.customers.create({});
  const others = await code({ customer: other.id });
  expect((await refused({ promotion_code: others.id })).message).toContain("different customer");
  const first = await code({ restrictions: { first_time_transaction: true } });
  await stripe.invoices.create({ customer, discounts: [{ promotion_code: first.id }] });
  await stripe.paymentIntents.create({
    amount: 100,
    currency: "usd",
    customer,
    payment_method: "pm_card_visa",
    confirm: true,
    automatic_payment_methods: { enabled: true, allow_redirects: "never" },
  });
  expect((await refused({ promotion_code: first.id })).message).toBe(
    "This promotion code cannot be redeemed because the associated customer has prior transactions.",
  );
  const { id } = await code({});
  await stripe.promotionCodes.update(id, { active: false });
  expect((await refused({ promotion_code: id })).message).toContain("inactive");
});

test("a coupon for once waits through a trial, and is spent by the first invoice with something to pay", async () => {
  const { stripe, advance } = await standIn();
  const saved = await customerWith(stripe, "pm_card_visa");
  await stripe.customers.update(saved.customer, { invoice_settings: { default_payment_method: saved.payment_method } });
  await stripe.coupons.create({ id: "ONCE", percent_off: 50 });
  const price = await stripe.prices.create({
    product_data: { name: "Team" },
    currency: "usd",
    unit_amount: 2_000,
    recurring: { interval: "month" },
  });
  const tried = await stripe.subscriptions.create({
    customer: saved.customer,
    items: [{ price: price.id }],
    discounts: [{ coupon: "ONCE" }],
    trial_period_days: 7,
  });
  expect(tried.discounts).toHaveLength(1);
  await advance("8d");
  const [first, trial] = (await stripe.invoices.list({ subscription: tried.id })).data;
  expect([trial?.total, first?.total]).toEqual([0, 1_000]);
  expect((await stripe.subscriptions.retrieve(tried.id)).discounts).toEqual([]);
  const paying = await stripe.subscriptions.create({
    customer: saved.customer,
    items: [{ price: price.id }],
    discounts: [{ coupon: "ONCE" }],
    expand: ["latest_invoice"],
  });
  // Its first invoice has used it up before the answer goes out.
  expect(paying).toMatchObject({ discounts: [], latest_invoice: { total: 1_000 } });
});

test("a code with a smallest amount needs that much; a subscription's discounts are replaced as a list", async () => {
  const { stripe } = await standIn();
  const saved = await customerWith(stripe, "pm_card_visa");
  const { id: coupon } = await stripe.coupons.create({ percent_off: 10, duration: "forever" });
  const { id: other } = await stripe.coupons.create({ percent_off: 20, duration: "forever" });
  const code = await stripe.promotionCodes.create({
    promotion: { type: "coupon", coupon },
    restrictions: { minimum_amount: 5_000, minimum_amount_currency: "usd" },
  });
  const price = await stripe.prices.create({
    product_data: { name: "Seat" },
    currency: "usd",
    unit_amount: 2_000,
    recurring: { interval: "month" },
  });
  const subscribe = (quantity: number) =>
    stripe.subscriptions.create({
      customer: saved.customer,
      default_payment_method: saved.payment_method,
      items: [{ price: price.id, quantity }],
      discounts: [{ promotion_code: code.id }],
      expand: ["discounts"],
    });
  expect((await failure(subscribe(2))).message).toContain("minimum amount");
  const subscription = await subscribe(3);
  const [first] = subscription.discounts as Stripe.Discount[];
  expect(first).toMatchObject({ promotion_code: code.id, source: { coupon }, subscription: subscription.id });
  expect((await stripe.promotionCodes.retrieve(code.id)).times_redeemed).toBe(1);
  const both = await stripe.subscriptions.update(subscription.id, {
    discounts: [{ discount: String(first?.id) }, { coupon: other }],
  });
  expect(both.discounts[0]).toBe(first?.id);
  expect(both.discounts).toHaveLength(2);
  await stripe.subscriptions.update(subscription.id, { discounts: [{ discount: String(both.discounts[1]) }] });
  await stripe.subscriptions.deleteDiscount(subscription.id);
  expect((await stripe.subscriptions.retrieve(subscription.id)).discounts).toEqual([]);
  expect((await eventTypes(stripe)).filter((type) => type.startsWith("customer.discount"))).toEqual([
    "customer.discount.created",
    "customer.discount.created",
    "customer.discount.deleted",
    "customer.discount.deleted",
  ]);
});
