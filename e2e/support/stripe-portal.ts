import { expect, type Page } from "@playwright/test";
import { usesStripeItself } from "./demo";
import { PaymentElement } from "./payment-element";

/** Stripe's own page for payment methods. */
export class StripePortal {
  constructor(private readonly page: Page) {}

  arrived = () => this.page.waitForURL(/\/p\/session\//);

  async saveCard(number: string): Promise<void> {
    await this.page.getByRole("link", { name: /^Add (card|payment method)$/ }).click();
    if (usesStripeItself()) await new PaymentElement(this.page).fillCard(number);
    else await this.#fillFields(number);
    await this.page.getByRole("button", { name: /^(Save|Add)/ }).click();
    await expect(this.page.getByText(new RegExp(`(ending in|•+) ${number.slice(-4)}`)).first()).toBeVisible();
  }

  goBack = () => this.page.getByRole("link", { name: /Return to/ }).click();

  /** The stand-in's page has its fields in no frame. */
  async #fillFields(number: string): Promise<void> {
    await this.page.getByLabel("Card number").fill(number);
    await this.page.getByLabel("Expiration date").fill("12/34");
    await this.page.getByLabel("Security code").fill("123");
  }
}
