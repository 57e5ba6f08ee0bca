import { describe, expect, it } from "vitest";
import { elementPage } from "./testing/element-page";
import type { Merchant } from "./testing/merchant";

declare const window: { merchant: Merchant };

const at = elementPage();

describe("without an intent", () => {
  it("makes a confirmation token for the server, and does the 3-D Secure that follows", async () => {
    await at.show({ mode: "payment", amount: 4_200, currency: "usd" });
    await at.fillCard("4000002760003184");
    const token = await at.page.evaluate(async () => {
      const { stripe, elements } = window.merchant;
      if (!stripe || !elements) throw new Error("nothing is shown");
      await elements.submit();
      const { confirmationToken } = await stripe.createConfirmationToken({ elements });
      return confirmationToken?.id ?? "";
    });
    expect(token).toMatch(/^ctoken_/);
    const intent = await at.stripe.paymentIntents.create({
      amount: 4_200,
      currency: "usd",
      confirm: true,
      confirmation_token: token,
      use_stripe_sdk: true,
      automatic_payment_methods: { enabled: true, allow_redirects: "never" },
    });
    expect(intent.status).toBe("requires_action");
    const done = at.page.evaluate(
      (clientSecret) => window.merchant.stripe?.handleNextAction({ clientSecret }),
      intent.client_secret ?? "",
    );
    await at.page.frameLocator('iframe[title="3D Secure challenge"]').locator("#test-source-authorize-3ds").click();
    expect(await done).toMatchObject({ paymentIntent: { status: "succeeded" } });
  });

  it("asks for what it needs, and to be submitted first", async () => {
    const thrown = await at.page.evaluate(async (key) => {
      const { merchant } = window;
      await merchant.show(key, { mode: "payment", amount: 100, currency: "usd" });
      const { stripe, elements } = merchant;
      if (!stripe || !elements) throw new Error("nothing is shown");
      return stripe.createConfirmationToken({ elements }).catch((error: Error) => error.message);
    }, at.server.publishableKey);
    expect(thrown).toContain("elements.submit()");
  });

  it("makes a bare payment method when the page wants to create it itself", async () => {
    await at.show({ mode: "setup", currency: "usd", paymentMethodCreation: "manual" });
    await at.fillCard("4242424242424242");
    const made = await at.page.evaluate(async () => {
      const { stripe, elements } = window.merchant;
      if (!stripe || !elements) throw new Error("nothing is shown");
      await elements.submit();
      return (await stripe.createPaymentMethod({ elements })).paymentMethod;
    });
    expect(made).toMatchObject({ object: "payment_method", card: { last4: "4242" }, customer: null });
  });

  it("follows the intent when the server changes it", async () => {
    const intent = await at.stripe.paymentIntents.create({ amount: 2_000, currency: "usd" });
    await at.show({ clientSecret: intent.client_secret ?? "" });
    await at.frame.locator("#us_bank_account-tab").waitFor();
    await at.stripe.paymentIntents.update(intent.id, { setup_future_usage: "off_session" });
    expect(await at.page.evaluate(() => window.merchant.elements?.fetchUpdates())).toEqual({});
    expect(await at.frame.getByText("you allow the merchant to charge your card").isVisible()).toBe(true);
  });
});

describe("bank accounts", () => {
  it("collects one at the test bank, and confirms it", async () => {
    const customer = await at.stripe.customers.create();
    const intent = await at.stripe.setupIntents.create({
      customer: customer.id,
      allowed_payment_method_types: ["us_bank_account"],
    });
    const clientSecret = intent.client_secret ?? "";
    await at.show({ clientSecret });
    const collected = at.page.evaluate(
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
    const dialog = at.page.frameLocator('iframe[title="Link your bank account"]');
    await dialog.getByRole("button", { name: "Link account" }).click();
    expect(await collected).toMatchObject({ setupIntent: { status: "requires_confirmation" } });
    const confirmed = at.page.evaluate(
      (clientSecret) => window.merchant.stripe?.confirmUsBankAccountSetup(clientSecret),
      clientSecret,
    );
    expect(await confirmed).toMatchObject({ setupIntent: { status: "succeeded" } });
    const [method] = (await at.stripe.customers.listPaymentMethods(customer.id)).data;
    expect(method?.us_bank_account?.last4).toBe("6789");
  });
});

describe("looks", () => {
  it("takes theme, variables, rules and an accordion that starts closed", async () => {
    const setup = await at.stripe.setupIntents.create({});
    await at.show(
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
    expect(await at.frame.locator('[name="number"]').isVisible()).toBe(false);
    const { error } = await at.page.evaluate(
      async () => (await window.merchant.elements?.submit()) ?? { error: undefined },
    );
    expect(error).toMatchObject({ code: "incomplete_payment_details" });
    await at.frame.locator("#card-tab").click();
    const style = await at.frame.locator('[name="number"]').evaluate((input) => {
      const { borderTopColor, borderTopWidth, borderRadius, backgroundColor } = getComputedStyle(input);
      return { borderTopColor, borderTopWidth, borderRadius, backgroundColor };
    });
    expect(style).toEqual({
      borderTopColor: "rgb(1, 2, 3)",
      borderTopWidth: "2px",
      borderRadius: "9px",
      backgroundColor: "rgb(48, 49, 61)",
    });
    expect(await at.frame.getByText("卡号").evaluate((label) => getComputedStyle(label).fontWeight)).toBe("700");
  });
});
