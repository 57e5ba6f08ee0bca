import type Stripe from "stripe";
import { afterEach, describe, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { failure } from "../../testing/stand-in";
import { checkoutEvents, pay, send, shop, URLS } from "./testing/shop";

afterEach(() => setClockForTests(null));

describe("the page", () => {
  test("takes a promotion code and other quantities, and shows what they cost", async () => {
    const { stripe, once, code } = await shop();
    const session = await stripe.checkout.sessions.create({
      mode: "payment",
      allow_promotion_codes: true,
      line_items: [{ price: once.id, quantity: 1, adjustable_quantity: { enabled: true, minimum: 1, maximum: 5 } }],
      ...URLS,
    });
    const [line] = (await stripe.checkout.sessions.listLineItems(session.id)).data;
    await send(session.url, { act: "quantity", [`quantity_${line?.id}`]: "9" });
    expect((await stripe.checkout.sessions.retrieve(session.id)).amount_total).toBe(7_500);
    expect((await send(session.url, { act: "promotion", promotionCode: "nonsense" })).text).toContain("not valid");
    await send(session.url, { act: "promotion", promotionCode: "welcome" });
    expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
      amount_total: 6_000,
      discounts: [{ promotion_code: code.id }],
    });
    await send(session.url, { act: "no_promotion" });
    expect((await stripe.checkout.sessions.retrieve(session.id)).amount_total).toBe(7_500);
    expect((await stripe.promotionCodes.retrieve(code.id)).times_redeemed).toBe(0);
  });

  test("asks for everything the merchant wants, and says what is missing", async () => {
    const { stripe, once } = await shop();
    const session = await stripe.checkout.sessions.create({
      mode: "payment",
      line_items: [{ price: once.id, quantity: 1 }],
      billing_address_collection: "required",
      phone_number_collection: { enabled: true },
      consent_collection: { terms_of_service: "required" },
      custom_fields: [
        { key: "engraving", label: { custom: "Engraving", type: "custom" }, type: "text", optional: true },
        {
          key: "size",
          label: { custom: "Size", type: "custom" },
          type: "dropdown",
          dropdown: { options: [{ label: "Small", value: "s" }] },
        },
      ],
      ...URLS,
    });
    const missing = await pay(session);
    expect(missing.status).toBe(400);
    for (const text of ["Please fill in this field", "Please accept the terms"]) expect(missing.text).toContain(text);
    await pay(session, {
      phone: "+1 555 0100",
      billingCountry: "US",
      billingAddressLine1: "1 Main St",
      billingLocality: "New York",
      billingPostalCode: "10001",
      field_size: "s",
      terms: "on",
    });
    expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
      status: "complete",
      consent: { terms_of_service: "accepted" },
      customer_details: { phone: "+1 555 0100", address: { line1: "1 Main St", country: "US" } },
      custom_fields: [{ text: { value: null } }, { dropdown: { value: "s" } }],
    });
  });
});

describe("time and mistakes", () => {
  test("a session expires after a day, or when it is told to", async () => {
    setClockForTests("2030-03-04T15:00:00Z");
    const standin = await shop();
    const { stripe, once, advance } = standin;
    const make = () =>
      stripe.checkout.sessions.create({ mode: "payment", line_items: [{ price: once.id, quantity: 1 }], ...URLS });
    const [first, second] = [await make(), await make()];
    await pay(second, { cardNumber: "4000000000009995" });
    const told = await stripe.checkout.sessions.expire(first.id);
    expect(told).toMatchObject({ status: "expired", url: null });
    await advance("23h");
    expect((await stripe.checkout.sessions.retrieve(second.id)).status).toBe("open");
    await advance("2h");
    const late = await stripe.checkout.sessions.retrieve(second.id, { expand: ["payment_intent"] });
    expect(late).toMatchObject({ status: "expired", payment_intent: { status: "canceled" } });
    expect((await fetch(second.url ?? "")).status).toBe(404);
    expect(await checkoutEvents(standin)).toEqual(["checkout.session.expired", "checkout.session.expired"]);
    expect((await failure(stripe.checkout.sessions.expire(first.id))).message).toContain("status of `expired`");
  });

  test("what does not fit is refused by name", async () => {
    const { stripe, once, monthly, coupon } = await shop();
    const line_items = [{ price: once.id, quantity: 1 }];
    const tries: [Stripe.Checkout.SessionCreateParams, string][] = [
      [{ mode: "payment", line_items }, "success_url"],
      [{ mode: "payment", ...URLS }, "line_items"],
      [{ mode: "payment", line_items: [{ price: monthly.id, quantity: 1 }], ...URLS }, "line_items"],
      [{ mode: "subscription", line_items, ...URLS }, "line_items"],
      [{ mode: "setup", ...URLS }, "currency"],
      [{ mode: "payment", line_items, subscription_data: { description: "x" }, ...URLS }, "subscription_data"],
      [
        { mode: "payment", line_items, allow_promotion_codes: true, discounts: [{ coupon: coupon.id }], ...URLS },
        "allow_promotion_codes",
      ],
      [{ mode: "payment", line_items, expires_at: 1, ...URLS }, "expires_at"],
      [{ mode: "payment", line_items, ui_mode: "embedded_page", ...URLS }, "ui_mode"],
      [{ mode: "payment", line_items, automatic_tax: { enabled: true }, ...URLS }, "automatic_tax"],
    ];
    for (const [params, param] of tries)
      expect((await failure(stripe.checkout.sessions.create(params))).param, param).toBe(param);
  });
});
