import type { Page } from "@playwright/test";
import { expect, onlyWithStandIn, test } from "../support/alone";
import { AutoRechargePage } from "../support/auto-recharge-page";
import type { Customer } from "../support/customer";
import { attempts, expectSoundLedger, movements } from "../support/ledger";
import { mailAbout } from "../support/mailbox";
import { AddMethodPage } from "../support/payment-element";
import { advance, paymentIntents } from "../support/stand-in";

onlyWithStandIn("a clock that can be moved; Stripe asks for bank accounts in a dialog of its own");

/** Saves the account in the form's bank tab, turns the rule on and spends until a debit is under way. */
async function startDebit(page: Page, customer: Customer, account: string): Promise<void> {
  const add = new AddMethodPage(page);
  await add.open();
  await add.element.fillBankAccount(account, { name: "Owen Owner", email: customer.tenant.owner });
  await add.save();
  await expect(page.getByText(/is saved/)).toBeVisible({ timeout: 20_000 });
  const rule = new AutoRechargePage(page);
  await rule.open();
  await rule.fill({ minimum: "150", target: "600" });
  await rule.turnOnWithConsent();
  await customer.spend("500.00");
  await expect.poll(async () => (await attempts(customer.tenantId))[0]?.state, { timeout: 15_000 }).toBe("processing");
}

test("a bank debit credits nothing until it has arrived, and nothing else is charged meanwhile", async ({
  page,
  customer,
}) => {
  const { tenantId } = customer;
  await startDebit(page, customer, "000123456789");
  await page.goto("/");
  await expect(page.getByText("Payment under way").first()).toBeVisible();
  await expect(page.getByTestId("balance")).toHaveText("$100.00");

  await customer.spend("50.00");
  await advance("1d");
  expect(await movements(tenantId, "recharge")).toEqual([]);
  expect(await customer.balance()).toMatchObject({ balance: "50.00", pending: "500.00" });
  expect(await paymentIntents(await customer.stripeCustomerId())).toHaveLength(1);

  await advance("6d");
  expect(await movements(tenantId, "recharge")).toEqual([50_000]);
  const intents = await paymentIntents(await customer.stripeCustomerId());
  expect(intents.map(({ amount, status }) => ({ amount, status }))).toEqual([{ amount: 51_450, status: "succeeded" }]);
  await page.reload();
  await expect(page.getByTestId("balance")).toHaveText("$550.00");
  await expectSoundLedger(tenantId);
});

test("a debit that the bank takes back later is reversed and mailed", async ({ page, customer }) => {
  const { tenantId, tenant } = customer;
  await startDebit(page, customer, "000555555559");
  await advance("10d");
  await mailAbout(tenant.owner, /was returned/);
  const credits = await movements(tenantId, "recharge");
  expect(await movements(tenantId, "recharge_reversal")).toEqual(credits.map((credit) => -credit));
  expect((await customer.balance()).balance).toBe("100.00");
  await page.goto("/");
  await expect(page.getByText("Top-up taken back")).toBeVisible();
  await expectSoundLedger(tenantId);
});
