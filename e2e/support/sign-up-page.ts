import { expect, type Page } from "@playwright/test";
import { database } from "./database";
import { linkIn, mailAbout } from "./mailbox";

export interface NewOrganisation {
  tenantId: string;
  name: string;
  email: string;
}

/** Signs up in the browser, and confirms the address by the link of the mail. */
export async function signUpAndConfirm(page: Page, name: string, email: string): Promise<NewOrganisation> {
  await page.goto("/sign-up");
  await page.getByLabel("Your name").fill("Nora Novak");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill("correct horse battery");
  await page.getByLabel("Organisation").fill(name);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await page.goto(linkIn(await mailAbout(email, /Confirm your e-mail/)));
  await page.getByRole("button", { name: "Confirm", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expect(page.getByText("Confirm your e-mail address")).toBeHidden();
  const [row] =
    await database()`select tenant_id as id from memberships join users using (user_id) where email = ${email}`;
  return { tenantId: row?.id as string, name, email };
}
