import { AutoRechargePage } from "./support/auto-recharge-page";
import { expect, test } from "./support/journey";

test("older charges and reasons are shown when asked for", async ({ page, customer }) => {
  await customer.saveMethod();
  for (let n = 1; n <= 28; n++) await customer.topUp(`${n}.00`);
  const recharge = new AutoRechargePage(page);
  await recharge.open();
  const charges = page.getByRole("list", { name: "Charges" }).getByRole("listitem");
  await expect(charges).toHaveCount(25);
  await page.getByRole("button", { name: "Show older" }).click();
  await expect(charges).toHaveCount(28);
  await expect(charges.last()).toContainText("$1.00");
  await expect(page.getByRole("button", { name: "Show older" })).toBeHidden();

  // What comes in meanwhile pushes nothing out.
  await customer.topUp("30.00");
  await expect(charges).toHaveCount(29, { timeout: 15_000 });
  await expect(charges.first()).toContainText("$30.00");
  await expect(charges.last()).toContainText("$1.00");

  await recharge.showWhy();
  const reasons = page.getByRole("tabpanel").getByRole("list").first().locator("> li");
  await expect(reasons).toHaveCount(25);
  await page.getByRole("button", { name: "Show older" }).click();
  await expect(reasons).toHaveCount(29);
});

test("a top-up below Stripe's least charge is refused before it is made", async ({ page, customer }) => {
  await customer.saveMethod();
  await page.goto("/auto-recharge");
  await page.getByRole("button", { name: "Top up now" }).click();
  await page.getByLabel("Amount for the balance").fill("0.48");
  await expect(page.getByText("The smallest charge is $0.50, fee included.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Charge $0.49" })).toBeDisabled();
  await page.getByLabel("Amount for the balance").fill("0.49");
  await expect(page.getByRole("button", { name: "Charge $0.50" })).toBeEnabled();

  const refused = await customer.api.post("/balance/recharges", { amount: "0.48" });
  expect(refused.status).toBe(422);
  expect(refused.body).toMatchObject({ code: "invalid_request", errors: [{ path: "amount" }] });
});
