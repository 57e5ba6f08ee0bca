import type { Page, TestInfo } from "@playwright/test";
import { OPERATOR } from "../db/seed/characters";
import { en } from "../messages/en";
import { type Billed, bill } from "./support/billed";
import { Customer } from "./support/customer";
import { demo } from "./support/demo";
import { expect, test } from "./support/journey";
import { expectAccessible, expectNoMissingTexts, expectNoOverflow } from "./support/layout";
import { attempts } from "./support/ledger";
import { enterAs } from "./support/session";

/** Every endpoint on one page. */
const LONG = "/docs/api";
const WIDTHS = { phone: { width: 390, height: 844 }, desk: { width: 1440, height: 900 } };
type Device = keyof typeof WIDTHS;
type Theme = "light" | "dark";
/** axe is most of the time: it looks at each width and at each theme once, in one of the languages. */
const CHECKED = {
  en: { light: "phone", dark: null },
  "zh-CN": { light: null, dark: "desk" },
} as const satisfies Record<string, Record<Theme, Device | null>>;
type Locale = keyof typeof CHECKED;
const LOCALES = ["en", "zh-CN"] as const satisfies readonly Locale[];
const DEVICES = ["phone", "desk"] as const satisfies readonly Device[];
/** Pictures of every page, to be looked at: `EVENKEEL_PICTURES=1`. */
const KEEPS_PICTURES = Boolean(process.env.EVENKEEL_PICTURES);

type Lively = { customer: Customer; waiting: string; billed: Billed };

/** A customer with something on every page: a charge, a decision, a notice, and a payment that waits for the bank. */
async function livelyCustomer(): Promise<Lively> {
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

async function lookAt(page: Page, locale: Locale, shots: string, pages: Record<string, string>): Promise<void> {
  for (const [name, path] of Object.entries(pages)) await lookAtOne(page, locale, `${shots}/${name}`, path);
}

/** Loads it once: width and theme can be changed under it, as its reader does. */
async function lookAtOne(page: Page, locale: Locale, shot: string, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.waitForLoadState("networkidle");
  for (const device of DEVICES) {
    await test.step(`${path}, ${device}`, async () => {
      await page.setViewportSize(WIDTHS[device]);
      await expectNoOverflow(page);
      await expectNoMissingTexts(page, en);
      for (const theme of ["light", "dark"] as const) await lookAtTheme(page, locale, theme, device, shot, path);
    });
  }
}

async function lookAtTheme(page: Page, locale: Locale, theme: Theme, device: Device, shot: string, path: string) {
  const isChecked = CHECKED[locale][theme] === device;
  if (!isChecked && !KEEPS_PICTURES) return;
  await page.emulateMedia({ colorScheme: theme });
  const fullPage = path !== LONG;
  if (KEEPS_PICTURES)
    await page.screenshot({ path: `${shot}-${theme}-${device}.png`, fullPage, animations: "disabled" });
  if (isChecked) await expectAccessible(page);
}

test.describe.configure({ mode: "parallel" });
// A trace of all of it would cost more than the looking.
test.use({ trace: "off" });

const SIGNED_OUT = {
  "sign-in": "/sign-in",
  pricing: "/pricing?cycle=yearly",
  "sign-up": "/sign-up",
  "sign-in-link": "/sign-in/link",
  "forgot-password": "/forgot-password",
  "dead-link": "/reset-password?token=none",
  "dead-invitation": "/invitation?token=none",
  "dead-confirmation": "/confirm-email?token=none",
  "api-docs": LONG,
};

const moneyPages = ({ waiting, billed }: Lively) => ({
  dashboard: "/",
  "auto-recharge": "/auto-recharge",
  finish: `/auto-recharge/finish/${waiting}`,
  subscription: "/subscription",
  "subscription-confirm": `/subscription/confirm/${billed.subscriptionId}`,
  usage: "/usage",
  invoices: "/invoices",
  "invoice-open": `/invoices/${billed.openInvoiceId}`,
  "invoice-paid": `/invoices/${billed.paidInvoiceId}`,
  "invoice-confirm": `/invoices/${billed.openInvoiceId}/confirm`,
  "invoice-draft": `/invoices/${billed.draftId}`,
  "invoice-edit": `/invoices/${billed.draftId}/edit`,
  "invoice-new": "/invoices/new",
  transactions: "/transactions",
  "transactions-none": "/transactions?q=nothing-like-this",
  transaction: `/transactions/${billed.paymentId}`,
  reports: "/reports",
  "payment-methods": "/payment-methods",
  "add-method": "/payment-methods/add",
  success: "/payment-methods/success?from=portal",
});

const OTHER_PAGES = {
  settings: "/settings",
  members: "/settings/members",
  branding: "/settings/branding",
  notices: "/settings/notices",
  tokens: "/settings/tokens",
  account: "/settings/account",
  "new-organisation": "/organisations/new",
  diagnostics: "/diagnostics",
  "not-found": "/nothing-here",
};

const operatorPages = (tenantId: string) => ({
  operator: "/operator",
  "operator-tenant": `/operator/tenants/${tenantId}`,
  "operator-reconciliation": "/operator/reconciliation?figures",
  "operator-reports": "/operator/reports?currency=USD",
});

for (const locale of LOCALES) {
  test.describe(`in ${locale}, every page fits, reads and can be used by all`, () => {
    test.use({ expectedErrors: [/status of 404/] });
    test.setTimeout(300_000);
    test.beforeEach(async ({ context }) => {
      await context.addCookies([{ name: "evenkeel_locale", value: locale, url: demo().url }]);
    });
    const shotsOf = ({ project }: TestInfo) => `${project.outputDir}/pages/${locale}`;

    test("of a customer's money", async ({ page, context }, info) => {
      const lively = await livelyCustomer();
      await enterAs(context, lively.customer.tenant.owner);
      await lookAt(page, locale, shotsOf(info), moneyPages(lively));
    });

    test("signed out, of the settings, and of an operator", async ({ page, context }, info) => {
      await lookAt(page, locale, shotsOf(info), SIGNED_OUT);
      const { customer } = await livelyCustomer();
      await enterAs(context, customer.tenant.owner);
      await lookAt(page, locale, shotsOf(info), OTHER_PAGES);
      await enterAs(context, OPERATOR.email);
      await lookAt(page, locale, shotsOf(info), operatorPages(customer.tenantId));
    });
  });
}
