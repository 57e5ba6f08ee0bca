import { Customer } from "./support/customer";
import { database } from "./support/database";
import { expect, test } from "./support/journey";
import { enterAs } from "./support/session";

test("subscribes, moves up at the price that was shown, plans a way down, and ends it", async ({ page, context }) => {
  const customer = await Customer.create();
  await customer.saveMethod();
  await forgetTrials(customer);
  await enterAs(context, customer.tenant.owner);

  await page.goto("/subscription");
  const status = page.getByRole("region", { name: "Your plan" }).getByTestId("subscription-status");
  await expect(status).toHaveAttribute("data-status", "active");
  await page.getByRole("button", { name: /^Try Starter for 14 days/ }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByTestId("due-now")).toHaveText("$0.00");
  await expect(dialog.getByTestId("next-invoice")).toHaveText("$29.00");
  await dialog.getByRole("button", { name: "Start the trial" }).click();
  await expect(status).toHaveAttribute("data-status", "trialing");

  await page.getByRole("button", { name: "Upgrade to Professional" }).click();
  await expect(dialog.getByTestId("due-now")).toHaveText("$0.00");
  await dialog.getByRole("button", { name: "Confirm the change" }).click();
  await expect(page.getByText("of 100,000")).toBeVisible();

  await page.getByRole("button", { name: "Cancel the plan" }).click();
  await dialog.getByRole("button", { name: "Cancel the plan" }).click();
  await page.getByRole("button", { name: "Keep the plan" }).click();
  await expect(page.getByRole("button", { name: "Cancel the plan" })).toBeVisible();
});

test("a declined card changes nothing and shows the way out", async ({ page, context }) => {
  const customer = await Customer.create();
  await customer.saveMethod("pm_card_chargeCustomerFail");
  await customer.api.post("/subscriptions", { plan: "starter", billingCycle: "monthly", trialDays: 7 });
  await customer.api.post(`/subscriptions/${await liveId(customer)}/cancel`, { when: "now" });
  await enterAs(context, customer.tenant.owner);

  await page.goto("/subscription");
  await page.getByRole("button", { name: "Subscribe to Starter" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByTestId("due-now")).toHaveText("$29.00");
  await dialog.getByRole("button", { name: /^Pay \$29\.00/ }).click();
  await expect(dialog.getByRole("alert")).toContainText("declined");
  await expect(dialog.getByRole("link", { name: "Payment methods" })).toBeVisible();
  expect(await planOf(customer)).toBe("free");
});

/** A card has one trial, and every test has the same card: it may have been another test's, or an earlier run's. */
const forgetTrials = ({ tenantId }: Customer) => database()`delete from trial_claims using payment_methods method
  where method.tenant_id = ${tenantId} and method.fingerprint = trial_claims.fingerprint`;

type Subscriptions = { data: { id: string; plan: string; status: string; endedAt: string | null }[] };

async function live(customer: Customer) {
  const { body } = await customer.api.get<Subscriptions>("/subscriptions");
  return body.data.find((one) => one.endedAt === null && one.status !== "incomplete");
}
const liveId = async (customer: Customer) => (await live(customer))?.id;
const planOf = async (customer: Customer) => (await live(customer))?.plan;
