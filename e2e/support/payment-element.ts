import { expect, type FrameLocator, type Page } from "@playwright/test";

/** Stripe's Payment Element in a page: a frame of another origin, by the names that Stripe gives its frame and fields. */
export class PaymentElement {
  readonly frame: FrameLocator;

  constructor(page: Page) {
    // Stripe has a second frame of that title, for what it lays over the page.
    this.frame = page.locator('iframe[title="Secure payment input frame"]').first().contentFrame();
  }

  async fillCard(number: string): Promise<void> {
    await this.frame.locator('[name="number"], #card-tab').first().waitFor();
    const tab = this.frame.locator("#card-tab");
    if (await tab.isVisible()) await tab.click();
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

/** The bank's 3-D Secure page, in the dialog that Stripe.js lays over the page: however deep, in a frame within frames. */
export class Challenge {
  constructor(private readonly page: Page) {}

  complete = () => this.#press("#test-source-authorize-3ds");
  fail = () => this.#press("#test-source-fail-3ds");

  async #press(button: string): Promise<void> {
    const find = async () => {
      for (const frame of this.page.frames())
        if (
          await frame
            .locator(button)
            .isVisible()
            .catch(() => false)
        )
          return frame.locator(button);
      return null;
    };
    await expect.poll(async () => (await find()) !== null, { message: "the bank's page", timeout: 30_000 }).toBe(true);
    await (await find())?.click();
  }
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
