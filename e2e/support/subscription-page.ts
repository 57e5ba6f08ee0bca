import { expect, type Locator, type Page } from "@playwright/test";

/** The plan, what it costs next, and how it is changed. */
export class SubscriptionPage {
  readonly status: Locator;
  readonly #dialog: Locator;

  constructor(private readonly page: Page) {
    this.status = page.getByRole("region", { name: "Your plan" }).getByTestId("subscription-status");
    this.#dialog = page.getByRole("dialog");
  }

  open = () => this.page.goto("/subscription");

  /** Opens what a change costs. @param offer the button of the plan, such as "Upgrade to Enterprise" @returns what is due now */
  async ask(offer: string | RegExp): Promise<string> {
    await this.page.getByRole("button", { name: offer }).click();
    return (await this.#dialog.getByTestId("due-now").textContent()) ?? "";
  }

  /** Makes the change at the price that is shown. */
  async confirm(button: string | RegExp): Promise<void> {
    await this.#dialog.getByRole("button", { name: button }).click();
    await expect(this.#dialog).toBeHidden({ timeout: 20_000 });
  }

  async cancelAtPeriodEnd(): Promise<void> {
    await this.page.getByRole("button", { name: "Cancel the plan" }).click();
    await this.#dialog.getByRole("button", { name: "Cancel the plan" }).click();
    await expect(this.page.getByRole("button", { name: "Keep the plan" })).toBeVisible();
  }

  async keep(): Promise<void> {
    await this.page.getByRole("button", { name: "Keep the plan" }).click();
    await expect(this.page.getByRole("button", { name: "Cancel the plan" })).toBeVisible();
  }
}
