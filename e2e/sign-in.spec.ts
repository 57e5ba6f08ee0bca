import type { Page } from "@playwright/test";
import { DEMO_PASSWORD } from "../db/seed/characters";
import { database } from "./support/database";
import { expect, test } from "./support/journey";
import { newTenant } from "./support/new-tenant";

// The browser's own line for the sign-in's answer of 401.
test.use({ expectedErrors: [/status of 401/] });

async function tryToSignIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

test("a wrong password is refused; the right one leads to where one wanted to go, and out again", async ({ page }) => {
  const { owner } = await newTenant(60_000);
  await page.goto("/settings");
  await expect(page).toHaveURL(/\/sign-in\?callbackUrl=%2Fsettings/);
  await tryToSignIn(page, owner, "not-the-password");
  await expect(page.getByRole("main").getByRole("alert")).toContainText("E-mail or password is wrong");
  await tryToSignIn(page, owner, DEMO_PASSWORD);
  await expect(page).toHaveURL(/\/settings$/);

  const [cookie] = (await page.context().cookies()).filter(({ name }) => name.endsWith("session-token"));
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax" });
  await page.getByRole("button", { name: "Account of Owen Owner" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  // The session itself is over: its cookie, kept by somebody, opens nothing.
  if (cookie) await page.context().addCookies([cookie]);
  await page.goto("/");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("after five wrong passwords there is a lock-out, also for the right one", async ({ page }) => {
  const { owner } = await newTenant(0);
  await page.goto("/sign-in");
  const alert = page.getByRole("main").getByRole("alert");
  for (let tries = 0; tries < 5; tries++) {
    await tryToSignIn(page, owner, `wrong ${tries}`);
    await expect(alert).toContainText("E-mail or password is wrong");
  }
  await tryToSignIn(page, owner, DEMO_PASSWORD);
  await expect(alert).toContainText("Too many tries");
  const sessions =
    await database()`select 1 from user_sessions s join users u using (user_id) where u.email = ${owner}`;
  expect(sessions).toHaveLength(0);
});

test("what was typed before the page was awake is what is sent", async ({ page }) => {
  const { owner } = await newTenant(60_000);
  let wake = () => {};
  const awake = new Promise<void>((resolve) => {
    wake = resolve;
  });
  await page.route("**/_next/static/**/*.js", async (route) => {
    await awake;
    await route.continue();
  });
  await page.goto("/sign-in?callbackUrl=%2Fsettings", { waitUntil: "commit" });
  await page.getByLabel("E-mail").fill(owner);
  await page.getByLabel("Password").fill(DEMO_PASSWORD);
  wake();
  await page.waitForLoadState("networkidle");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/settings$/);
});

test("with the keyboard alone", async ({ page }) => {
  const { owner, name } = await newTenant(60_000);
  await page.goto("/sign-in");
  const press = async (key: string, until: () => Promise<boolean>) => {
    for (let presses = 0; presses < 30; presses++) {
      if (await until()) return;
      await page.keyboard.press(key);
    }
    throw new Error(`${key} did not lead there`);
  };
  const focused = (locator: ReturnType<Page["locator"]>) => () =>
    locator.evaluate((element) => element === document.activeElement);
  await press("Tab", focused(page.getByLabel("E-mail")));
  await page.keyboard.type(owner);
  await page.keyboard.press("Tab");
  await page.keyboard.type(DEMO_PASSWORD);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();

  const settings = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Settings" });
  await press("Tab", focused(settings));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/settings$/);
  const menu = page.getByRole("button", { name: "Account of Owen Owner" });
  await press("Tab", focused(menu));
  await page.keyboard.press("Enter");
  await press("ArrowDown", focused(page.getByRole("menuitem", { name: "Sign out" })));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/sign-in/);
});
