import { expect, type FrameLocator, type Page } from "@playwright/test";

/** Stripe's Payment Element in a page: a frame of another origin, by the names that Stripe gives its frame and fields. */
export class PaymentElement {
  readonly frame: FrameLocator;

  constructor(page: Page) {
    this.frame = page.frameLocator('iframe[title="Secure payment input frame"]');
  }

  async fillCard(number: string): Promise<void> {
    await this.#fill({ number, expiry: "12 / 34", cvc: "123" });
    const zip = this.frame.locator('[name="postalCode"]');
    if (await zip.isVisible()) await zip.fill("10001");
  }

  /** @param account 000123456789 pays, 000555555559 pays and is returned later */
  async fillBankAccount(account: string, holder: { name: string; email: string }): Promise<void> {
    await this.frame.locator("#us_bank_account-tab").click();
    await this.#fill({ name: holder.name, email: holder.email, routingNumber: "110000000", accountNumber: account });
  }

  async #fill(values: Record<string, string>): Promise<void> {
    for (const [name, value] of Object.entries(values)) {
      const field = this.frame.locator(`[name="${name}"]`);
      await field.fill(value);
      await expect(field).not.toHaveValue("");
    }
  }
}

/** The bank's 3-D Secure page, in the dialog that Stripe.js lays over the page. */
export class Challenge {
  readonly frame: FrameLocator;

  constructor(page: Page) {
    this.frame = page.frameLocator('iframe[title="3D Secure challenge"]');
  }

  complete = () => this.frame.locator("#test-source-authorize-3ds").click();
  fail = () => this.frame.locator("#test-source-fail-3ds").click();
}

/** The page that saves a payment method. */
export class AddMethodPage {
  readonly element: PaymentElement;

  constructor(private readonly page: Page) {
    this.element = new PaymentElement(page);
  }

  async open(): Promise<void> {
    await this.page.goto("/payment-methods/add");
  }

  /** By keyboard: right after a page has scrolled, Chromium may still hand a click to the frame that was there before. */
  save = () => this.page.getByRole("button", { name: "Save payment method" }).press("Enter");

  async saveCard(number: string): Promise<void> {
    await this.open();
    await this.element.fillCard(number);
    await this.save();
    await expect(this.page.getByText("is saved")).toBeVisible({ timeout: 20_000 });
  }
}
