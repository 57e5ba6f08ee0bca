import { usesStripeItself } from "./support/demo";
import { expect, test } from "./support/journey";
import { mailAbout } from "./support/mailbox";

test("the language that somebody chooses is that of their next mail", async ({ page, customer }) => {
  await customer.saveMethod();
  await page.goto("/");
  await page.getByRole("button", { name: /Owen Owner/ }).click();
  await page.getByRole("menuitemradio", { name: "简体中文" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
  await customer.topUp("50.00");
  const mail = await mailAbout(customer.tenant.owner, /50\.00/);
  expect(mail.subject).toMatch(/[\u4e00-\u9fff]/);
  expect(mail.html).toContain('lang="zh-CN"');
});

test("the navigation at the side ends where the window ends", async ({ page, customer: _ }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto("/settings");
  if (!usesStripeItself()) await expect(page.getByRole("complementary", { name: "Sandbox" })).toBeVisible();
  const menu = await page.getByRole("button", { name: /Owen Owner/ }).boundingBox();
  expect((menu?.y ?? 0) + (menu?.height ?? 0)).toBeLessThanOrEqual(900);
});
