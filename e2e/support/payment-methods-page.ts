import { expect, type Page } from "@playwright/test";

/** The list of what can be charged. */
export class PaymentMethodsPage {
  constructor(private readonly page: Page) {}

  async remove(last4: string): Promise<void> {
    await this.page.goto("/payment-methods");
    const card = this.page.getByRole("region", { name: new RegExp(`${last4}$`) });
    await card.getByRole("button", { name: "Remove" }).click();
    await this.page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
    await expect(card).toBeHidden();
  }
}
