import { BillingApi } from "./support/billing-api";
import { database } from "./support/database";
import { expect, test } from "./support/journey";

test("a token is shown once, works, and is worth nothing once it is revoked", async ({ page, customer }) => {
  await page.goto("/settings/tokens");
  await page.getByRole("button", { name: "Create token" }).click();
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await expect(page.getByText("Give it a name.")).toBeVisible();
  await page.getByLabel("Name").fill("reports");
  await page.getByRole("button", { name: "Create", exact: true }).click();
  const jwt = (await page.getByTestId("token").textContent()) ?? "";
  expect(jwt).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
  await page.getByRole("button", { name: "Done" }).click();

  const row = page.getByRole("row").filter({ hasText: "reports" });
  await expect(row).toContainText("Active");
  await page.reload();
  await expect(row).toContainText("Never");
  expect(await page.content()).not.toContain(jwt);

  const service = new BillingApi({ token: jwt });
  expect((await service.post("/balance/debits", { amount: "1.00" })).status).toBe(200);
  // A service is let in by its scopes alone: it may not manage tokens.
  expect((await service.get("/tokens")).status).toBe(403);
  await page.reload();
  await expect(row).not.toContainText("Never");

  await page.getByRole("button", { name: "Revoke reports" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await expect(row).toContainText("Revoked");
  const refused = await service.post<{ code: string }>("/balance/debits", { amount: "1.00" });
  expect(refused).toMatchObject({ status: 401, body: { code: "unauthenticated" } });
  expect((await customer.balance()).balance).toBe("599.00");
  const stored = await database()`select * from api_tokens where tenant_id = ${customer.tenantId}`;
  expect(JSON.stringify(stored)).not.toContain(jwt.split(".")[2]);
});
