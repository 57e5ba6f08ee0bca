import type { Browser, FrameLocator, Page } from "@playwright/test";
import type { StripeElementsOptions, StripePaymentElementOptions } from "@stripe/stripe-js";
import type Stripe from "stripe";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { RunningStripe } from "../server";
import { expectNoViolations, startChecked } from "../testing/checked";
import { clientFor, customerWith } from "../testing/stand-in";
import { type MerchantSite, openPage, serveMerchant, startChromium } from "./testing/chromium";
import type { Merchant } from "./testing/merchant";

declare const window: { merchant: Merchant };

let browser: Browser;
let server: RunningStripe;
let site: MerchantSite;
let stripe: Stripe;
let page: Page;
let complaints: string[];
let frame: FrameLocator;

beforeAll(async () => {
  server = await startChecked();
  stripe = clientFor(server.url, server.secretKey);
  [browser, site] = await Promise.all([startChromium(), serveMerchant(server.url)]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await site?.close();
  await server?.close();
});
beforeEach(async () => {
  ({ page, complaints } = await openPage(browser, site.url));
  frame = page.frameLocator('iframe[title="Secure payment input frame"]');
});
afterEach(async () => {
  expect(complaints.filter((text) => !text.includes("status of 402") && !text.includes("over HTTP"))).toEqual([]);
  await page.close();
  expectNoViolations();
});

function show(options: StripeElementsOptions, element: StripePaymentElementOptions = {}): Promise<void> {
  const given = { key: server.publishableKey, options, element };
  return page.evaluate(({ key, options, element }) => window.merchant.show(key, options, element), given);
}

async function fillCard(number: string): Promise<void> {
  await frame.locator('[name="number"]').fill(number);
  await frame.locator('[name="expiry"]').fill("12/34");
  await frame.locator('[name="cvc"]').fill("123");
  await frame.locator('[name="postalCode"]').fill("10001");
}

/** Confirms as a page does and answers what it was told. */
function confirm(kind: "confirmPayment" | "confirmSetup"): Promise<Record<string, { id: string; code: string }>> {
  return page.evaluate(async (kind) => {
    const { stripe, elements } = window.merchant;
    if (!stripe || !elements) throw new Error("nothing is shown");
    const given = { elements, redirect: "if_required" as const };
    const answer = kind === "confirmSetup" ? await stripe.confirmSetup(given) : await stripe.confirmPayment(given);
    return JSON.parse(JSON.stringify(answer));
  }, kind);
}

const challenge = () => page.frameLocator('iframe[title="3D Secure challenge"]');

async function sessionFor(
  customer: string,
  features: Stripe.CustomerSessionCreateParams.Components.PaymentElement.Features,
): Promise<string> {
  const components = { payment_element: { enabled: true, features } };
  return (await stripe.customerSessions.create({ customer, components })).client_secret;
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
    const { customer } = await customerWith(stripe, "pm_card_visa");
    const second = await stripe.paymentMethods.attach("pm_card_mastercard", { customer });
    const intent = await stripe.paymentIntents.create({ amount: 2_000, currency: "usd", customer });
    await show({
      clientSecret: intent.client_secret ?? "",
      customerSessionClientSecret: await sessionFor(customer, SHOWN),
    });
    await frame.locator("#saved-tab").waitFor();
    const rows = frame.getByTestId("saved-payment-method");
    expect(await rows.count()).toBe(2);
    expect(await rows.first().innerText()).toContain("Mastercard •••• 4444");
    expect(await frame.getByRole("radio").first().isChecked()).toBe(true);
    await frame.getByRole("radio", { name: /Visa/ }).check();
    await frame.getByRole("radio", { name: /Mastercard/ }).check();
    const told = await page.evaluate(() => JSON.parse(JSON.stringify(window.merchant.events.at(-1)?.event)));
    expect(told).toMatchObject({ complete: true, value: { type: "card", payment_method: { id: second.id } } });
    expect(await confirm("confirmPayment")).toMatchObject({ paymentIntent: { status: "succeeded" } });
    expect((await stripe.paymentIntents.retrieve(intent.id)).payment_method).toBe(second.id);
  });

  it("saves a new card when the box is ticked, and only then", async () => {
    const customer = await stripe.customers.create();
    const pay = async (tick: boolean) => {
      const intent = await stripe.paymentIntents.create({ amount: 2_000, currency: "usd", customer: customer.id });
      const customerSessionClientSecret = await sessionFor(customer.id, SHOWN);
      await show({ clientSecret: intent.client_secret ?? "", customerSessionClientSecret });
      await fillCard("4242424242424242");
      if (tick) await frame.getByRole("checkbox", { name: /Save payment details/ }).check();
      expect(await confirm("confirmPayment")).toMatchObject({ paymentIntent: { status: "succeeded" } });
      return stripe.paymentIntents.retrieve(intent.id, { expand: ["payment_method"] });
    };
    expect(await pay(false)).toMatchObject({
      setup_future_usage: null,
      payment_method: { customer: null, allow_redisplay: "unspecified" },
    });
    expect(await pay(true)).toMatchObject({
      setup_future_usage: "off_session",
      payment_method: { customer: customer.id, allow_redisplay: "always" },
    });
    const setup = await stripe.setupIntents.create({ customer: customer.id });
    await show({
      clientSecret: setup.client_secret ?? "",
      customerSessionClientSecret: await sessionFor(customer.id, { payment_method_save: "enabled" }),
    });
    await fillCard("5555555555554444");
    await confirm("confirmSetup");
    expect(await stripe.setupIntents.retrieve(setup.id, { expand: ["payment_method"] })).toMatchObject({
      status: "succeeded",
      payment_method: { allow_redisplay: "limited" },
    });
  });

  it("shows what the filters allow, and removes after asking once more", async () => {
    const { customer, payment_method: visa } = await customerWith(stripe, "pm_card_visa");
    await stripe.paymentMethods.update(visa, { allow_redisplay: "always" });
    await stripe.paymentMethods.attach("pm_card_mastercard", { customer });
    const intent = await stripe.paymentIntents.create({ amount: 2_000, currency: "usd", customer });
    await show({
      clientSecret: intent.client_secret ?? "",
      customerSessionClientSecret: await sessionFor(customer, {
        payment_method_redisplay: "enabled",
        payment_method_remove: "enabled",
      }),
    });
    await frame.getByRole("button", { name: "Remove Visa •••• 4242" }).click();
    expect((await stripe.customers.listPaymentMethods(customer)).data).toHaveLength(2);
    await frame.getByRole("button", { name: "Remove payment method" }).click();
    await frame.locator('[name="number"]').waitFor();
    expect(await frame.locator("#saved-tab").count()).toBe(0);
    const left = (await stripe.customers.listPaymentMethods(customer)).data;
    expect(left.map(({ card }) => card?.brand)).toEqual(["mastercard"]);
    const [removed] = await page.evaluate(() =>
      window.merchant.events.filter(({ type }) => type === "savedpaymentmethodremove"),
    );
    expect(removed?.event).toMatchObject({ success: true, payment_method: { id: visa } });
  });

  it("refuses a customer session that is over or made up", async () => {
    const intent = await stripe.paymentIntents.create({ amount: 2_000, currency: "usd" });
    await show({ clientSecret: intent.client_secret ?? "", customerSessionClientSecret: "cuss_secret_nobody" });
    expect(await page.evaluate(() => window.merchant.events[0]?.type)).toBe("loaderror");
    complaints = complaints.filter((text) => !text.includes("400"));
  });
});

describe("without an intent", () => {
  it("makes a confirmation token for the server, and does the 3-D Secure that follows", async () => {
    await show({ mode: "payment", amount: 4_200, currency: "usd" });
    await fillCard("4000002760003184");
    const token = await page.evaluate(async () => {
      const { stripe, elements } = window.merchant;
      if (!stripe || !elements) throw new Error("nothing is shown");
      await elements.submit();
      const { confirmationToken } = await stripe.createConfirmationToken({ elements });
      return confirmationToken?.id ?? "";
    });
    expect(token).toMatch(/^ctoken_/);
    const intent = await stripe.paymentIntents.create({
      amount: 4_200,
      currency: "usd",
      confirm: true,
      confirmation_token: token,
      use_stripe_sdk: true,
      automatic_payment_methods: { enabled: true, allow_redirects: "never" },
    });
    expect(intent.status).toBe("requires_action");
    const done = page.evaluate(
      (clientSecret) => window.merchant.stripe?.handleNextAction({ clientSecret }),
      intent.client_secret ?? "",
    );
    await challenge().locator("#test-source-authorize-3ds").click();
    expect(await done).toMatchObject({ paymentIntent: { status: "succeeded" } });
  });

  it("asks for what it needs, and to be submitted first", async () => {
    const thrown = await page.evaluate(async (key) => {
      const { merchant } = window;
      await merchant.show(key, { mode: "payment", amount: 100, currency: "usd" });
      const { stripe, elements } = merchant;
      if (!stripe || !elements) throw new Error("nothing is shown");
      return stripe.createConfirmationToken({ elements }).catch((error: Error) => error.message);
    }, server.publishableKey);
    expect(thrown).toContain("elements.submit()");
  });

  it("makes a bare payment method when the page wants to create it itself", async () => {
    await show({ mode: "setup", currency: "usd", paymentMethodCreation: "manual" });
    await fillCard("4242424242424242");
    const made = await page.evaluate(async () => {
      const { stripe, elements } = window.merchant;
      if (!stripe || !elements) throw new Error("nothing is shown");
      await elements.submit();
      return (await stripe.createPaymentMethod({ elements })).paymentMethod;
    });
    expect(made).toMatchObject({ object: "payment_method", card: { last4: "4242" }, customer: null });
  });

  it("follows the intent when the server changes it", async () => {
    const intent = await stripe.paymentIntents.create({ amount: 2_000, currency: "usd" });
    await show({ clientSecret: intent.client_secret ?? "" });
    await frame.locator("#us_bank_account-tab").waitFor();
    await stripe.paymentIntents.update(intent.id, { setup_future_usage: "off_session" });
    expect(await page.evaluate(() => window.merchant.elements?.fetchUpdates())).toEqual({});
    expect(await frame.getByText("you allow the merchant to charge your card").isVisible()).toBe(true);
  });
});

describe("bank accounts", () => {
  it("collects one at the test bank, and confirms it", async () => {
    const customer = await stripe.customers.create();
    const intent = await stripe.setupIntents.create({
      customer: customer.id,
      allowed_payment_method_types: ["us_bank_account"],
    });
    const clientSecret = intent.client_secret ?? "";
    await show({ clientSecret });
    const collected = page.evaluate(
      (clientSecret) =>
        window.merchant.stripe?.collectBankAccountForSetup({
          clientSecret,
          params: {
            payment_method_type: "us_bank_account",
            payment_method_data: { billing_details: { name: "Olivia Stone", email: "olivia@acme.test" } },
          },
        }),
      clientSecret,
    );
    const dialog = page.frameLocator('iframe[title="Link your bank account"]');
    await dialog.getByRole("button", { name: "Link account" }).click();
    expect(await collected).toMatchObject({ setupIntent: { status: "requires_confirmation" } });
    const confirmed = page.evaluate(
      (clientSecret) => window.merchant.stripe?.confirmUsBankAccountSetup(clientSecret),
      clientSecret,
    );
    expect(await confirmed).toMatchObject({ setupIntent: { status: "succeeded" } });
    const [method] = (await stripe.customers.listPaymentMethods(customer.id)).data;
    expect(method?.us_bank_account?.last4).toBe("6789");
  });
});

describe("looks", () => {
  it("takes theme, variables, rules and an accordion that starts closed", async () => {
    const setup = await stripe.setupIntents.create({});
    await show(
      {
        clientSecret: setup.client_secret ?? "",
        locale: "zh",
        appearance: {
          theme: "night",
          variables: { colorPrimary: "#34d399", borderRadius: "9px" },
          rules: { ".Input": { border: "2px solid rgb(1, 2, 3)" }, ".Label": { fontWeight: "700" } },
        },
      },
      { layout: { type: "accordion", defaultCollapsed: true } },
    );
    expect(await frame.locator('[name="number"]').isVisible()).toBe(false);
    const { error } = await page.evaluate(
      async () => (await window.merchant.elements?.submit()) ?? { error: undefined },
    );
    expect(error).toMatchObject({ code: "incomplete_payment_details" });
    await frame.locator("#card-tab").click();
    const style = await frame.locator('[name="number"]').evaluate((input) => {
      const { borderTopColor, borderTopWidth, borderRadius, backgroundColor } = getComputedStyle(input);
      return { borderTopColor, borderTopWidth, borderRadius, backgroundColor };
    });
    expect(style).toEqual({
      borderTopColor: "rgb(1, 2, 3)",
      borderTopWidth: "2px",
      borderRadius: "9px",
      backgroundColor: "rgb(48, 49, 61)",
    });
    expect(await frame.getByText("卡号").evaluate((label) => getComputedStyle(label).fontWeight)).toBe("700");
  });
});
