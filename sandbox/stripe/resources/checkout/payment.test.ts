import type Stripe from "stripe";
import { afterEach, describe, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { answerChallenge, eventTypes } from "../../testing/stand-in";
import { checkoutEvents, pay, send, shop, URLS } from "./testing/shop";

afterEach(() => setClockForTests(null));

describe("a payment", () => {
  test("is figured, paid on the page and leads back with the session's id", async () => {
    const standin = await shop();
    const { stripe, once, coupon } = standin;
    const session = await stripe.checkout.sessions.create({
      mode: "payment",
      line_items: [{ price: once.id, quantity: 2 }],
      discounts: [{ coupon: coupon.id }],
      client_reference_id: "tenant-1",
      metadata: { order: "7" },
      payment_intent_data: { metadata: { order: "7" }, description: "Two arms" },
      ...URLS,
    });
    expect(session).toMatchObject({
      status: "open",
      payment_status: "unpaid",
      payment_intent: null,
      amount_subtotal: 3_000,
      amount_total: 2_400,
      total_details: { amount_discount: 600, amount_tax: 0 },
      url: `${standin.url}/c/pay/${session.id}`,
    });
    const declined = await pay(session, { cardNumber: "4000000000009995" });
    expect([declined.status, declined.text.includes("insufficient funds")]).toEqual([402, true]);
    const paid = await pay(session);
    expect([paid.status, paid.location]).toEqual([303, `https://app.test/done?session=${session.id}`]);
    const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ["payment_intent", "line_items"] });
    expect(done).toMatchObject({
      status: "complete",
      payment_status: "paid",
      url: null,
      customer: null,
      customer_details: { email: "olivia@acme.test", name: "Olivia Stone" },
      payment_intent: { amount: 2_400, status: "succeeded", description: "Two arms", metadata: { order: "7" } },
      line_items: { data: [{ description: "Robot arm", quantity: 2, amount_discount: 600, amount_total: 2_400 }] },
    });
    expect((await stripe.coupons.retrieve(coupon.id)).times_redeemed).toBe(1);
    expect((await eventTypes(stripe)).slice(-3)).toEqual([
      "charge.succeeded",
      "payment_intent.succeeded",
      "checkout.session.completed",
    ]);
    expect((await send(session.url, {})).text).toContain("complete");
  });

  test("asks the bank first, and fails there without ending the session", async () => {
    const { stripe, once, ...standin } = await shop();
    const session = await stripe.checkout.sessions.create({
      mode: "payment",
      line_items: [{ price: once.id, quantity: 1 }],
      customer_creation: "always",
      ...URLS,
    });
    const asked = await pay(session, { cardNumber: "4000002760003184" });
    expect(asked.location).toMatch(/^\/challenge\/pi_/);
    const open = await stripe.checkout.sessions.retrieve(session.id, { expand: ["payment_intent"] });
    const intent = open.payment_intent as Stripe.PaymentIntent;
    expect([open.status, intent.status]).toEqual(["open", "requires_action"]);
    await answerChallenge({ ...standin, stripe }, intent, "fail");
    expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe("open");
    await pay(session, { cardNumber: "4000002760003184" });
    await answerChallenge({ ...standin, stripe }, intent, "success");
    const done = await stripe.checkout.sessions.retrieve(session.id);
    expect(done).toMatchObject({ status: "complete", payment_status: "paid", payment_intent: intent.id });
    expect(done.customer).toMatch(/^cus_/);
  });

  test("by bank account is complete at once and paid days later", async () => {
    setClockForTests("2030-03-04T15:00:00Z");
    const standin = await shop();
    const { stripe, once, advance } = standin;
    const session = await stripe.checkout.sessions.create({
      mode: "payment",
      line_items: [{ price: once.id, quantity: 1 }],
      ...URLS,
    });
    const bank = { accountHolderName: "Olivia Stone", routingNumber: "110000000", verification: "instant" };
    await pay(session, { means: "us_bank_account", accountNumber: "000123456789", ...bank });
    expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
      status: "complete",
      payment_status: "unpaid",
    });
    const failing = await stripe.checkout.sessions.create({
      mode: "payment",
      line_items: [{ price: once.id, quantity: 1 }],
      ...URLS,
    });
    await pay(failing, { means: "us_bank_account", accountNumber: "000222222227", ...bank });
    await advance("5d");
    expect((await stripe.checkout.sessions.retrieve(session.id)).payment_status).toBe("paid");
    expect((await stripe.checkout.sessions.retrieve(failing.id)).payment_status).toBe("unpaid");
    expect(await checkoutEvents(standin)).toEqual([
      "checkout.session.completed",
      "checkout.session.completed",
      "checkout.session.async_payment_succeeded",
      "checkout.session.async_payment_failed",
    ]);
  });

  test("with invoice_creation leaves a paid invoice", async () => {
    const { stripe, once } = await shop();
    const session = await stripe.checkout.sessions.create({
      mode: "payment",
      line_items: [{ price: once.id, quantity: 3 }],
      invoice_creation: { enabled: true, invoice_data: { description: "Thank you" } },
      ...URLS,
    });
    await pay(session);
    const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ["invoice"] });
    expect(done).toMatchObject({
      status: "complete",
      payment_status: "paid",
      invoice: { status: "paid", amount_paid: 4_500, description: "Thank you" },
    });
  });
});
