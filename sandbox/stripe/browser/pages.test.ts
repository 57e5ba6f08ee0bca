import { mkdirSync } from "node:fs";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import type { Browser } from "@playwright/test";
import type Stripe from "stripe";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import type { RunningStripe } from "../server";
import { expectNoViolations, startChecked } from "../testing/checked";
import { clientFor, customerWith } from "../testing/stand-in";
import { startChromium } from "./testing/chromium";

/** Where pictures of the pages are put, for somebody who wants to look at them. */
const PICTURES = process.env.STANDIN_PICTURES;

let browser: Browser;
let server: RunningStripe;
let stripe: Stripe;
const pages: Record<string, string> = {};

const URLS = { success_url: "https://app.test/done", cancel_url: "https://app.test/back" };

async function portalPages(customer: string, product: string, prices: string[], subscription: Stripe.Subscription) {
  const configuration = await stripe.billingPortal.configurations.create({
    business_profile: {
      headline: "Evenkeel works with Acme Robotics",
      privacy_policy_url: "https://app.test/privacy",
      terms_of_service_url: "https://app.test/terms",
    },
    features: {
      customer_update: { enabled: true, allowed_updates: ["name", "email", "address", "tax_id"] },
      invoice_history: { enabled: true },
      payment_method_update: { enabled: true },
      subscription_cancel: {
        enabled: true,
        cancellation_reason: { enabled: true, options: ["too_expensive", "other"] },
      },
      subscription_pause: { enabled: true },
      subscription_update: {
        enabled: true,
        default_allowed_updates: ["price", "quantity", "promotion_code"],
        proration_behavior: "always_invoice",
        products: [{ product, prices, adjustable_quantity: { enabled: true } }],
      },
    },
  });
  const { url } = await stripe.billingPortal.sessions.create({
    customer,
    configuration: configuration.id,
    return_url: "https://app.test/billing",
  });
  const steps = `${url}/subscriptions/${subscription.id}`;
  pages.portal = url;
  pages["portal-card"] = `${url}/card`;
  pages["portal-details"] = `${url}/details`;
  pages["portal-cancel"] = `${steps}/cancel`;
  pages["portal-update"] = `${steps}/update`;
  pages["portal-confirm"] = `${steps}/confirm?price=${prices[1]}&quantity=2`;
}

async function payingPages(customer: string, monthly: string, once: string) {
  const session = await stripe.checkout.sessions.create({
    mode: "payment",
    customer,
    line_items: [
      { price: once, quantity: 2, adjustable_quantity: { enabled: true, minimum: 1, maximum: 9 } },
      { price_data: { currency: "usd", unit_amount: 450, product_data: { name: "Shipping crate" } }, quantity: 1 },
    ],
    allow_promotion_codes: true,
    billing_address_collection: "required",
    consent_collection: { terms_of_service: "required" },
    saved_payment_method_options: { allow_redisplay_filters: ["always", "limited", "unspecified"] },
    ...URLS,
  });
  pages["checkout-payment"] = session.url ?? "";
  const trial = await stripe.checkout.sessions.create({
    mode: "subscription",
    line_items: [{ price: monthly, quantity: 1 }],
    subscription_data: { trial_period_days: 14 },
    ...URLS,
  });
  pages["checkout-trial"] = trial.url ?? "";
  await stripe.invoiceItems.create({ customer, amount: 12_500, currency: "usd", description: "Rigging and sails" });
  const draft = await stripe.invoices.create({
    customer,
    collection_method: "send_invoice",
    days_until_due: 30,
    pending_invoice_items_behavior: "include",
  });
  pages["invoice-open"] = (await stripe.invoices.finalizeInvoice(draft.id)).hosted_invoice_url ?? "";
}

vi.setConfig({ testTimeout: 90_000 });

beforeAll(async () => {
  server = await startChecked();
  stripe = clientFor(server.url, server.secretKey);
  const { customer, payment_method } = await customerWith(stripe, "pm_card_visa");
  await stripe.paymentMethods.attach("pm_card_mastercard", { customer });
  await stripe.customers.update(customer, {
    name: "Acme Robotics",
    email: "olivia@acme.test",
    invoice_settings: { default_payment_method: payment_method },
  });
  const product = await stripe.products.create({ name: "Harbour plan" });
  const price = (unit_amount: number, recurring?: { interval: "month" | "year" }) =>
    stripe.prices.create({ product: product.id, unit_amount, currency: "usd", ...(recurring && { recurring }) });
  const [small, large, once] = [
    await price(2_000, { interval: "month" }),
    await price(20_000, { interval: "year" }),
    await price(4_900),
  ];
  const subscription = await stripe.subscriptions.create({ customer, items: [{ price: small.id }] });
  await portalPages(customer, product.id, [small.id, large.id], subscription);
  await payingPages(customer, small.id, once.id);
  const [paid] = (await stripe.invoices.list({ customer, status: "paid" })).data;
  pages["invoice-paid"] = paid?.hosted_invoice_url ?? "";
  const [charge] = (await stripe.charges.list({ customer })).data;
  pages.receipt = charge?.receipt_url ?? "";
  browser = await startChromium();
}, 60_000);
afterEach(expectNoViolations);
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** Two corners of what people may have; all four when somebody wants to look. */
const CORNERS = [
  ["en-US", "light", 1440],
  ["zh-CN", "dark", 390],
  ["en-US", "dark", 390],
  ["zh-CN", "light", 1440],
] as const;

test.each(CORNERS.slice(0, PICTURES ? 4 : 2))(
  "every page in %s, %s, at %i px is in order for everybody",
  async (locale, colorScheme, width) => {
    const context = await browser.newContext({ locale, colorScheme, viewport: { width, height: 900 } });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    for (const [name, url] of Object.entries(pages)) {
      const answer = await page.goto(url);
      if (PICTURES) {
        mkdirSync(PICTURES, { recursive: true });
        await page.screenshot({
          path: join(PICTURES, `${name}-${locale}-${colorScheme}-${width}.png`),
          fullPage: true,
        });
      }
      const wrong = (condition: boolean, what: string) => condition && complaints.push(`${name}: ${what}`);
      wrong(answer?.status() !== 200, `status ${answer?.status()}`);
      wrong((await page.title()) === "", "no title");
      wrong((await page.locator("html").getAttribute("lang")) !== (locale === "zh-CN" ? "zh-CN" : "en"), "language");
      wrong(!/stand-in|替身/.test(await page.locator("footer").innerText()), "does not say what it is");
      wrong(
        await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth),
        "wider than the window",
      );
      const { violations } = await new AxeBuilder({ page }).analyze();
      complaints.push(
        ...violations.map(({ id, nodes }) => `${name}: ${id} ${nodes.map(({ html }) => html).join(" ")}`),
      );
    }
    expect(complaints).toEqual([]);
    await context.close();
  },
  120_000,
);
