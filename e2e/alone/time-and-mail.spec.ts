import { expect, onlyWithStandIn, test } from "../support/alone";
import { mailAbout } from "../support/mailbox";
import { demoTime } from "../support/stand-in";

onlyWithStandIn("a clock that can be moved");

// A mail is shown where no script may run, and the test's own are told so.
test.use({ expectedErrors: [/Blocked script execution in '.*\/messages\//] });

const HOUR_MS = 3_600_000;

test("the sandbox's controls spend and move time, and the mailbox's links lead back", async ({ page, customer }) => {
  await customer.saveMethod();
  await customer.turnOn();
  await page.goto("/");
  const sandbox = page.getByRole("complementary", { name: "Sandbox" });
  await sandbox.getByText("Controls").click();
  await sandbox.getByLabel("Amount to spend").fill("500");
  await sandbox.getByRole("button", { name: "Spend" }).click();
  await expect(page.getByText("$514.50, of which $14.50 fee")).toBeVisible({ timeout: 15_000 });

  const before = await demoTime();
  await sandbox.getByRole("button", { name: "+1 hour" }).click();
  await expect(page.getByText("Time has moved.").first()).toBeVisible({ timeout: 30_000 });
  expect((await demoTime()).getTime() - before.getTime()).toBeGreaterThanOrEqual(HOUR_MS);
  await expect(page.getByText(/1 hour ago/).first()).toBeVisible();

  await mailAbout(customer.tenant.owner, /^Receipt: \$500\.00/);
  const [mailbox] = await Promise.all([
    page.waitForEvent("popup"),
    sandbox.getByRole("link", { name: "Mailbox" }).click(),
  ]);
  await mailbox.getByRole("link", { name: new RegExp(`Receipt: \\$500\\.00.*${customer.tenant.slug}`) }).click();
  const mail = mailbox.frameLocator('iframe[title="The mail as it was sent"]');
  await expect(mail.getByRole("cell", { name: "$514.50" })).toBeVisible();
  const [app] = await Promise.all([
    mailbox.waitForEvent("popup"),
    mail.getByRole("link", { name: "See the balance" }).click(),
  ]);
  await expect(app.getByTestId("balance")).toHaveText("$600.00");
  expect((await customer.balance()).balance).toBe("600.00");
});
