import type { Page } from "@playwright/test";
import { OPERATOR } from "../db/seed/characters";
import { en } from "../messages/en";
import { type Billed, bill } from "./support/billed";
import { Customer } from "./support/customer";
import { demo } from "./support/demo";
import { expect, test } from "./support/journey";
import { expectAccessible, expectNoMissingTexts, expectNoOverflow } from "./support/layout";
import { attempts } from "./support/ledger";
import { enterAs } from "./support/session";

const WIDTHS = { phone: { width: 390, height: 844 }, desk: { width: 1440, height: 900 } };
const LOOKS = [
  { locale: "en", theme: "light" },
  { locale: "en", theme: "dark" },
  { locale: "zh-CN", theme: "light" },
  { locale: "zh-CN", theme: "dark" },
] as const;

/** A customer with something on every page: a charge, a decision, a notice, and a payment that waits for the bank. */
async function livelyCustomer(): Promise<{ customer: Customer; waiting: string; billed: Billed }> {
  const customer = await Customer.create();
  await customer.saveMethod();
  const billed = await bill(customer);
  await customer.turnOn();
  await customer.spend("500.00");
  await expect.poll(async () => (await attempts(customer.tenantId))[0]?.state, { timeout: 20_000 }).toBe("succeeded");
  const asks = await customer.saveMethod("pm_card_authenticationRequired");
  await customer.api.post(`/payment-methods/${asks}/default`, {});
  await customer.spend("480.00");
  const last = async () => (await customer.balance()).lastRecharge;
  await expect.poll(async () => (await last())?.state, { timeout: 20_000 }).toBe("requires_action");
  return { customer, waiting: (await last())?.id ?? "", billed };
}

async function lookAt(page: Page, name: string, path: string, shots: string, accessible = true): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.waitForLoadState("networkidle");
  for (const [device, size] of Object.entries(WIDTHS)) {
    await test.step(`${name}, ${device}`, async () => {
      await page.setViewportSize(size);
      await page.screenshot({ path: `${shots}/${name}-${device}.png`, fullPage: true, animations: "disabled" });
      await expectNoOverflow(page);
      await expectNoMissingTexts(page, en);
      if (accessible) await expectAccessible(page);
    });
  }
}

test.describe.configure({ mode: "parallel" });
// Every page is kept as a picture; a trace of all of it would cost more than the looking.
test.use({ trace: "off" });

for (const { locale, theme } of LOOKS) {
  test.describe(`in ${locale}, ${theme}`, () => {
    test.use({ colorScheme: theme, expectedErrors: [/status of 404/] });

    test("every page fits, reads and can be used by all", async ({ page, context }, { project }) => {
      test.setTimeout(300_000);
      const shots = `${project.outputDir}/pages/${locale}-${theme}`;
      await context.addCookies([{ name: "evenkeel_locale", value: locale, url: demo().url }]);
      for (const [name, path] of Object.entries({
        "sign-in": "/sign-in",
        pricing: "/pricing?cycle=yearly",
        "sign-up": "/sign-up",
        "sign-in-link": "/sign-in/link",
        "forgot-password": "/forgot-password",
        "dead-link": "/reset-password?token=none",
        "dead-invitation": "/invitation?token=none",
      }))
        await lookAt(page, name, path, shots);
      // axe takes a while for its thousands of elements: once in each language and each theme is enough.
      await lookAt(page, "api-docs", "/docs/api", shots, (locale === "en") === (theme === "light"));

      const { customer, waiting, billed } = await livelyCustomer();
      await enterAs(context, customer.tenant.owner);
      for (const [name, path] of Object.entries({
        dashboard: "/",
        "auto-recharge": "/auto-recharge",
        finish: `/auto-recharge/finish/${waiting}`,
        subscription: "/subscription",
        usage: "/usage",
        invoices: "/invoices",
        "invoice-open": `/invoices/${billed.openInvoiceId}`,
        "invoice-paid": `/invoices/${billed.paidInvoiceId}`,
        "invoice-edit": `/invoices/${billed.draftId}/edit`,
        "invoice-new": "/invoices/new",
        transactions: "/transactions",
        "transactions-none": "/transactions?q=nothing-like-this",
        transaction: `/transactions/${billed.paymentId}`,
        reports: "/reports",
        "payment-methods": "/payment-methods",
        "add-method": "/payment-methods/add",
        success: "/payment-methods/success?from=portal",
        settings: "/settings",
        members: "/settings/members",
        branding: "/settings/branding",
        notices: "/settings/notices",
        tokens: "/settings/tokens",
        account: "/settings/account",
        "new-organisation": "/organisations/new",
        diagnostics: "/diagnostics",
        "not-found": "/nothing-here",
      }))
        await lookAt(page, name, path, shots);
      await enterAs(context, OPERATOR.email);
      await lookAt(page, "operator", "/operator", shots);
    });
  });
}
