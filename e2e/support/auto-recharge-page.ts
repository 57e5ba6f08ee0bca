import { expect, type Page } from "@playwright/test";

/** The rule with its preview, and the records below. */
export class AutoRechargePage {
  constructor(private readonly page: Page) {}

  open = () => this.page.goto("/auto-recharge");

  async fill({ minimum, target }: { minimum: string; target: string }): Promise<void> {
    await this.page.getByLabel("Minimum balance").fill(minimum);
    await this.page.getByLabel("Target balance").fill(target);
  }

  /** What one charge would be at a balance, as the preview shows it. */
  async previewAt(balance: string): Promise<Record<"amount" | "fee" | "total", string | null>> {
    await this.page.getByLabel("If the balance is").fill(balance);
    const shown = (part: string) => this.page.getByTestId(`preview-${part}`).textContent();
    return { amount: await shown("amount"), fee: await shown("fee"), total: await shown("total") };
  }

  async turnOnWithConsent(): Promise<void> {
    await this.page.getByRole("switch", { name: "Auto-recharge" }).click();
    await this.page.getByRole("group", { name: "Consent" }).getByRole("checkbox").check();
    await this.page.getByRole("button", { name: "Turn on and save" }).click();
    await expect(this.page.getByText("The rule is saved.").first()).toBeVisible();
  }

  showWhy = () => this.page.getByRole("tab", { name: "Why" }).click();
}
