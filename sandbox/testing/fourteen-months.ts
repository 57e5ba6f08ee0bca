import type postgres from "postgres";
import { expect } from "vitest";
import { signUp } from "@/lib/auth/sign-up";
import { caseOf } from "@/lib/dunning/cases";
import type { InvoiceId, PaymentMethodId } from "@/lib/ids";
import { toMinor } from "@/lib/money/minor";
import { removePaymentMethod, setDefault } from "@/lib/payment-methods/commands";
import { listPaymentMethods } from "@/lib/payment-methods/queries";
import { CONSENT_TEXT_VERSION } from "@/lib/recharge/consent";
import { saveRule } from "@/lib/recharge/rule";
import { cancelSubscription, reactivateSubscription } from "@/lib/subscriptions/cancel";
import { refundTransaction } from "@/lib/transactions/refund";
import { finalRows } from "./final-rows";
import { Life } from "./life";
import type { LiveWorld, WebhookFault } from "./live-world";

export const OWNER = "olivia@fourteen-months.test";
export const BEGIN = "2027-01-17T15:00:00Z";
export const END = "2028-03-17T15:00:00Z";

async function signsUp(life: Life): Promise<void> {
  const { tenantId, user } = await signUp({
    email: OWNER,
    name: "Olivia Ott",
    password: "fourteen long months",
    organisation: { name: "Fourteen Months", currency: "USD", timeZone: "America/New_York" },
    locale: "en",
    address: "127.0.0.1",
    userAgent: null,
  });
  life.scope = { tenantId, role: "owner", userId: user.userId, actor: OWNER, scopes: [] };
  expect(await life.live()).toMatchObject({ plan: "free", status: "active" });
}

async function triesProfessional(life: Life): Promise<void> {
  await life.until("2027-01-17T15:57:00Z");
  expect(await life.choose("professional", "story:trial")).toBe(0);
  expect(await life.live()).toMatchObject({
    plan: "professional",
    status: "trialing",
    trialEnd: new Date("2027-01-31T16:00:00Z"),
  });
  await life.until("2027-01-20T15:00:00Z");
  const card = await life.card("pm_card_visa");
  await life.until("2027-01-21T15:00:00Z");
  expect(await listPaymentMethods(life.scope)).toMatchObject([{ paymentMethodId: card, isDefault: true }]);
  await saveRule(life.scope, {
    enabled: true,
    minMinor: toMinor(15_000),
    targetMinor: toMinor(60_000),
    consent: { textVersion: CONSENT_TEXT_VERSION },
  });
  await life.world.rest();
  expect(await life.balance()).toBe(60_000);
  expect(await life.charged()).toEqual([61_740]);
  await life.until("2027-01-31T18:00:00Z");
  expect(await life.live()).toMatchObject({ status: "active", currentPeriodEnd: new Date("2027-02-28T16:00:00Z") });
  expect(await life.charged()).toEqual([61_740, 9_900]);
}

/** 250,010 messages of 100,000, and seven calls too many, which cost a tenth of a cent. */
async function usesMore(life: Life): Promise<void> {
  await life.use("feb:1", "messages", 80_000);
  await life.until("2027-02-12T15:00:00Z");
  await life.use("feb:2", "messages", 170_010);
  expect(await life.use("feb:2", "messages", 170_010)).toMatchObject({ recorded: 0, replayed: 1 });
  await life.use("feb:3", "api_calls", 1_000_007, "2027-02-09T03:00:00Z");
  // 450.03 beyond the quota left 149.97, below the minimum: filled up with 450.03 and its fee of 13.05.
  expect(await life.balance()).toBe(60_000);
  expect((await life.charged()).at(-1)).toBe(46_308);
  await life.until("2027-03-20T15:00:00Z");
  await life.use("mar:1", "messages", 110_000);
  expect(await life.balance()).toBe(57_000);
}

async function upgrades(life: Life): Promise<void> {
  await life.until("2027-04-12T10:37:11Z");
  const dueMinor = await life.choose("enterprise", "story:upgrade");
  const left = (Date.parse("2027-04-30T16:00:00Z") - Date.parse("2027-04-12T10:37:11Z")) / (30 * 86_400_000);
  expect(dueMinor).toBe(Math.round(29_900 * left) - Math.round(9_900 * left));
  expect((await life.charged()).at(-1)).toBe(dueMinor);
  const [change] = await life.sql`
    select quoted_minor::int as quoted, charged_minor::int as charged from subscription_changes
    where tenant_id = ${life.scope.tenantId} and kind = 'upgrade'`;
  expect(change).toEqual({ quoted: dueMinor, charged: dueMinor });
  await life.until("2027-04-20T15:00:00Z");
  await life.use("apr:1", "messages", 5_000_000);
  expect(await life.balance()).toBe(57_000);
  await life.until("2027-05-20T15:00:00Z");
  const [topUp] = await life.sql`
    select transaction_id as id from transactions where tenant_id = ${life.scope.tenantId} and amount_minor = 46308`;
  await refundTransaction(life.scope, String(topUp?.id), {
    amountMinor: toMinor(10_290),
    reason: "too much",
    requestKey: "story:refund",
  });
  await life.world.rest();
  expect(await life.balance()).toBe(47_000);
}

async function failsToPay(life: Life): Promise<void> {
  await life.until("2027-05-25T15:00:00Z");
  const [bad] = await listPaymentMethods(life.scope);
  await life.world.ask("declines", {
    paymentMethod: bad?.paymentMethodId,
    declineCode: "insufficient_funds",
    times: 100,
  });
  await life.until("2027-05-31T18:00:00Z");
  expect(await life.live()).toMatchObject({ plan: "enterprise", status: "past_due" });
  const failed = (await life.invoices()).find(({ status }) => status === "open");
  const shown = await caseOf(life.scope, failed?.id as InvoiceId);
  // The same time of day in New York: three tries in all, three days apart, the end after seven.
  const firstAt = shown?.startedAt.getTime() ?? 0;
  const days = shown?.steps.map(({ kind, dueAt }) => [kind, (dueAt.getTime() - firstAt) / 86_400_000]);
  expect(days).toEqual([
    ["attempt", 3],
    ["grace_warning", 5],
    ["attempt", 6],
    ["end", 7],
  ]);
  await life.until("2027-06-04T15:00:00Z");
  const before = await caseOf(life.scope, failed?.id as InvoiceId);
  expect(before?.steps.map(({ dueAt }) => dueAt)).toEqual(shown?.steps.map(({ dueAt }) => dueAt));
  expect(before?.steps.map(({ outcome }) => outcome)).toEqual(["declined", null, null, null]);
  const good = await life.card("pm_card_mastercard");
  await life.until("2027-06-04T15:15:00Z");
  expect(await caseOf(life.scope, failed?.id as InvoiceId)).toMatchObject({ state: "recovered" });
  expect(await life.live()).toMatchObject({ plan: "enterprise", status: "active" });
  expect((await life.charged()).at(-1)).toBe(29_900);
  await life.until("2027-06-30T18:00:00Z");
  expect((await life.charged()).slice(-3)).toEqual([29_900, 29_900, 29_900]);
  await life.until("2027-07-02T15:00:00Z");
  await setDefault(life.scope, good);
  await removePaymentMethod(life.scope, bad?.paymentMethodId as PaymentMethodId);
  await life.world.rest();
}

async function downgrades(life: Life): Promise<void> {
  await life.until("2027-07-10T15:00:00Z");
  expect(await life.choose("professional", "story:downgrade")).toBe(0);
  expect(await life.live()).toMatchObject({
    plan: "enterprise",
    pendingPlan: "professional",
    pendingAt: new Date("2027-07-31T16:00:00Z"),
  });
  await life.until("2027-07-31T18:00:00Z");
  expect(await life.live()).toMatchObject({ plan: "professional", pendingPlan: null, status: "active" });
  expect((await life.charged()).at(-1)).toBe(9_900);
  await life.until("2027-08-15T15:00:00Z");
  await life.use("aug:1", "messages", 250_000);
  // 470.00 − 450.00 = 20.00: filled up with 580.00 and its fee of 16.82.
  expect(await life.balance()).toBe(60_000);
  expect((await life.charged()).at(-1)).toBe(59_682);
}

async function leavesAndStays(life: Life): Promise<void> {
  const cancel = async (requestKey: string) => {
    const { subscriptionId } = await life.live();
    await cancelSubscription(life.scope, subscriptionId, { when: "period_end", reason: "too dear", requestKey });
    await life.world.rest();
  };
  await life.until("2027-10-10T15:00:00Z");
  await cancel("story:cancel");
  expect(await life.live()).toMatchObject({ plan: "professional", cancelAt: new Date("2027-10-31T16:00:00Z") });
  await life.until("2027-10-12T15:00:00Z");
  await reactivateSubscription(life.scope, (await life.live()).subscriptionId, "story:reactivate");
  await life.world.rest();
  expect(await life.live()).toMatchObject({ cancelAt: null });
  await life.until("2027-11-20T15:00:00Z");
  await life.use("nov:1", "messages", 133_334);
  await life.use("nov:2", "api_calls", 1_000_060);
  // 100.002, and 0.9 + 0.105 cents of calls carried on from February.
  expect(await life.balance()).toBe(60_000 - 10_000 - 1);
  await life.until("2028-01-10T15:00:00Z");
  await cancel("story:cancel again");
  await life.until("2028-01-31T18:00:00Z");
  expect(await life.live()).toMatchObject({ plan: "free", status: "active" });
}

async function isFree(life: Life): Promise<void> {
  await life.until("2028-02-10T15:00:00Z");
  await life.use("free:1", "messages", 900);
  await expect(life.use("free:2", "messages", 200)).rejects.toMatchObject({ code: "quota_exceeded" });
  await life.until("2028-03-02T15:00:00Z");
  expect(await life.live()).toMatchObject({
    plan: "free",
    currentPeriodStart: new Date("2028-02-29T16:00:00Z"),
    currentPeriodEnd: new Date("2028-03-31T16:00:00Z"),
    usage: { messages: { used: 0, included: 1_000 } },
  });
  await life.until(END);
}

/** From signing up to a card that failed and was replaced. */
const FIRST_HALF_YEAR = [signsUp, triesProfessional, usesMore, upgrades, failsToPay];

/**
 * A customer's fourteen months, from signing up to the free plan again, or the first half-year of it. Begins a life of its own.
 * @param part `half`: up to the beginning of July
 */
export async function fourteenMonths(
  world: LiveWorld,
  sql: postgres.Sql,
  fault: WebhookFault | null = null,
  part: "whole" | "half" = "whole",
): Promise<Life> {
  await world.begin({ from: BEGIN, to: END }, fault);
  const life = new Life(world, sql);
  for (const chapter of FIRST_HALF_YEAR) await chapter(life);
  life.halfway = await finalRows(sql, life.scope.tenantId);
  if (part === "whole") for (const chapter of [downgrades, leavesAndStays, isFree]) await chapter(life);
  return life;
}
