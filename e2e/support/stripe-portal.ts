import { expect, type Page } from "@playwright/test";

/** Stripe's own page for payment methods. */
export class StripePortal {
  constructor(private readonly page: Page) {}

  arrived = () => this.page.waitForURL(/\/p\/session\//);

  async saveCard(number: string): Promise<void> {
    await this.page.getByRole("link", { name: "Add card" }).click();
    await this.page.getByLabel("Card number").fill(number);
    await this.page.getByLabel("Expiration date").fill("12/34");
    await this.page.getByLabel("Security code").fill("123");
    await this.page.getByRole("button", { name: "Save" }).click();
    await expect(this.page.getByText(new RegExp(`ending in ${number.slice(-4)}`))).toBeVisible();
  }

  goBack = () => this.page.getByRole("link", { name: /Return to/ }).click();
}
