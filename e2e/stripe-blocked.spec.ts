import type { Page } from "@playwright/test";
import { database } from "./support/database";
import { demo, usesStripeItself } from "./support/demo";
import { expect, test } from "./support/journey";
import { PaymentElement } from "./support/payment-element";
import { StripePortal } from "./support/stripe-portal";

test.use({ expectedErrors: [/net::ERR_(FAILED|BLOCKED_BY_CLIENT)/] });

/** A person is told within this time. */
const PROMISED_MS = 5_000;

/** Where Stripe.js and its frame with the fields come from. */
const addresses = () =>
  usesStripeItself()
    ? { script: "https://js.stripe.com/**/stripe.js", frame: "https://js.stripe.com/**/elements-inner-*" }
    : { script: `${demo().stripe.url}/js/**`, frame: `${demo().stripe.url}/elements/**` };

/** Returns when the page has asked for Stripe.js: then the time runs. */
async function openForm(page: Page): Promise<void> {
  const asked = page.waitForRequest(addresses().script);
  await page.goto("/payment-methods/add", { waitUntil: "commit" });
  await asked;
}

async function saveTheHostedWay(page: Page, number: string): Promise<void> {
  await page.getByRole("button", { name: "Add at Stripe instead" }).click();
  const portal = new StripePortal(page);
  await portal.arrived();
  await portal.saveCard(number);
  await portal.goBack();
  await expect(page.getByText("Welcome back from Stripe")).toBeVisible();
}

const savedCards = async (tenantId: string) => {
  const rows = await database()`select card->>'last4' as last4 from payment_methods where tenant_id = ${tenantId}`;
  return rows.map(({ last4 }) => last4);
};

test("when Stripe.js is blocked the page says so and the hosted way saves the card", async ({ page, customer }) => {
  await page.route(addresses().script, (route) => route.abort());
  await openForm(page);
  await expect(page.getByText("The payment form could not be loaded")).toBeVisible({ timeout: PROMISED_MS });
  await saveTheHostedWay(page, "4242424242424242");
  expect(await savedCards(customer.tenantId)).toEqual(["4242"]);
});

test("when only the frame with the fields is blocked, too", async ({ page, customer }) => {
  await page.route(addresses().frame, (route) => route.abort());
  await openForm(page);
  const notice = page.getByRole("status").filter({ hasText: /form (could not be loaded|takes long to load)/ });
  await expect(notice).toBeVisible({ timeout: PROMISED_MS });
  await saveTheHostedWay(page, "4242424242424242");
  expect(await savedCards(customer.tenantId)).toEqual(["4242"]);
});

test("trying again works once Stripe.js is let through", async ({ page, customer }) => {
  const { script } = addresses();
  await page.route(script, (route) => route.abort());
  await page.goto("/payment-methods/add");
  await expect(page.getByText("The payment form could not be loaded")).toBeVisible();
  await page.unroute(script);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(new PaymentElement(page).frame.locator('[name="number"]')).toBeVisible();
  expect(await savedCards(customer.tenantId)).toEqual([]);
});
