import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { eventTypes } from "../../testing/stand-in";
import { type Features, page, subscriber } from "./testing/subscriber";

beforeEach(() => setClockForTests("2030-03-04T15:00:00Z"));
afterEach(() => setClockForTests(null));

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
