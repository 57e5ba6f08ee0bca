import type { FrameLocator, Page } from "@playwright/test";
import type { StripeElementsOptions, StripePaymentElementOptions } from "@stripe/stripe-js";
import type Stripe from "stripe";
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from "vitest";
import type { RunningStripe } from "../../server";
import { expectNoViolations, startChecked } from "../../testing/checked";
import { clientFor } from "../../testing/stand-in";
import { openPage, serveMerchant, startChromium } from "./chromium";
import type { Merchant } from "./merchant";

declare const window: { merchant: Merchant };

/** A merchant's page in a real browser, opened anew for each test. */
export interface ElementPage {
  readonly server: RunningStripe;
  readonly stripe: Stripe;
  readonly page: Page;
  /** The element's frame. */
  readonly frame: FrameLocator;
  /** A complaint of the browser that this test is about. */
  expectComplaint(part: string): void;
  show(options: StripeElementsOptions, element?: StripePaymentElementOptions): Promise<void>;
  fillCard(number: string): Promise<void>;
  /** Confirms as a page does and answers what it was told. */
  confirm(kind: "confirmPayment" | "confirmSetup"): Promise<Record<string, unknown>>;
}

// A 402 is an answer; Chromium warns of card fields over plain HTTP.
const HARMLESS = ["status of 402", "over HTTP"];

/** Sets up a browser, a stand-in and a merchant for the tests of a file. */
export function elementPage(): ElementPage {
  let close: () => Promise<void> = async () => undefined;
  let open: () => ReturnType<typeof openPage>;
  let server: RunningStripe;
  let stripe: Stripe;
  let page: Page;
  let complaints: string[];
  let expected: string[];

  // A real browser on a busy machine takes its time.
  vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });
  beforeAll(async () => {
    server = await startChecked();
    stripe = clientFor(server.url, server.secretKey);
    const [browser, site] = await Promise.all([startChromium(), serveMerchant(server.url)]);
    open = () => openPage(browser, site.url);
    close = async () => {
      await browser.close();
      await site.close();
      await server.close();
    };
  }, 60_000);
  afterAll(() => close());
  beforeEach(async () => {
    expected = [...HARMLESS];
    ({ page, complaints } = await open());
  });
  afterEach(async () => {
    expect(complaints.filter((text) => !expected.some((part) => text.includes(part)))).toEqual([]);
    await page.close();
    expectNoViolations();
  });

  const frame = () => page.frameLocator('iframe[title="Secure payment input frame"]');
  return {
    get server() {
      return server;
    },
    get stripe() {
      return stripe;
    },
    get page() {
      return page;
    },
    get frame() {
      return frame();
    },
    expectComplaint: (part) => void expected.push(part),
    show(options, element = {}) {
      const given = { key: server.publishableKey, options, element };
      return page.evaluate(({ key, options, element }) => window.merchant.show(key, options, element), given);
    },
    async fillCard(number) {
      const values = { number, expiry: "12/34", cvc: "123", postalCode: "10001" };
      for (const [name, value] of Object.entries(values)) await frame().locator(`[name="${name}"]`).fill(value);
    },
    confirm: (kind) =>
      page.evaluate(async (kind) => {
        const { stripe, elements } = window.merchant;
        if (!stripe || !elements) throw new Error("nothing is shown");
        const given = { elements, redirect: "if_required" as const };
        const answer = kind === "confirmSetup" ? await stripe.confirmSetup(given) : await stripe.confirmPayment(given);
        return JSON.parse(JSON.stringify(answer));
      }, kind),
  };
}
