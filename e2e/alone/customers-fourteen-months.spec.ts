import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, onlyWithStandIn, test } from "../support/alone";
import { AutoRechargePage } from "../support/auto-recharge-page";
import { BillingApi, succeeded } from "../support/billing-api";
import { accountsOf, expectSameAtStripe, invoicesInShort, livePlan, timetableOf } from "../support/books";
import { ExpectedMails, nextNine, written } from "../support/expected-mails";
import { expectSoundLedger, movements } from "../support/ledger";
import { look } from "../support/look";
import { AddMethodPage } from "../support/payment-element";
import { PaymentMethodsPage } from "../support/payment-methods-page";
import { signUpAndConfirm } from "../support/sign-up-page";
import { advanceTo, demoTime } from "../support/stand-in";
import { SubscriptionPage } from "../support/subscription-page";

onlyWithStandIn("a clock that can be moved");

const ZONE = "America/New_York";
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const later = (at: Date, ms: number) => new Date(at.getTime() + ms);
const minorOf = (shown: string) => Math.round(Number(shown.replace(/[$,]/g, "")) * 100);

async function makeToken(page: Page): Promise<string> {
  await page.goto("/settings/tokens");
  await page.getByRole("button", { name: "Create token" }).click();
  await page.getByLabel("Name").fill("usage of production");
  await page.getByRole("checkbox", { name: /usage:write/ }).check();
  await page.getByRole("button", { name: "Create", exact: true }).click();
  return (await page.getByTestId("token").textContent()) ?? "";
}

test("fourteen months of a customer: trial, usage, upgrade, dunning, downgrade, end", async ({ page }) => {
  test.setTimeout(900_000);
  const name = "Novak Robotics";
  const { tenantId, email } = await signUpAndConfirm(page, name, `nora@${randomUUID().slice(0, 8)}.test`);
  const mails = new ExpectedMails(email, name);
  await mails.other("Confirm your e-mail address");
  const plan = new SubscriptionPage(page);
  const add = new AddMethodPage(page);
  const invoiced: [reason: string, paidMinor: number][] = [];
  const number = () => `INV-${String(invoiced.length).padStart(6, "0")}`;
  const day = (at: Date) => written(at, ZONE);

  /** Lets the period end, be invoiced and paid; and goes on for some days. */
  const renew = async (paidMinor: number, planName: string, days: number) => {
    const { periodEnd } = await livePlan(tenantId);
    await advanceTo(later(periodEnd, days * DAY_MS));
    invoiced.push(["subscription_cycle", paidMinor]);
    await mails.notice(`${planName} renews on ${day(periodEnd)}`, nextNine(later(periodEnd, -3 * DAY_MS)));
    await mails.notice(`Invoice ${number()} is paid`, later(periodEnd, HOUR_MS));
  };

  await test.step("a trial, a card, auto-recharge", async () => {
    await plan.open();
    expect(await plan.ask(/^Try Professional for 14 days/)).toBe("$0.00");
    await plan.confirm("Start the trial");
    await expect(plan.status).toHaveAttribute("data-status", "trialing");
    const { periodEnd } = await livePlan(tenantId);
    invoiced.push(["subscription_create", 0]);
    await mails.notice("You are on Professional");
    await expect(page.getByText("and there is no payment method")).toBeVisible();
    await look(page, "trial-without-card");
    await add.saveCard("4242424242424242");
    const rule = new AutoRechargePage(page);
    await rule.open();
    await rule.fill({ minimum: "100", target: "400" });
    await rule.turnOnWithConsent();
    await page.goto("/");
    await expect(page.getByTestId("balance")).toHaveText("$400.00", { timeout: 20_000 });
    await mails.other(`Receipt: $400.00 added to the balance of ${name}`);
    await mails.notice(`The trial of Professional ends on ${day(periodEnd)}`, later(periodEnd, -3 * DAY_MS));
  });
  const token = await makeToken(page);
  const service = new BillingApi({ token });

  await test.step("the trial ends and is paid", async () => {
    const { id, trialEnd } = await livePlan(tenantId);
    await advanceTo(later(trialEnd, 10 * DAY_MS));
    invoiced.push(["subscription_cycle", 9_900]);
    await mails.notice(`Invoice ${number()} is paid`, later(trialEnd, HOUR_MS));
    await plan.open();
    await expect(plan.status).toHaveAttribute("data-status", "active");
    expect(await livePlan(tenantId)).toMatchObject({ id, plan: "professional", status: "active" });
  });

  await test.step("usage passes the quota, the balance falls, auto-recharge fills it", async () => {
    const { id } = await livePlan(tenantId);
    await page.goto("/");
    for (const quantity of [85_000, 15_000, 120_000])
      succeeded(await service.post(`/subscriptions/${id}/usage`, { metric: "messages", quantity }));
    await mails.notice("80% of the quota of messages is used");
    await mails.notice("The quota of messages is used up");
    await expect(page.getByText("$370.44, of which $10.44 fee")).toBeVisible({ timeout: 20_000 });
    await expect(page.getByTestId("balance")).toHaveText("$400.00");
    await expect(page.getByText("220,000 of 100,000")).toBeVisible();
    await mails.other(`Receipt: $360.00 added to the balance of ${name}`);
    await look(page, "usage-paid-from-the-balance");
    expect(await movements(tenantId, "usage")).toEqual([-36_000]);
    expect(await movements(tenantId, "recharge")).toEqual([40_000, 36_000]);
  });

  await test.step("an upgrade costs what was shown, to the cent", async () => {
    await renew(9_900, "Professional", 12);
    await plan.open();
    const shown = await plan.ask("Upgrade to Enterprise");
    await look(page, "upgrade");
    await plan.confirm(`Pay ${shown} and change`);
    await expect(page.getByText("0, unlimited").first()).toBeVisible();
    invoiced.push(["subscription_update", minorOf(shown)]);
    await mails.notice("The plan is Enterprise now");
    await mails.notice(`Invoice ${number()} is paid`);
    const last = async () => (await invoicesInShort(tenantId)).at(-1);
    await expect.poll(last, { timeout: 15_000 }).toEqual([number(), "subscription_update", "paid", minorOf(shown)]);
  });

  await test.step("a card that cannot be charged takes the place of the good one", async () => {
    await renew(29_900, "Enterprise", 20);
    await add.saveCard("4000000000000341");
    await new PaymentMethodsPage(page).remove("4242");
  });

  await test.step("the renewal fails: the page shows dates, and the jobs keep to them", async () => {
    const { periodEnd } = await livePlan(tenantId);
    await advanceTo(later(periodEnd, DAY_MS));
    invoiced.push(["subscription_cycle", 29_900]);
    await mails.notice(`Enterprise renews on ${day(periodEnd)}`, nextNine(later(periodEnd, -3 * DAY_MS)));
    await mails.notice(`Invoice ${number()} could not be paid`, later(periodEnd, HOUR_MS));
    await page.goto("/");
    await expect(page.getByText(`Invoice ${number()} over $299.00 could not be paid`)).toBeVisible();
    await look(page, "payment-failed");
    await plan.open();
    await expect(plan.status).toHaveAttribute("data-status", "past_due");
    await look(page, "past-due");
    await page.getByRole("link", { name: "See the invoice" }).click();
    const [retry, warning, second, end] = await timetableOf(tenantId);
    const shown = page.getByRole("region", { name: "What happens next" }).getByRole("listitem");
    const date = new Intl.DateTimeFormat("en", { dateStyle: "full", timeStyle: "short", timeZone: ZONE });
    await expect(shown).toContainText([
      "Payment failed",
      ...[retry, warning, second, end].map((step) => date.format(step?.dueAt)),
    ]);
    await advanceTo(later(warning?.dueAt ?? periodEnd, HOUR_MS));
    await mails.notice(`Invoice ${number()} was declined again`, retry?.dueAt);
    await mails.notice(
      `Your plan ends on ${day(end?.dueAt ?? periodEnd)} unless invoice ${number()} is paid`,
      warning?.dueAt,
    );
    for (const [index, step] of (await timetableOf(tenantId)).entries()) {
      expect(step.dueAt, "the dates stay as they were shown").toEqual([retry, warning, second, end][index]?.dueAt);
      if (index > 1) expect(step.doneAt).toBeNull();
      else expect(Number(step.doneAt) - Number(step.dueAt)).toBeLessThanOrEqual(HOUR_MS / 4 + 60_000);
    }
    await page.reload();
    await expect(shown).toContainText(["Payment failed · attempt 1 of 3", "Attempt 2 of 3 · Declined"]);
    await look(page, "timetable");
    expect((await livePlan(tenantId)).plan, "access stays through the grace").toBe("enterprise");
  });

  await test.step("a new card: paid at once, and everything goes on", async () => {
    await add.saveCard("5555555555554444");
    await mails.notice(`Invoice ${number()} is paid after all`);
    await expect.poll(async () => (await livePlan(tenantId)).status, { timeout: 15_000 }).toBe("active");
    await expect.poll(async () => (await livePlan(tenantId)).paymentMethodId, { timeout: 15_000 }).not.toBeNull();
    await plan.open();
    await expect(plan.status).toHaveAttribute("data-status", "active");
    await expect(page.getByText("Mastercard •••• 4444")).toBeVisible();
    const outcomes = (await timetableOf(tenantId)).map(({ outcome }) => outcome);
    expect(outcomes).toEqual(["declined", "sent", "skipped:settled", "skipped:settled"]);
    await look(page, "recovered");
  });

  await test.step("a downgrade begins when what was paid is used up", async () => {
    await renew(29_900, "Enterprise", 5);
    await plan.open();
    expect(await plan.ask("Downgrade to Professional")).toBe("$0.00");
    await plan.confirm("Confirm the change");
    await look(page, "downgrade-waits");
    const { plan: before, periodEnd } = await livePlan(tenantId);
    expect(before).toBe("enterprise");
    await renew(9_900, "Professional", 1);
    await mails.notice("The plan is Professional now", periodEnd);
    expect(await livePlan(tenantId)).toMatchObject({ plan: "professional", status: "active" });
  });

  await test.step("canceled, taken back, and renewed for half a year", async () => {
    const { periodEnd } = await livePlan(tenantId);
    await plan.open();
    await plan.cancelAtPeriodEnd();
    await mails.notice(`Professional ends on ${day(periodEnd)}`);
    await look(page, "canceled");
    await plan.keep();
    for (let month = 0; month < 7; month++) await renew(9_900, "Professional", 1);
  });

  await test.step("canceled for good: at the end of the period it is Free, and stays so", async () => {
    const { periodEnd } = await livePlan(tenantId);
    await plan.open();
    await plan.cancelAtPeriodEnd();
    await mails.notice(`Professional ends on ${day(periodEnd)}`);
    await advanceTo(later(periodEnd, 40 * DAY_MS));
    await mails.notice("Professional has ended", periodEnd);
    await plan.open();
    await expect(page.getByText("Free of charge, with a hard cap on usage.")).toBeVisible();
    const live = await livePlan(tenantId);
    expect(live).toMatchObject({ plan: "free", status: "active" });
    expect(live.periodEnd.getTime(), "the month of the free plan was renewed").toBeGreaterThan(
      (await demoTime()).getTime(),
    );
    await look(page, "ended");
  });

  await test.step("every invoice, mail and entry is there, and nothing else", async () => {
    const rows = invoiced.map(([reason, paid], index) => [
      `INV-${String(index + 1).padStart(6, "0")}`,
      reason,
      "paid",
      paid,
    ]);
    expect(await invoicesInShort(tenantId)).toEqual(rows);
    const revenue = invoiced.reduce((sum, [, paid]) => sum + paid, 0);
    expect(await accountsOf(tenantId)).toEqual({
      prepaid: 40_000,
      usage_revenue: 36_000,
      fee_revenue: 1_160 + 1_044,
      invoice_revenue: revenue,
      stripe: -(40_000 + 36_000 + 1_160 + 1_044 + revenue),
    });
    await mails.expectAll();
    await expectSameAtStripe(tenantId);
    await expectSoundLedger(tenantId);
    await page.goto("/transactions");
    await look(page, "transactions");
  });
});
