import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { systemDb } from "@/db/client";
import { subscriptionChanges, subscriptions } from "@/db/schema";
import { useTestDatabase } from "@/db/testing";
import { now, setClockForTests } from "@/lib/clock";
import { newId } from "@/lib/ids";
import { toMinor } from "@/lib/money/minor";
import { getTenant } from "@/lib/tenants/queries";
import { recordUsage } from "@/lib/usage/record";
import type { Customer } from "@/sandbox/testing/customer";
import { useWorld } from "@/sandbox/testing/world";
import { cancelSubscription, reactivateSubscription } from "./cancel";
import { type ChangeInput, changeSubscriptionTerms } from "./change";
import { previewChange } from "./preview";
import { getSubscription, listSubscriptions, liveSubscription } from "./queries";

useTestDatabase();
const world = useWorld();

async function customer(card: string | null = "pm_card_visa"): Promise<Customer> {
  setClockForTests("2027-01-31T12:00:00Z");
  const made = await world.customer();
  if (card) {
    const id = await made.card(card);
    await world.stripeSdk.customers.update(String((await world.stripeSdk.paymentMethods.retrieve(id)).customer), {
      invoice_settings: { default_payment_method: id },
    });
    await world.drain();
  }
  return made;
}

const change = (to: Customer, id: string, more: Partial<ChangeInput>) =>
  changeSubscriptionTerms(to.scope, id, { prorationAt: null, expectedMinor: null, requestKey: newId(), ...more });
const preview = (to: Customer, id: string, wish: { plan?: string; cycle?: "monthly" | "yearly" }) =>
  previewChange(to.scope, id, { ...wish, coupon: null, prorationAt: null });
const charged = async (to: Customer) => (await to.paid()).map(({ amount }) => amount).reverse();
const pass = (days: number) => world.pass(days * 1_440, 360);

test("every tenant begins on the free plan", async () => {
  const acme = await customer(null);
  expect(await liveSubscription(acme.scope)).toMatchObject({
    plan: "free",
    status: "active",
    stripeSubscriptionId: null,
    usage: { messages: { used: 0, included: 1_000 } },
  });
});

test("subscribed and paid at once; the free plan gives way, and there is one live subscription", async () => {
  const acme = await customer();
  const bought = await acme.subscribe();
  expect(bought).toMatchObject({ plan: "starter", status: "active", clientSecret: null });
  expect(await charged(acme)).toEqual([2_900]);
  await world.drain();
  const { data } = await listSubscriptions(acme.scope, { limit: 10, cursor: null });
  expect(data.map(({ plan, status }) => [plan, status])).toEqual([
    ["starter", "active"],
    ["free", "canceled"],
  ]);
  expect(bought.currentPeriodEnd).toEqual(new Date("2027-02-28T12:00:00Z"));
  await expect(acme.subscribe()).rejects.toMatchObject({ code: "already_subscribed" });
});

test("the same request is one subscription; two at once are one too", async () => {
  const acme = await customer();
  const requestKey = newId();
  const both = await Promise.allSettled([acme.subscribe({ requestKey }), acme.subscribe()]);
  expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await charged(acme)).toEqual([2_900]);
});

test("a declined first payment leaves everything as it was", async () => {
  const acme = await customer("pm_card_chargeCustomerFail");
  await expect(acme.subscribe()).rejects.toMatchObject({ code: "payment_method_declined" });
  await world.drain();
  expect(await liveSubscription(acme.scope)).toMatchObject({ plan: "free" });
  const [row] = await systemDb()
    .select()
    .from(subscriptionChanges)
    .where(eq(subscriptionChanges.tenantId, acme.tenantId));
  expect(row).toMatchObject({ kind: "create", state: "failed" });
  await acme.card("pm_card_visa");
});

test("without a payment method only a trial can begin, and it ends by itself", async () => {
  const acme = await customer(null);
  await expect(acme.subscribe()).rejects.toMatchObject({ code: "no_payment_method" });
  const trial = await acme.subscribe({ trialDays: null, plan: "professional" });
  expect(trial).toMatchObject({ status: "trialing", trialEnd: new Date("2027-02-14T12:00:00Z") });
  await pass(15);
  expect(await liveSubscription(acme.scope)).toMatchObject({ plan: "free", status: "active" });
  expect(await charged(acme)).toEqual([]);
  await expect(acme.subscribe({ trialDays: 14 })).rejects.toMatchObject({ code: "trial_used" });
});

test("a trial with a card is paid when it ends, and renews on the days Stripe documents", async () => {
  const acme = await customer();
  await acme.subscribe({ trialDays: null });
  expect(await charged(acme)).toEqual([]);
  await pass(14);
  await pass(1);
  expect(await liveSubscription(acme.scope)).toMatchObject({
    status: "active",
    currentPeriodStart: new Date("2027-02-14T12:00:00Z"),
    currentPeriodEnd: new Date("2027-03-14T12:00:00Z"),
  });
  expect(await charged(acme)).toEqual([2_900]);
  await pass(28);
  expect(await charged(acme)).toEqual([2_900, 2_900]);
});

test("a card has one trial, whoever's it is", async () => {
  const acme = await customer("pm_card_mastercard");
  await acme.subscribe({ trialDays: null });
  const globex = await customer("pm_card_mastercard");
  await expect(globex.subscribe({ trialDays: 14 })).rejects.toMatchObject({ code: "trial_used" });
  expect(await globex.subscribe({ trialDays: null })).toMatchObject({ status: "active" });
});

test("an upgrade is paid at once, exactly what the preview said, and its quota counts at once", async () => {
  const acme = await customer();
  const bought = await acme.subscribe();
  await recordUsage(acme.scope, bought.subscriptionId, [
    { id: null, metric: "messages", quantity: 10_000, usedAt: null },
  ]);
  setClockForTests(new Date(now().getTime() + 10 * 86_400_000));
  const quote = await preview(acme, bought.subscriptionId, { plan: "professional" });
  expect(quote).toMatchObject({ kind: "upgrade", next: { amountMinor: 9_900 } });
  setClockForTests(new Date(now().getTime() + 5 * 60_000));
  const upgraded = await change(acme, bought.subscriptionId, {
    plan: "professional",
    prorationAt: quote.prorationAt,
    expectedMinor: quote.dueNowMinor,
  });
  expect(upgraded).toMatchObject({
    plan: "professional",
    status: "active",
    usage: { messages: { used: 10_000, included: 100_000 } },
  });
  expect(await charged(acme)).toEqual([2_900, quote.dueNowMinor]);
  const [noted] = await systemDb()
    .select()
    .from(subscriptionChanges)
    .where(and(eq(subscriptionChanges.tenantId, acme.tenantId), eq(subscriptionChanges.kind, "upgrade")));
  expect(noted).toMatchObject({ quotedMinor: quote.dueNowMinor, chargedMinor: quote.dueNowMinor });
  // 18 of 28 days are left: 70.00 more a month comes to 45.00.
  expect(quote.dueNowMinor).toBe(4_500);
  await recordUsage(acme.scope, bought.subscriptionId, [
    { id: null, metric: "messages", quantity: 50_000, usedAt: null },
  ]);
  expect((await acme.overview()).balanceMinor).toBe(60_000);
});

test("a price that is not the one shown is refused, and nothing happens", async () => {
  const acme = await customer();
  const bought = await acme.subscribe();
  setClockForTests(new Date(now().getTime() + 86_400_000));
  const wish = change(acme, bought.subscriptionId, { plan: "enterprise", expectedMinor: toMinor(1) });
  await expect(wish).rejects.toMatchObject({ code: "quote_changed" });
  expect(await liveSubscription(acme.scope)).toMatchObject({ plan: "starter" });
  expect(await charged(acme)).toEqual([2_900]);
});

test("an upgrade whose payment fails changes nothing", async () => {
  const acme = await customer();
  const bought = await acme.subscribe();
  const bad = await acme.card("pm_card_chargeCustomerFail");
  await world.stripeSdk.subscriptions.update(String(bought.stripeSubscriptionId), { default_payment_method: bad });
  await world.drain();
  setClockForTests(new Date(now().getTime() + 86_400_000));
  await expect(change(acme, bought.subscriptionId, { plan: "enterprise" })).rejects.toMatchObject({
    code: "payment_method_declined",
  });
  await world.drain();
  expect(await liveSubscription(acme.scope)).toMatchObject({ plan: "starter", status: "active" });
  expect(
    (await world.stripeSdk.subscriptions.retrieve(String(bought.stripeSubscriptionId))).items.data[0]?.price
      .unit_amount,
  ).toBe(2_900);
});

test.each([
  ["monthly", "monthly"],
  ["yearly", "monthly"],
] as const)(
  "a downgrade from %s to %s keeps what was paid to its end, and charges the lower price then",
  async (from, to) => {
    const acme = await customer();
    const bought = await acme.subscribe({ plan: "professional", cycle: from });
    const lower = await change(acme, bought.subscriptionId, { plan: "starter", cycle: to });
    expect(lower).toMatchObject({
      plan: "professional",
      status: "active",
      pendingPlan: "starter",
      pendingAt: bought.currentPeriodEnd,
    });
    await world.drain();
    expect(await liveSubscription(acme.scope)).toMatchObject({
      plan: "professional",
      status: "active",
      pendingPlan: "starter",
    });
    const days = from === "monthly" ? 26 : 363;
    await world.pass(days * 1_440, days * 720);
    await pass(1);
    expect(await liveSubscription(acme.scope)).toMatchObject({ plan: "professional" });
    await pass(2);
    expect(await liveSubscription(acme.scope)).toMatchObject({
      plan: "starter",
      billingCycle: to,
      status: "active",
      pendingPlan: null,
      currentPeriodStart: bought.currentPeriodEnd,
    });
    expect(await charged(acme)).toEqual([from === "monthly" ? 9_900 : 99_000, 2_900]);
  },
  120_000,
);

test("a downgrade that was thought better of is taken back", async () => {
  const acme = await customer();
  const bought = await acme.subscribe({ plan: "professional" });
  await change(acme, bought.subscriptionId, { plan: "starter" });
  const kept = await change(acme, bought.subscriptionId, { plan: "professional" });
  expect(kept).toMatchObject({ plan: "professional", pendingPlan: null });
  await pass(30);
  expect(await charged(acme)).toEqual([9_900, 9_900]);
});

test("an end at the end of the period is taken back, then kept: free again", async () => {
  const acme = await customer();
  const bought = await acme.subscribe();
  const cancel = () =>
    cancelSubscription(acme.scope, bought.subscriptionId, {
      when: "period_end",
      reason: "too dear",
      requestKey: newId(),
    });
  expect(await cancel()).toMatchObject({
    status: "active",
    cancelAt: bought.currentPeriodEnd,
    cancelReason: "too dear",
  });
  const upward = { plan: "enterprise" };
  await expect(preview(acme, bought.subscriptionId, upward)).rejects.toMatchObject({ code: "change_refused" });
  await expect(change(acme, bought.subscriptionId, upward)).rejects.toMatchObject({ code: "change_refused" });
  expect(await reactivateSubscription(acme.scope, bought.subscriptionId, newId())).toMatchObject({ cancelAt: null });
  await expect(reactivateSubscription(acme.scope, bought.subscriptionId, newId())).rejects.toMatchObject({
    code: "change_refused",
  });
  await change(acme, bought.subscriptionId, { plan: "free" });
  await pass(29);
  expect(await liveSubscription(acme.scope)).toMatchObject({ plan: "free", status: "active" });
  expect(await charged(acme)).toEqual([2_900]);
});

test("ended now, it is over now", async () => {
  const acme = await customer();
  const bought = await acme.subscribe();
  await cancelSubscription(acme.scope, bought.subscriptionId, { when: "now", reason: null, requestKey: newId() });
  expect(await liveSubscription(acme.scope)).toMatchObject({ plan: "free" });
  await world.drain();
  expect(
    await systemDb().$count(
      subscriptions,
      and(eq(subscriptions.tenantId, acme.tenantId), eq(subscriptions.plan, "free")),
    ),
  ).toBe(2);
});

test("a coupon takes its share off, and its end is shown", async () => {
  const acme = await customer();
  await world.stripeSdk.coupons.create({ id: "HALF", percent_off: 50, duration: "repeating", duration_in_months: 2 });
  const bought = await acme.subscribe({ coupon: "HALF" });
  expect(bought.discount).toMatchObject({ couponId: "HALF", percentOff: "50", endsAt: "2027-03-31T12:00:00.000Z" });
  expect(await charged(acme)).toEqual([1_450]);
});

test("for a coupon that there is not, nobody is made known to Stripe", async () => {
  const acme = await customer(null);
  await expect(acme.subscribe({ coupon: "NONE" })).rejects.toMatchObject({ code: "discount_unknown" });
  const { subscriptionId } = await liveSubscription(acme.scope);
  const wish = { plan: "starter", coupon: "NONE", prorationAt: null };
  await expect(previewChange(acme.scope, subscriptionId, wish)).rejects.toMatchObject({ code: "discount_unknown" });
  expect((await getTenant(acme.scope)).stripeCustomerId).toBeNull();
});

test("a subscription whose first payment wants the customer waits beside the free plan", async () => {
  const acme = await customer("pm_card_authenticationRequired");
  const waiting = await acme.subscribe();
  expect(waiting).toMatchObject({ status: "incomplete", clientSecret: expect.stringContaining("_secret_") });
  expect(await liveSubscription(acme.scope)).toMatchObject({ plan: "free" });
  await expect(acme.subscribe()).rejects.toMatchObject({ code: "change_in_progress" });
  await pass(1);
  const waited = await getSubscription(acme.scope, waiting.subscriptionId);
  expect(waited).toMatchObject({ status: "incomplete_expired", endedAt: expect.any(Date) });
  // It never began: the list is of what the customer had.
  const { data } = await listSubscriptions(acme.scope, { limit: 10, cursor: null });
  expect(data.map(({ plan }) => plan)).toEqual(["free"]);
});
