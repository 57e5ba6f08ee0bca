import { OPERATOR } from "../../db/seed/characters";
import { expect, onlyWithStandIn, test } from "../support/alone";
import { Customer } from "../support/customer";
import { database } from "../support/database";
import { attempts, expectSoundLedger, movements } from "../support/ledger";
import { enterAs } from "../support/session";
import { advance, payPast } from "../support/stand-in";

onlyWithStandIn("a clock that can be moved");

const releaseAll = () => database()`update recharge_brakes set stop_all = false, dry_run = false`;
test.beforeEach(releaseAll);
test.afterEach(releaseAll);

async function rechargedCustomer(): Promise<Customer> {
  const customer = await Customer.create();
  await customer.saveMethod();
  await customer.turnOn();
  return customer;
}

const lastDecision = async (tenantId: string) => {
  const [row] = await database()`select outcome, reason from recharge_decisions
    where tenant_id = ${tenantId} order by last_at desc limit 1`;
  return row;
};

test("the brakes stop, rehearse and let go", async ({ page }) => {
  const customer = await rechargedCustomer();
  const { tenantId } = customer;
  await enterAs(page.context(), OPERATOR.email);
  await page.goto("/operator");
  const stopAll = page.getByRole("switch", { name: "Stop all charges" });
  const rehearse = page.getByRole("switch", { name: "Rehearse only" });

  await stopAll.click();
  await expect(page.getByText("All charges are stopped.")).toBeVisible();
  await customer.spend("500.00");
  await expect
    .poll(() => lastDecision(tenantId), { timeout: 15_000 })
    .toEqual({ outcome: "skip", reason: "stopped_all" });
  expect((await customer.api.post("/balance/recharges", { amount: "20.00" })).status).toBe(409);

  await stopAll.click();
  await expect(page.getByText("All charges are stopped.")).toBeHidden();
  await rehearse.click();
  await expect(page.getByText("Charges are only recorded, not made.")).toBeVisible();
  await advance("10m");
  await expect.poll(() => lastDecision(tenantId)).toEqual({ outcome: "dry_run", reason: "dry_run" });
  expect(await attempts(tenantId)).toEqual([]);

  await rehearse.click();
  await expect(page.getByText("Charges are only recorded, not made.")).toBeHidden();
  await advance("10m");
  await expect.poll(() => movements(tenantId, "recharge"), { timeout: 15_000 }).toEqual([50_000]);
  await expectSoundLedger(tenantId);
});

test("one customer is stopped, adjusted and released", async ({ page }) => {
  const customer = await rechargedCustomer();
  const { tenantId, tenant } = customer;
  await enterAs(page.context(), OPERATOR.email);
  await page.goto("/operator");
  await page.getByLabel("Find by name").fill(tenant.slug);
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page.getByRole("group", { name: "Organisations" }).getByRole("row")).toHaveCount(2);

  await page.getByRole("button", { name: `Stop charging ${tenant.name}` }).click();
  await expect(page.getByRole("button", { name: `Release ${tenant.name}` })).toBeVisible();

  await page.getByRole("button", { name: `Adjust the balance of ${tenant.name}` }).click();
  await page.getByLabel("Amount").fill("-500");
  await page.getByRole("button", { name: "Post adjustment" }).click();
  await expect(page.getByText("Say why.")).toBeVisible();
  await page.getByLabel("Reason").fill("Credited twice by mistake");
  await page.getByRole("button", { name: "Post adjustment" }).click();
  await expect(page.getByRole("row").filter({ hasText: tenant.name })).toContainText("$100.00");
  const [posted] = await database()`select description from ledger_transactions
    where tenant_id = ${tenantId} and kind = 'adjustment' and source_id <> 'opening-balance'`;
  expect(posted?.description).toContain("Credited twice by mistake");
  await advance("10m");
  expect(await attempts(tenantId)).toEqual([]);
  expect((await customer.balance()).autoRecharge.state).toBe("stopped");

  await page.reload();
  await page.getByRole("button", { name: `Release ${tenant.name}` }).click();
  await expect(page.getByRole("button", { name: `Stop charging ${tenant.name}` })).toBeVisible();
  await advance("10m");
  await expect.poll(() => movements(tenantId, "recharge"), { timeout: 15_000 }).toEqual([50_000]);
  expect((await customer.balance()).balance).toBe("600.00");
  await expectSoundLedger(tenantId);
});

test("a payment taken past us is found, explained, and what its customer paid is given back", async ({ page }) => {
  const customer = await rechargedCustomer();
  await customer.topUp("20.00");
  const stray = await payPast(await customer.stripeCustomerId(), 4_200);
  await advance("20m");
  await enterAs(page.context(), OPERATOR.email);
  await page.goto("/operator/reconciliation");
  await page.getByRole("button", { name: "Compare now" }).click();
  const open = page.getByRole("group", { name: "Open differences" }).getByRole("row").filter({ hasText: stray });
  await expect(open).toContainText("Purpose unknown");
  await expect(open).toContainText("$42.00");

  await open.getByRole("button", { name: `Explain ${stray}` }).click();
  await page.getByLabel("Why it is as it should be").fill("A gift card, sold by hand");
  await page.getByRole("button", { name: "Close it" }).click();
  const closed = page.getByRole("group", { name: "Closed differences" }).getByRole("row").filter({ hasText: stray });
  await expect(closed).toContainText("A gift card, sold by hand");
  await expect(open).toHaveCount(0);

  await closed.getByRole("link", { name: customer.tenant.name }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(customer.tenant.name);
  await page.getByRole("button", { name: /^Refund TX-/ }).click();
  await expect(page).toHaveURL(/\/transactions\/[0-9a-f-]{36}$/);
  await page.getByRole("button", { name: "Refund" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Refund $20.58" }).click();
  await expect(page.getByText("$20.58 is on its way back").first()).toBeVisible();
  await expectSoundLedger(customer.tenantId);
});

test("reports are shown and downloaded", async ({ page }) => {
  await rechargedCustomer();
  await enterAs(page.context(), OPERATOR.email);
  await page.goto("/operator/reports?currency=USD");
  await expect(page.getByTestId("stand-deferred")).toContainText("$");
  await expect(page.getByRole("group", { name: "By month" }).getByRole("row")).toHaveCount(13);
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download CSV" }).click();
  expect((await download).suggestedFilename()).toMatch(/^reports-\d{4}-\d\d-\d\d\.csv$/);
});
