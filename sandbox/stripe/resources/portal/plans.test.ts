import type Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { customerWith, eventTypes, failure, standIn } from "../../testing/stand-in";

beforeEach(() => setClockForTests("2030-03-04T15:00:00Z"));
afterEach(() => setClockForTests(null));

type Features = Stripe.BillingPortal.ConfigurationCreateParams.Features;

async function subscriber() {
  const standin = await standIn();
  const { stripe } = standin;
  const { customer, payment_method } = await customerWith(stripe, "pm_card_visa");
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: payment_method } });
  const product = await stripe.products.create({ name: "Sailor" });
  const price = (unit_amount: number, interval: "month" | "year" = "month") =>
    stripe.prices.create({ product: product.id, unit_amount, currency: "usd", recurring: { interval } });
  const [small, large] = [await price(1_000), await price(3_000)];
  const subscription = await stripe.subscriptions.create({ customer, items: [{ price: small.id }] });
  async function open(features: Features, more: Partial<Stripe.BillingPortal.SessionCreateParams> = {}) {
    const configuration = await stripe.billingPortal.configurations.create({ features });
    return stripe.billingPortal.sessions.create({
      customer,
      configuration: configuration.id,
      return_url: "https://app.test/billing",
      ...more,
    });
  }
  return { ...standin, customer, product, small, large, subscription, open };
}

async function page(url: string, fields?: Record<string, string>) {
  const response = await fetch(url, {
    redirect: "manual",
    ...(fields && { method: "POST", body: new URLSearchParams(fields) }),
  });
  return { status: response.status, location: response.headers.get("location") ?? "", text: await response.text() };
}

const changing = (product: string, prices: string[]): Features => ({
  subscription_update: {
    enabled: true,
    default_allowed_updates: ["price", "quantity", "promotion_code"],
    proration_behavior: "always_invoice",
    products: [{ product, prices, adjustable_quantity: { enabled: true, minimum: 1, maximum: 10 } }],
  },
});

describe("cancelling", () => {
  test("at the end of the period, with a reason, and taking it back", async () => {
    const { stripe, subscription, open } = await subscriber();
    const session = await open({
      subscription_cancel: {
        enabled: true,
        cancellation_reason: { enabled: true, options: ["too_expensive", "other"] },
      },
    });
    const step = `${session.url}/subscriptions/${subscription.id}`;
    expect((await page(session.url)).text).toContain("Your plan renews on Apr 4, 2030");
    const asked = await page(`${step}/cancel`);
    expect(asked.text).toContain("until the end of your billing period on Apr 4, 2030");
    expect(asked.text).not.toContain('value="unused"');
    const done = await page(`${step}/cancel`, { feedback: "too_expensive", comment: "Too much" });
    expect((await page(new URL(done.location, session.url).href)).text).toContain("canceled and ends on Apr 4, 2030");
    expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
      status: "active",
      cancel_at_period_end: true,
      cancellation_details: { feedback: "too_expensive", comment: "Too much", reason: "cancellation_requested" },
    });
    await page(`${step}/renew`, {});
    expect((await stripe.subscriptions.retrieve(subscription.id)).cancel_at_period_end).toBe(false);
  });

  test("at once, as the configuration says, and back to where the flow ends", async () => {
    const { stripe, subscription, open } = await subscriber();
    const flow_data = {
      type: "subscription_cancel",
      subscription_cancel: { subscription: subscription.id },
      after_completion: { type: "redirect", redirect: { return_url: "https://app.test/bye" } },
    } as const;
    const session = await open({ subscription_cancel: { enabled: true, mode: "immediately" } }, { flow_data });
    expect((await page(session.url)).text).toContain("canceled at once");
    const done = await page(`${session.url}/subscriptions/${subscription.id}/cancel`, {});
    expect(done.location).toBe("https://app.test/bye");
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("canceled");
    expect(await eventTypes(stripe)).toContain("customer.subscription.deleted");
  });

  test("can be met with an offer", async () => {
    const { stripe, subscription, open } = await subscriber();
    const coupon = await stripe.coupons.create({ percent_off: 30, duration: "once" });
    const session = await open(
      { subscription_cancel: { enabled: true } },
      {
        flow_data: {
          type: "subscription_cancel",
          subscription_cancel: {
            subscription: subscription.id,
            retention: { type: "coupon_offer", coupon_offer: { coupon: coupon.id } },
          },
        },
      },
    );
    expect((await page(session.url)).text).toContain("Stay, and get 30% off.");
    await page(`${session.url}/subscriptions/${subscription.id}/cancel`, { offer: coupon.id });
    const kept = await stripe.subscriptions.retrieve(subscription.id);
    expect([kept.cancel_at_period_end, kept.discounts.length]).toEqual([false, 1]);
  });
});

describe("changing the plan", () => {
  test("shows what is due, and charges exactly that", async () => {
    const { stripe, subscription, open, product, small, large, customer, advance } = await subscriber();
    await advance("15d");
    const session = await open(changing(product.id, [small.id, large.id]));
    const step = `${session.url}/subscriptions/${subscription.id}`;
    const chosen = await page(`${step}/update`, { price: large.id, [`quantity_${large.id}`]: "2" });
    const confirm = new URL(chosen.location, session.url).href;
    const shown = await page(confirm);
    const due = /Amount due today<\/th><td>\$([\d.]+)</.exec(shown.text)?.[1] ?? "";
    expect(Number(due)).toBeGreaterThan(20);
    const at = /name="at" value="(\d+)"/.exec(shown.text)?.[1] ?? "";
    const done = await page(confirm, { at });
    expect(done.location).toContain("done=updated");
    const changed = await stripe.subscriptions.retrieve(subscription.id);
    expect(changed.items.data[0]).toMatchObject({ price: { id: large.id }, quantity: 2 });
    const [invoice] = (await stripe.invoices.list({ customer })).data;
    expect(invoice).toMatchObject({ status: "paid", billing_reason: "subscription_update" });
    expect(((invoice?.amount_paid ?? 0) / 100).toFixed(2)).toBe(due);
  });

  test("a declined payment changes nothing and is said in place", async () => {
    const { stripe, subscription, open, product, small, large, customer } = await subscriber();
    const session = await open(changing(product.id, [small.id, large.id]));
    const bad = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer });
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: bad.id } });
    const confirm = `${session.url}/subscriptions/${subscription.id}/confirm?price=${large.id}&quantity=1`;
    const refused = await page(confirm, {});
    expect([refused.status, refused.text.includes("declined")]).toEqual([402, true]);
    expect((await stripe.subscriptions.retrieve(subscription.id)).items.data[0]?.price.id).toBe(small.id);
  });

  test("takes a promotion code and only prices of the configuration", async () => {
    const { stripe, subscription, open, product, small, large } = await subscriber();
    const other = await stripe.prices.create({
      product: product.id,
      unit_amount: 1,
      currency: "usd",
      recurring: { interval: "month" },
    });
    const coupon = await stripe.coupons.create({ percent_off: 50, duration: "forever" });
    await stripe.promotionCodes.create({ promotion: { type: "coupon", coupon: coupon.id }, code: "HALF" });
    const session = await open(changing(product.id, [small.id, large.id]));
    const step = `${session.url}/subscriptions/${subscription.id}`;
    expect((await page(`${step}/confirm?price=${other.id}&quantity=1`)).location).toMatch(/update$/);
    expect((await page(`${step}/confirm?price=${large.id}&quantity=1&code=none`)).text).toContain("not valid");
    await page(`${step}/confirm?price=${large.id}&quantity=1&code=half`, {});
    const changed = await stripe.subscriptions.retrieve(subscription.id, { expand: ["discounts"] });
    expect(changed.discounts[0]).toMatchObject({ source: { coupon: coupon.id } });
  });

  test("can be prepared by the merchant: subscription_update_confirm", async () => {
    const { stripe, subscription, open, product, small, large } = await subscriber();
    const [item] = subscription.items.data;
    const session = await open(changing(product.id, [small.id, large.id]), {
      flow_data: {
        type: "subscription_update_confirm",
        subscription_update_confirm: {
          subscription: subscription.id,
          items: [{ id: item?.id ?? "", price: large.id, quantity: 1 }],
        },
        after_completion: { type: "hosted_confirmation", hosted_confirmation: { custom_message: "Welcome aboard" } },
      },
    });
    expect((await page(session.url)).text).toContain("Confirm your updates");
    const done = await page(`${session.url}/subscriptions/${subscription.id}/confirm`, {});
    const last = await page(new URL(done.location, session.url).href);
    expect(last.text).toContain("Welcome aboard");
    expect((await stripe.subscriptions.retrieve(subscription.id)).items.data[0]?.price.id).toBe(large.id);
  });
});

test("a plan is paused for a while and resumed", async () => {
  const { stripe, subscription, open } = await subscriber();
  const session = await open({
    subscription_pause: {
      enabled: true,
      duration: { type: "interval_options", interval_options: [{ interval: "month", interval_count: 2 }] },
    },
  });
  const step = `${session.url}/subscriptions/${subscription.id}`;
  await page(`${step}/pause`, { duration: "0" });
  const paused = await stripe.subscriptions.retrieve(subscription.id);
  expect(paused.pause_collection).toMatchObject({
    behavior: "void",
    resumes_at: Date.parse("2030-05-04T15:00:00Z") / 1000,
  });
  expect((await page(session.url)).text).toContain("paused until May 4, 2030");
  await page(`${step}/resume`, {});
  expect((await stripe.subscriptions.retrieve(subscription.id)).pause_collection).toBeNull();
});

test("details are changed as far as the configuration allows", async () => {
  const { stripe, customer, open } = await subscriber();
  const session = await open({
    customer_update: { enabled: true, allowed_updates: ["name", "email", "address", "tax_id"] },
  });
  expect((await page(`${session.url}/details`, { email: "nonsense" })).status).toBe(400);
  const saved = await page(`${session.url}/details`, {
    customerName: "Acme Robotics",
    email: "billing@acme.test",
    phone: "+1 555 0100",
    billingCountry: "DE",
    billingAddressLine1: "Hauptstr. 1",
    billingLocality: "Berlin",
    taxIdType: "eu_vat",
    taxIdValue: "DE123456789",
  });
  expect(saved.location).toContain("done=detailsSaved");
  expect(await stripe.customers.retrieve(customer, { expand: ["tax_ids"] })).toMatchObject({
    name: "Acme Robotics",
    email: "billing@acme.test",
    phone: null,
    address: { country: "DE", city: "Berlin" },
    tax_ids: { data: [{ type: "eu_vat", value: "DE123456789" }] },
  });
  expect((await page(session.url)).text).toContain("DE123456789");
});

test("invoices are listed with their pages, which pay what is open", async () => {
  const { stripe, customer, open } = await subscriber();
  await stripe.invoiceItems.create({ customer, amount: 2_500, currency: "usd", description: "Rigging" });
  const draft = await stripe.invoices.create({
    customer,
    collection_method: "send_invoice",
    days_until_due: 30,
    pending_invoice_items_behavior: "include",
  });
  const invoice = await stripe.invoices.finalizeInvoice(draft.id);
  const session = await open({ invoice_history: { enabled: true } });
  const listed = await page(session.url);
  expect(listed.text).toContain(invoice.hosted_invoice_url ?? "-");
  expect(listed.text).toContain("$25.00");
  const url = invoice.hosted_invoice_url ?? "";
  const shown = await page(url);
  for (const text of ["Rigging", "$25.00 due", "Due Apr 3, 2030", "stand-in"]) expect(shown.text).toContain(text);
  const card = { means: "card", cardExpiry: "12/40", cardCvc: "123", billingName: "Olivia" };
  const declined = await page(url, { ...card, cardNumber: "4000000000000002" });
  expect([declined.status, declined.text.includes("declined")]).toEqual([402, true]);
  const asked = await page(url, { ...card, cardNumber: "4000002760003184" });
  expect(asked.location).toMatch(/^\/challenge\/pi_/);
  const answered = await page(new URL(asked.location, url).href, { outcome: "success" });
  const returned = await page(new URL(answered.location, url).href);
  const paid = await page(new URL(returned.location, url).href);
  for (const text of ["Invoice paid", "Paid on Mar 4, 2030", "/receipts/ch_"]) expect(paid.text).toContain(text);
  expect((await stripe.invoices.retrieve(invoice.id)).status).toBe("paid");
  const receipt = /href="([^"]+\/receipts\/[^"]+)"/.exec(paid.text)?.[1] ?? "";
  expect((await page(receipt)).text).toContain("Visa ending in 3184");
});

test("nobody reaches what the configuration has off, or what is another customer's", async () => {
  const { stripe, subscription, open, small } = await subscriber();
  const session = await open({ invoice_history: { enabled: true } });
  for (const path of ["/card", "/details", `/subscriptions/${subscription.id}/cancel`])
    expect((await page(session.url + path, {})).status).toBe(404);
  const other = await customerWith(stripe, "pm_card_visa");
  const configuration = await stripe.billingPortal.configurations.create({
    features: { subscription_cancel: { enabled: true } },
  });
  const theirs = { customer: other.customer, configuration: configuration.id };
  const { url } = await stripe.billingPortal.sessions.create(theirs);
  expect((await page(`${url}/subscriptions/${subscription.id}/cancel`, {})).status).toBe(404);
  expect((await stripe.subscriptions.retrieve(subscription.id)).cancel_at_period_end).toBe(false);
  const flow = { type: "subscription_cancel", subscription_cancel: { subscription: subscription.id } } as const;
  expect((await failure(stripe.billingPortal.sessions.create({ ...theirs, flow_data: flow }))).code).toBe(
    "resource_missing",
  );
  const update = { type: "subscription_update", subscription_update: { subscription: subscription.id } } as const;
  expect((await failure(stripe.billingPortal.sessions.create({ ...theirs, flow_data: update }))).param).toBe(
    "flow_data[type]",
  );
  const wrong = stripe.billingPortal.configurations.create({
    features: {
      subscription_update: {
        enabled: true,
        default_allowed_updates: ["price"],
        products: [{ product: "prod_other", prices: [small.id] }],
      },
    },
  });
  expect((await failure(wrong)).param).toContain("products");
});

test("customers of a test clock live by it in the portal and at checkout", async () => {
  const { stripe, small } = await subscriber();
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: Date.parse("2029-01-31T10:00:00Z") / 1000 });
  const customer = await stripe.customers.create({ test_clock: clock.id, email: "past@acme.test" });
  const session = await stripe.checkout.sessions.create({
    mode: "subscription",
    customer: customer.id,
    line_items: [{ price: small.id, quantity: 1 }],
    success_url: "https://app.test/done",
  });
  const card = { means: "card", cardNumber: "4242424242424242", cardExpiry: "12/40", cardCvc: "123" };
  expect((await page(session.url ?? "", { act: "pay", ...card })).status).toBe(303);
  const [subscription] = (await stripe.subscriptions.list({ customer: customer.id })).data;
  expect(subscription).toMatchObject({ status: "active", test_clock: clock.id });
  const configuration = await stripe.billingPortal.configurations.create({
    features: { subscription_cancel: { enabled: true } },
  });
  const { url } = await stripe.billingPortal.sessions.create({
    customer: customer.id,
    configuration: configuration.id,
  });
  expect((await page(url)).text).toContain("Your plan renews on Feb 28, 2029");
  await page(`${url}/subscriptions/${subscription?.id}/cancel`, {});
  const canceled = await stripe.subscriptions.retrieve(subscription?.id ?? "");
  expect(canceled.canceled_at).toBe(clock.frozen_time);
});
