import { type Page, test } from "@playwright/test";
import { expectNoOverflow } from "./layout";

/** Keeps a picture of the page as a customer sees it at this point of a story, and looks that nothing sticks out. */
export async function look(page: Page, name: string): Promise<void> {
  await expectNoOverflow(page);
  const path = test.info().outputPath(`${name}.png`);
  await page.screenshot({ path, fullPage: true, animations: "disabled" });
}
