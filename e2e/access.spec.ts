import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { database } from "./support/database";
import { expect, test } from "./support/journey";
import { linkIn, mailAbout } from "./support/mailbox";

const PASSWORD = "correct horse battery";
const newAddress = (name: string) => `${name}@${randomUUID().slice(0, 8)}.test`;

async function signUp(page: Page, email: string, organisation: string): Promise<void> {
  await page.goto("/sign-up");
  await page.getByLabel("Your name").fill("Nora Novak");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("textbox", { name: "Organisation" }).fill(organisation);
  await page.getByRole("button", { name: "Create account" }).click();
}

const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name });

test("sign up, confirm, invite, join, roles, hand over, leave", async ({ page, browser }) => {
  test.setTimeout(180_000);
  const [nora, ivan] = [newAddress("nora"), newAddress("ivan")];
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Sign up" }).click();
  await page.getByLabel("Your name").fill("Nora Novak");
  await page.getByLabel("E-mail").fill(nora);
  await page.getByRole("textbox", { name: "Organisation" }).fill("Novak Ltd");
  await page.getByLabel("Password").fill("short");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByText("Use at least 10 characters.")).toBeVisible();
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(heading(page, "Novak Ltd")).toBeVisible();
  const [tenant] =
    await database()`select time_zone, currency from tenants where name = 'Novak Ltd' order by created_at desc`;
  expect(tenant).toEqual({ time_zone: "America/New_York", currency: "USD" });

  const banner = page.getByText("Confirm your e-mail address");
  await expect(banner).toBeVisible();
  await page.goto(linkIn(await mailAbout(nora, /Confirm your e-mail/)));
  await page.getByRole("button", { name: "Confirm", exact: true }).click();
  await expect(heading(page, "Novak Ltd")).toBeVisible();
  await expect(banner).toBeHidden();

  await page.goto("/settings/members");
  await page.getByLabel("E-mail").fill(ivan);
  await page.getByLabel("Role", { exact: true }).selectOption("Member");
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  const invitation = page.getByRole("region", { name: "Invitations" }).getByRole("listitem").filter({ hasText: ivan });
  await expect(invitation).toContainText("Works until");

  const other = await browser.newContext();
  const guest = await other.newPage();
  await guest.goto(linkIn(await mailAbout(ivan, /invites you to Novak Ltd/)));
  await expect(guest.getByText("Nora Novak invites you to join Novak Ltd as member.")).toBeVisible();
  await guest.getByLabel("Your name").fill("Ivan Ivanov");
  await guest.getByLabel("Choose a password").fill(PASSWORD);
  await guest.getByRole("button", { name: "Join" }).click();
  await expect(heading(guest, "Novak Ltd")).toBeVisible();
  await expect(guest.getByText("Confirm your e-mail address")).toBeHidden();
  await guest.goto("/settings/tokens");
  await expect(guest.getByText("Only admins and owners can see API tokens.")).toBeVisible();

  await page.reload();
  await expect(page.getByText("Invitations", { exact: true })).toBeHidden();
  await page.getByLabel("Role of Ivan Ivanov").selectOption("Admin");
  await expect(page.getByText("The role of Ivan Ivanov was changed.", { exact: true })).toBeVisible();
  await guest.reload();
  await expect(guest.getByRole("button", { name: "Create token" })).toBeVisible();

  await page.getByRole("button", { name: "Hand the ownership to Ivan Ivanov" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Hand over" }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
  await guest.goto("/settings/members");
  await guest.getByRole("button", { name: "Remove Nora Novak" }).click();
  await guest.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(
    guest.getByRole("region", { name: "Members" }).getByRole("listitem").filter({ hasText: nora }),
  ).toBeHidden();
  await other.close();

  await page.goto("/");
  await expect(heading(page, "New organisation")).toBeVisible();
  await page.getByRole("textbox", { name: "Organisation" }).fill("Second Try");
  await page.getByRole("button", { name: "Create organisation" }).click();
  await expect(heading(page, "Second Try")).toBeVisible();
});

test("a forgotten password, a link to sign in, and three organisations to switch between", async ({
  page,
  context,
}) => {
  test.setTimeout(120_000);
  const email = newAddress("tess");
  await signUp(page, email, "First");
  await expect(heading(page, "First")).toBeVisible();
  for (const name of ["Second", "Third"]) {
    await page
      .getByRole("button", { name: /^Organisation: / })
      .first()
      .click();
    await page.getByRole("menuitem", { name: "New organisation" }).click();
    await page.getByRole("textbox", { name: "Organisation" }).fill(name);
    await page.getByRole("button", { name: "Create organisation" }).click();
    await expect(heading(page, name)).toBeVisible();
  }
  await page.getByRole("button", { name: "Organisation: Third. Switch" }).first().click();
  await page.getByRole("menuitemradio", { name: "First" }).click();
  await expect(heading(page, "First")).toBeVisible();

  await context.clearCookies();
  await page.goto("/forgot-password");
  await page.getByLabel("E-mail").fill(newAddress("nobody"));
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByText("Look into your mailbox")).toBeVisible();
  await page.getByRole("button", { name: "Use another address" }).click();
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByText("Look into your mailbox")).toBeVisible();
  const reset = linkIn(await mailAbout(email, /Choose a new password/));
  await page.goto(reset);
  await page.getByLabel("New password").fill("a quite different one");
  await page.getByRole("button", { name: "Save and sign in" }).click();
  await expect(page.getByRole("button", { name: "Account of Nora Novak" }).first()).toBeVisible();

  await context.clearCookies();
  await page.goto(reset);
  await expect(page.getByText("This link does not work any more")).toBeVisible();
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Sign in with a link by e-mail" }).click();
  await expect(heading(page, "Sign in by link")).toBeVisible();
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByText("Look into your mailbox")).toBeVisible();
  await page.goto(linkIn(await mailAbout(email, /Your link to sign in/)));
  await expect(page.getByText(`You will be signed in as ${email}.`)).toBeVisible();
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("button", { name: "Account of Nora Novak" }).first()).toBeVisible();
});

test("settings of the organisation, its look, and one's own mails and sessions", async ({ page, customer }) => {
  await page.goto("/settings");
  await page.getByLabel("Legal name").fill("Acme Robotics GmbH");
  await page.getByLabel("Tax ID").fill("DE123456789");
  await page.getByLabel("Country").selectOption("Germany");
  await page.getByLabel("Street and number").fill("Torstr. 1");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.", { exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Tax ID")).toHaveValue("DE123456789");

  // Its button opens the chooser, so that nobody has one before the page is awake.
  await page.goto("/settings/branding", { waitUntil: "networkidle" });
  const choose = page.locator('input[type="file"]');
  await choose.setInputFiles({ name: "logo.png", mimeType: "image/png", buffer: Buffer.from("<svg/>") });
  await expect(page.getByText("This is no PNG or JPEG picture")).toBeVisible();
  const png = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  );
  await choose.setInputFiles({ name: "logo.png", mimeType: "image/png", buffer: png });
  await expect(page.getByRole("img", { name: "Your logo" })).toBeVisible();

  await page.goto("/settings/notices");
  await page.getByLabel("Receipts of top-ups").uncheck();
  await expect(page.getByLabel("A charge was declined")).toBeDisabled();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.", { exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Receipts of top-ups")).not.toBeChecked();

  await page.goto("/settings/account");
  await expect(page.getByText("This browser")).toBeVisible();
  await page.getByLabel("Current password").fill("wrong");
  await page.getByLabel("New password").fill("a quite different one");
  await page.getByRole("button", { name: "Save" }).nth(1).click();
  await expect(page.getByText("This is not your password.")).toBeVisible();
  const rows = await database()`select tax_id, logo_type from branding where tenant_id = ${customer.tenantId}`;
  expect([...rows]).toEqual([{ tax_id: "DE123456789", logo_type: "image/png" }]);
});
