import { describe, expect, test } from "vitest";
import { toCurrency } from "@/lib/money/currency";
import { en } from "@/messages/en";
import { zhCN } from "@/messages/zh-CN";
import { NOTICE_KINDS, type NoticeContent } from "./kinds";
import type { Notice, Reader } from "./reader";
import { renderMail } from "./render";
import type { Locale } from "./translator";

const METHOD = "pm_1";
const ATTEMPT = "01890000-0000-7000-8000-000000000001";

const AT = "2026-12-01T05:00:00.000Z";
const INVOICE = { invoiceId: ATTEMPT, number: "INV-000042", amountMinor: 2_900 };
const QUOTA = { metric: "messages", included: 10_000, periodEnd: AT };

const NOTICES: NoticeContent[] = [
  {
    kind: "charged",
    params: {
      attemptId: ATTEMPT,
      amountMinor: 65_000,
      feeMinor: 1_885,
      totalMinor: 66_885,
      balanceMinor: 60_000,
      paymentMethodId: METHOD,
    },
  },
  {
    kind: "declined",
    params: {
      attemptId: ATTEMPT,
      totalMinor: 66_885,
      paymentMethodId: METHOD,
      retryAt: "2026-11-21T23:30:00.000Z",
      backup: 0,
    },
  },
  { kind: "paused", params: { paymentMethodId: METHOD, reason: "paused_declines" } },
  { kind: "needs_authentication", params: { attemptId: ATTEMPT, totalMinor: 66_885, paymentMethodId: METHOD } },
  {
    kind: "limit_80",
    params: { limit: "max_per_month", used: 96_000, allowed: 120_000, resetsAt: "2026-12-01T05:00:00.000Z" },
  },
  { kind: "limit_100", params: { limit: "max_charges_per_day", used: 6, allowed: 6, resetsAt: null } },
  { kind: "low_balance", params: { balanceMinor: -5_000, minMinor: 15_000, reason: "rule_off" } },
  { kind: "resumed", params: { paymentMethodId: METHOD } },
  {
    kind: "payment_returned",
    params: {
      attemptId: ATTEMPT,
      amountMinor: 65_000,
      totalMinor: 66_885,
      balanceMinor: -5_000,
      paymentMethodId: METHOD,
    },
  },
  { kind: "blocked", params: { balanceMinor: 1_000, reason: "no_payment_method", nextPossibleAt: null } },
  { kind: "usage_80", params: { ...QUOTA, used: 8_000, hasOverage: 1 } },
  { kind: "usage_100", params: { ...QUOTA, used: 12_500, hasOverage: 0 } },
  { kind: "refunded", params: { transactionId: ATTEMPT, amountMinor: 10_290, feeMinor: 290 } },
  { kind: "refund_failed", params: { transactionId: ATTEMPT, amountMinor: 10_290 } },
  { kind: "trial_ending", params: { plan: "starter", at: AT, amountMinor: 2_900, hasMethod: 0 } },
  { kind: "renewal_coming", params: { plan: "starter", at: AT, amountMinor: 2_900 } },
  { kind: "subscription_started", params: { plan: "starter", at: AT } },
  { kind: "subscription_changed", params: { plan: "professional", from: "starter", at: AT } },
  { kind: "subscription_ending", params: { plan: "starter", at: AT } },
  { kind: "subscription_ended", params: { plan: "starter", at: AT } },
  { kind: "invoice_sent", params: { ...INVOICE, dueAt: AT } },
  { kind: "invoice_paid", params: INVOICE },
  { kind: "invoice_overdue", params: { ...INVOICE, dueAt: AT } },
  { kind: "invoice_disputed", params: { ...INVOICE, outcome: "lost" } },
  { kind: "invoice_failed", params: { ...INVOICE, nextTryAt: AT, graceEndsAt: AT } },
  { kind: "dunning_failed", params: { ...INVOICE, nextTryAt: null, graceEndsAt: AT } },
  { kind: "dunning_grace_ending", params: { ...INVOICE, nextTryAt: null, graceEndsAt: AT } },
  { kind: "dunning_ended", params: { ...INVOICE, nextTryAt: null, graceEndsAt: AT } },
  { kind: "dunning_recovered", params: INVOICE },
  { kind: "method_expiring", params: { paymentMethodId: METHOD, at: AT } },
];

const reader = (locale: Locale, currency = "USD"): Reader => ({
  locale,
  tenantName: "Acme <Robotics>",
  currency: toCurrency(currency),
  timeZone: "America/New_York",
  methodNames: new Map([[METHOD, "Visa •••• 4242"]]),
});

const mail = (content: NoticeContent, to = reader("en")) => {
  const notice: Notice = { ...content, notificationId: ATTEMPT, createdAt: new Date("2026-11-21T22:15:00Z") };
  return renderMail(notice, to, "Olivia Øst");
};
const find = (kind: NoticeContent["kind"]) => NOTICES.find((notice) => notice.kind === kind) as NoticeContent;

describe("every mail", () => {
  test("there is one for each kind", () => {
    expect(NOTICES.map((notice) => notice.kind)).toEqual([...NOTICE_KINDS]);
  });

  test.each(
    NOTICES.flatMap((notice) => (["en", "zh-CN"] as const).map((locale) => [notice.kind, locale, notice] as const)),
  )(
    "%s in %s has a subject, both bodies, one address that leads to us, and no holes",
    async (_kind, locale, notice) => {
      const { subject, html, text } = await mail(notice, reader(locale));
      for (const part of [subject, html, text])
        expect(part).not.toMatch(/undefined|NaN|Invalid Date|\[object|emails\.|notices\.|\{\w+\}/);
      expect(subject).toContain("Acme <Robotics>");
      expect(html).toContain(`lang="${locale}"`);
      expect(html).not.toContain("<Robotics>");
      expect(text).toContain("Acme <Robotics>");
      expect(text).toContain("Olivia Øst");
      for (const [, href] of html.matchAll(/href="([^"]+)"/g)) expect(href).toMatch(/^http:\/\/localhost:3010\//);
      expect(/[\u4e00-\u9fff]/.test(text)).toBe(locale === "zh-CN");
    },
  );

  test("both languages have the same texts", () => {
    const keys = (node: unknown, path = ""): string[] =>
      typeof node === "object" && node
        ? Object.entries(node).flatMap(([key, value]) => keys(value, `${path}.${key}`))
        : [path];
    expect(keys(zhCN.emails)).toEqual(keys(en.emails));
    expect(keys(zhCN.notices)).toEqual(keys(en.notices));
  });
});

describe("the receipt", () => {
  test("shows amount, fee, total and balance to the cent, in the tenant's time zone", async () => {
    const { subject, text } = await mail(find("charged"));
    expect(subject).toBe("Receipt: $650.00 added to the balance of Acme <Robotics>");
    const line = (label: string) => text.split("\n").find((each) => each.startsWith(label));
    expect(line("Added to the balance")).toMatch(/ \$650\.00$/);
    expect(line("Processing fee")).toMatch(/ \$18\.85$/);
    expect(line("Total charged")).toMatch(/ \$668\.85$/);
    expect(line("Payment method")).toMatch(/ Visa •••• 4242$/);
    expect(line("Date")).toMatch(/November 21, 2026 at 5:15.PM EST$/);
    expect(line("New balance")).toMatch(/ \$600\.00$/);
    // The preview line is for the inbox list only.
    expect(text.match(/The new balance is/g)).toHaveLength(1);
  });

  test.each([
    ["JPY", "¥65,000", "¥66,885"],
    ["KWD", "65.000", "66.885"],
  ])("keeps the decimals of %s", async (currency, amount, total) => {
    const { text } = await mail(find("charged"), reader("en", currency));
    expect(text).toContain(amount);
    expect(text).toContain(total);
  });

  test("reads in Chinese", async () => {
    const { subject, text } = await mail(find("charged"), reader("zh-CN"));
    expect(subject).toBe("收据：Acme <Robotics> 的余额已充值 $650.00");
    expect(text).toContain("手续费");
    expect(text).toContain("$18.85");
  });
});

describe("what to do next", () => {
  test("a declined top-up tells the next try and leads to the payment methods, without the bank's code", async () => {
    const { text, html } = await mail(find("declined"));
    expect(text).toMatch(/The next try is on November 21, 2026 at 6:30.PM EST\./);
    expect(html).toContain('href="http://localhost:3010/payment-methods"');
    expect(text).not.toMatch(/generic_decline|insufficient_funds|do_not_honor/);
  });

  test("a payment to confirm leads to that very payment", async () => {
    const { html } = await mail(find("needs_authentication"));
    expect(html).toContain(`href="http://localhost:3010/auto-recharge/finish/${ATTEMPT}"`);
  });

  test("limits are named, as money or as a number", async () => {
    const month = await mail(find("limit_80"));
    expect(month.text).toContain("$960.00 of $1,200.00");
    expect(month.text.toLowerCase()).toContain("monthly limit");
    expect((await mail(find("limit_100"))).text).toContain("6 of 6");
  });
});
