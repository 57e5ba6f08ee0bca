import { database } from "./support/database";
import { expect, test } from "./support/journey";
import { expectSoundLedger } from "./support/ledger";
import { StripePortal } from "./support/stripe-portal";

test("a card added at Stripe's portal is there on the way back, and can be charged", async ({ page, customer }) => {
  await page.goto("/payment-methods");
  await page.getByRole("button", { name: "Add at Stripe" }).click();
  const portal = new StripePortal(page);
  await portal.arrived();
  await portal.saveCard("5555555555554444");
  await portal.goBack();

  await expect(page.getByText("Welcome back from Stripe")).toBeVisible();
  await expect(page.getByText(/Mastercard .*4444/).first()).toBeVisible();
  await page.getByRole("button", { name: "Top up now" }).click();
  await page.getByLabel("Amount for the balance").fill("20");
  await page.getByRole("button", { name: "Charge $20.58" }).click();
  await expect(page.getByText("$20.58 was charged")).toBeVisible();

  const methods =
    await database()`select card->>'last4' as last4, is_default from payment_methods where tenant_id = ${customer.tenantId}`;
  expect([...methods]).toEqual([{ last4: "4444", is_default: true }]);
  expect((await customer.balance()).balance).toBe("620.00");
  await expectSoundLedger(customer.tenantId);
});
