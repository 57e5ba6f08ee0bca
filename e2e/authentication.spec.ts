import { AutoRechargePage } from "./support/auto-recharge-page";
import { expect, test } from "./support/journey";
import { attempts, expectSoundLedger, movements } from "./support/ledger";
import { linkIn, mailAbout } from "./support/mailbox";
import { AddMethodPage, Challenge } from "./support/payment-element";
import { paymentIntents } from "./support/stand-in";

/** Stripe's card that asks the bank each time, also when it is saved. */
const ASKS_EACH_TIME = "4000002760003184";

test("the mailed link finishes the same payment at the bank's page", async ({ page, customer }) => {
  const { tenantId, tenant } = customer;
  const bank = new Challenge(page);

  await test.step("save the card, confirmed at the bank", async () => {
    const add = new AddMethodPage(page);
    await add.open();
    await add.element.fillCard(ASKS_EACH_TIME);
    await add.save();
    await bank.complete();
    await expect(page.getByText(/3184 is saved/)).toBeVisible({ timeout: 20_000 });
  });

  const rule = new AutoRechargePage(page);
  await rule.open();
  await rule.fill({ minimum: "150", target: "600" });
  await rule.turnOnWithConsent();
  await customer.spend("500.00");
  const mail = await mailAbout(tenant.owner, /^Please confirm a payment of \$514\.50/);
  const [waiting] = await attempts(tenantId);
  expect(waiting).toMatchObject({ state: "requires_action", total: 51_450 });
  expect(await movements(tenantId, "recharge")).toEqual([]);

  await test.step("not confirmed: it says so and can be tried again", async () => {
    await page.goto(linkIn(mail));
    await page.getByRole("button", { name: /Confirm with .*3184/ }).click();
    await bank.fail();
    await expect(page.getByRole("main").getByRole("alert")).toBeVisible();
    await expect(page.getByRole("button", { name: "Pay with another method" })).toBeEnabled();
    expect(await movements(tenantId, "recharge")).toEqual([]);
  });

  await test.step("confirmed: credited once", async () => {
    await page.getByRole("button", { name: /Confirm with .*3184/ }).click();
    await bank.complete();
    await expect(page.getByText("$514.50 was charged")).toBeVisible({ timeout: 20_000 });
  });

  const intents = await paymentIntents(await customer.stripeCustomerId());
  expect(intents.map(({ id, status }) => ({ id, status }))).toEqual([{ id: waiting?.intent, status: "succeeded" }]);
  expect(await movements(tenantId, "recharge")).toEqual([50_000]);
  await expect.poll(async () => (await customer.balance()).autoRecharge.state).toBe("active");
  expect((await customer.balance()).balance).toBe("600.00");
  await expectSoundLedger(tenantId);
});
