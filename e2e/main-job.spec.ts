import { AutoRechargePage } from "./support/auto-recharge-page";
import { BillingApi, succeeded } from "./support/billing-api";
import { database } from "./support/database";
import { usesStripeItself } from "./support/demo";
import { expect, test } from "./support/journey";
import { expectSoundLedger, movements } from "./support/ledger";
import { mailAbout } from "./support/mailbox";
import { AddMethodPage } from "./support/payment-element";
import { paidIntents, timesCharged } from "./support/stand-in";

test("a balance that was spent down is charged once and filled again", async ({ page, customer }) => {
  const { tenantId, tenant } = customer;

  await test.step("save a card", async () => {
    await page.goto("/payment-methods");
    await page.getByRole("link", { name: "Add here" }).click();
    const add = new AddMethodPage(page);
    await add.element.fillCard("4242 4242 4242 4242");
    await add.save();
    await expect(page.getByText(/Visa .*4242 is saved/)).toBeVisible({ timeout: 20_000 });
    await page.getByRole("link", { name: "Set up auto-recharge" }).click();
  });

  await test.step("set the rule, with the charge shown beforehand", async () => {
    const rule = new AutoRechargePage(page);
    await rule.fill({ minimum: "150", target: "600" });
    const example = { amount: "$650.00", fee: "$18.85", total: "$668.85" };
    expect(await rule.previewAt("-50")).toEqual(example);
    await rule.turnOnWithConsent();
    const [consent] = await database()`select text, actor from recharge_consents where tenant_id = ${tenantId}`;
    expect(consent?.actor).toBe(tenant.owner);
    expect(consent?.text).toContain("$150.00");
    expect(consent?.text).toContain("$600.00");
  });

  const token = await test.step("make a token for a service", async () => {
    await page.goto("/settings/tokens");
    await page.getByRole("button", { name: "Create token" }).click();
    await page.getByLabel("Name").fill("usage of production");
    await page.getByRole("button", { name: "Create", exact: true }).click();
    return (await page.getByTestId("token").textContent()) ?? "";
  });

  await page.goto("/");
  await expect(page.getByTestId("balance")).toHaveText("$600.00");
  await test.step("spend to −$50.00 and watch it come back", async () => {
    const spent = await new BillingApi({ token }).post<{ balance: string }>("/balance/debits", { amount: "650.00" });
    expect(succeeded(spent).balance).toBe("-50.00");
    const customerId = await customer.stripeCustomerId();
    // Two seconds are promised; the way to Stripe itself and back takes its own.
    const timeout = usesStripeItself() ? 10_000 : 2_000;
    await expect.poll(() => timesCharged(customerId), { timeout }).toBe(1);
    await expect(page.getByText("$668.85, of which $18.85 fee")).toBeVisible({ timeout: 15_000 });
    await expect(page.getByTestId("balance")).toHaveText("$600.00");
    const activity = page.getByRole("region", { name: "Last activity" });
    await expect(activity.getByText("+$650.00")).toBeVisible();
  });

  await test.step("read why, and the receipt", async () => {
    const rule = new AutoRechargePage(page);
    await rule.open();
    const charge = page.getByRole("list", { name: "Charges" }).getByRole("listitem");
    await expect(charge).toHaveCount(1);
    await expect(charge).toContainText("Succeeded");
    await expect(charge).toContainText("$18.85");
    await rule.showWhy();
    await expect(
      page.getByText(
        "The balance of -$50.00 was below $150.00, so $668.85 was charged: $650.00 up to $600.00 and $18.85 fee.",
      ),
    ).toBeVisible();
    const receipt = await mailAbout(tenant.owner, /^Receipt: \$650\.00/);
    for (const amount of ["$650.00", "$18.85", "$668.85", "$600.00"]) expect(receipt.text).toContain(amount);
  });

  const intents = await paidIntents(await customer.stripeCustomerId());
  expect(intents.map(({ amount, currency }) => ({ amount, currency }))).toEqual([{ amount: 66_885, currency: "usd" }]);
  expect(await movements(tenantId, "recharge")).toEqual([65_000]);
  const reasons = await database()`select outcome, reason from recharge_decisions where tenant_id = ${tenantId}`;
  expect(reasons.filter(({ outcome }) => outcome === "charge")).toEqual([{ outcome: "charge", reason: "charged" }]);
  await expectSoundLedger(tenantId);
});
