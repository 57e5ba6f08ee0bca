import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { customerWith } from "../testing/stand-in";
import { elementPage } from "./testing/element-page";
import type { Merchant } from "./testing/merchant";

declare const window: { merchant: Merchant };

const at = elementPage();

async function sessionFor(
  customer: string,
  features: Stripe.CustomerSessionCreateParams.Components.PaymentElement.Features,
): Promise<string> {
  const components = { payment_element: { enabled: true, features } };
  return (await at.stripe.customerSessions.create({ customer, components })).client_secret;
}

describe("saved methods", () => {
  const SHOWN: Stripe.CustomerSessionCreateParams.Components.PaymentElement.Features = {
    payment_method_redisplay: "enabled",
    payment_method_allow_redisplay_filters: ["always", "limited", "unspecified"],
    payment_method_save: "enabled",
    payment_method_save_usage: "off_session",
    payment_method_remove: "enabled",
  };

  it("pays with a saved card that the customer picks", async () => {
    const { customer } = await customerWith(at.stripe, "pm_card_visa");
    const second = await at.stripe.paymentMethods.attach("pm_card_mastercard", { customer });
    const intent = await at.stripe.paymentIntents.create({ amount: 2_000, currency: "usd", customer });
    await at.show({
      clientSecret: intent.client_secret ?? "",
      customerSessionClientSecret: await sessionFor(customer, SHOWN),
    });
    await at.frame.locator("#saved-tab").waitFor();
    const rows = at.frame.getByTestId("saved-payment-method");
    expect(await rows.count()).toBe(2);
    expect(await rows.first().innerText()).toContain("Mastercard •••• 4444");
    expect(await at.frame.getByRole("radio").first().isChecked()).toBe(true);
    await at.frame.getByRole("radio", { name: /Visa/ }).check();
    await at.frame.getByRole("radio", { name: /Mastercard/ }).check();
    const told = await at.page.evaluate(() => JSON.parse(JSON.stringify(window.merchant.events.at(-1)?.event)));
    expect(told).toMatchObject({ complete: true, value: { type: "card", payment_method: { id: second.id } } });
    expect(await at.confirm("confirmPayment")).toMatchObject({ paymentIntent: { status: "succeeded" } });
    expect((await at.stripe.paymentIntents.retrieve(intent.id)).payment_method).toBe(second.id);
  });

  it("saves a new card when the box is ticked, and only then", async () => {
    const customer = await at.stripe.customers.create();
    const pay = async (tick: boolean) => {
      const intent = await at.stripe.paymentIntents.create({ amount: 2_000, currency: "usd", customer: customer.id });
      const customerSessionClientSecret = await sessionFor(customer.id, SHOWN);
      await at.show({ clientSecret: intent.client_secret ?? "", customerSessionClientSecret });
      await at.fillCard("4242424242424242");
      if (tick) await at.frame.getByRole("checkbox", { name: /Save payment details/ }).check();
      expect(await at.confirm("confirmPayment")).toMatchObject({ paymentIntent: { status: "succeeded" } });
      return at.stripe.paymentIntents.retrieve(intent.id, { expand: ["payment_method"] });
    };
    expect(await pay(false)).toMatchObject({
      setup_future_usage: null,
      payment_method: { customer: null, allow_redisplay: "unspecified" },
    });
    expect(await pay(true)).toMatchObject({
      setup_future_usage: "off_session",
      payment_method: { customer: customer.id, allow_redisplay: "always" },
    });
    const setup = await at.stripe.setupIntents.create({ customer: customer.id });
    await at.show({
      clientSecret: setup.client_secret ?? "",
      customerSessionClientSecret: await sessionFor(customer.id, { payment_method_save: "enabled" }),
    });
    await at.fillCard("5555555555554444");
    await at.confirm("confirmSetup");
    expect(await at.stripe.setupIntents.retrieve(setup.id, { expand: ["payment_method"] })).toMatchObject({
      status: "succeeded",
      payment_method: { allow_redisplay: "limited" },
    });
  });

  it("shows what the filters allow, and removes after asking once more", async () => {
    const { customer, payment_method: visa } = await customerWith(at.stripe, "pm_card_visa");
    await at.stripe.paymentMethods.update(visa, { allow_redisplay: "always" });
    await at.stripe.paymentMethods.attach("pm_card_mastercard", { customer });
    const intent = await at.stripe.paymentIntents.create({ amount: 2_000, currency: "usd", customer });
    await at.show({
      clientSecret: intent.client_secret ?? "",
      customerSessionClientSecret: await sessionFor(customer, {
        payment_method_redisplay: "enabled",
        payment_method_remove: "enabled",
      }),
    });
    await at.frame.getByRole("button", { name: "Remove Visa •••• 4242" }).click();
    expect((await at.stripe.customers.listPaymentMethods(customer)).data).toHaveLength(2);
    await at.frame.getByRole("button", { name: "Remove payment method" }).click();
    await at.frame.locator('[name="number"]').waitFor();
    expect(await at.frame.locator("#saved-tab").count()).toBe(0);
    const left = (await at.stripe.customers.listPaymentMethods(customer)).data;
    expect(left.map(({ card }) => card?.brand)).toEqual(["mastercard"]);
    const [removed] = await at.page.evaluate(() =>
      window.merchant.events.filter(({ type }) => type === "savedpaymentmethodremove"),
    );
    expect(removed?.event).toMatchObject({ success: true, payment_method: { id: visa } });
  });

  it("refuses a customer session that is over or made up", async () => {
    const intent = await at.stripe.paymentIntents.create({ amount: 2_000, currency: "usd" });
    await at.show({ clientSecret: intent.client_secret ?? "", customerSessionClientSecret: "cuss_secret_nobody" });
    expect(await at.page.evaluate(() => window.merchant.events[0]?.type)).toBe("loaderror");
    at.expectComplaint("status of 400");
  });
});
