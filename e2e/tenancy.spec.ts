import { randomUUID } from "node:crypto";
import { BillingApi } from "./support/billing-api";
import { Customer } from "./support/customer";
import { database } from "./support/database";
import { demo } from "./support/demo";
import { expect, test } from "./support/journey";
import { enterAs, sessionOf } from "./support/session";

/** All that a tenant owns, as one text: equal means that nothing was changed. */
async function everythingOf(tenantId: string): Promise<string> {
  const sql = database();
  const tables = ["recharge_rules", "payment_methods", "ledger_entries", "recharge_attempts", "recharge_consents"];
  const rows = await Promise.all(tables.map((table) => sql`select * from ${sql(table)} where tenant_id = ${tenantId}`));
  const tokens = await sql`select token_id, revoked_at from api_tokens where tenant_id = ${tenantId} order by token_id`;
  return JSON.stringify([...rows, tokens]);
}

test.describe("another tenant's ids", () => {
  test.use({ expectedErrors: [/status of 404/] });

  test("are not found and change nothing", async ({ page, customer }) => {
    const other = await Customer.create();
    const method = await other.saveMethod();
    await other.turnOn();
    await other.spend("500.00");
    await expect.poll(async () => (await other.balance()).balance, { timeout: 20_000 }).toBe("600.00");
    const recharge = (await other.balance()).lastRecharge?.id;
    const [token] = await database()`select token_id as id from api_tokens where tenant_id = ${other.tenantId}`;
    const before = await everythingOf(other.tenantId);

    const { api, service } = customer;
    const answers = await Promise.all([
      api.get(`/balance/recharges/${recharge}`),
      api.delete(`/payment-methods/${method}`),
      api.post(`/payment-methods/${method}/default`, {}),
      api.post("/payment-methods", { paymentMethodId: method }),
      api.put("/balance/auto-recharge", { paymentMethodId: method }),
      api.delete(`/tokens/${token?.id}`),
      service.post(`/balance/holds/${randomUUID()}/release`, {}),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404, 404]);

    const named = await fetch(`${demo().url}/api/v1/billing/balance`, {
      headers: { cookie: await sessionOf(customer.tenant.owner), "evenkeel-tenant": other.tenantId },
    });
    expect(named.status).toBe(404);

    await page.goto(`/auto-recharge/finish/${recharge}`);
    await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
    await page.context().addCookies([{ name: "evenkeel_tenant", value: other.tenantId, url: demo().url }]);
    await page.goto("/");
    await expect(page.getByRole("heading", { level: 1, name: customer.tenant.name })).toBeVisible();
    await page.goto("/operator");
    await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
    expect(await everythingOf(other.tenantId)).toBe(before);
  });
});

test("a member sees everything and can change nothing", async ({ page, customer }) => {
  await customer.saveMethod();
  await enterAs(page.context(), customer.tenant.member);
  const before = await everythingOf(customer.tenantId);

  await page.goto("/");
  await expect(page.getByTestId("balance")).toHaveText("$600.00");
  await expect(page.getByRole("button", { name: "Top up now" })).toBeDisabled();
  await page.goto("/auto-recharge");
  await expect(
    page.getByText("You can see everything here. Only admins and owners can change it.").first(),
  ).toBeVisible();
  await expect(page.getByRole("button", { name: "Save" })).toBeDisabled();
  await expect(page.getByRole("switch", { name: "Auto-recharge" })).toBeDisabled();
  await page.goto("/payment-methods");
  await expect(
    page.getByText("You can see the payment methods. Only admins and owners can change them."),
  ).toBeVisible();
  for (const name of ["Add here", "Add at Stripe", "Remove"])
    await expect(page.getByRole("button", { name })).toBeDisabled();
  await page.goto("/settings/tokens");
  await expect(page.getByText("Only admins and owners can see API tokens.")).toBeVisible();

  const api = new BillingApi({ cookie: await sessionOf(customer.tenant.member) });
  const answers = await Promise.all([
    api.put("/balance/auto-recharge", { minBalance: "1.00" }),
    api.post("/balance/recharges", { amount: "20.00" }),
    api.post("/balance/debits", { amount: "1.00" }),
    api.post("/balance/adjustments", { tenantId: customer.tenantId, amount: "1.00", reason: "mine" }),
    api.post("/payment-methods", {}),
    api.post("/payment-methods/portal", {}),
    api.post("/tokens", { name: "mine", role: "admin", scopes: [], expiresInDays: 1 }),
    api.get("/tokens"),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 403));
  expect(await everythingOf(customer.tenantId)).toBe(before);
});
