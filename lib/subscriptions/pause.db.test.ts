import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { systemDb } from "@/db/client";
import { dunningCases, invoices, subscriptionChanges } from "@/db/schema";
import { useTestDatabase } from "@/db/testing";
import { setClockForTests } from "@/lib/clock";
import { newId, type SubscriptionId } from "@/lib/ids";
import { toMinor } from "@/lib/money/minor";
import { recordUsage } from "@/lib/usage/record";
import type { Customer } from "@/sandbox/testing/customer";
import { useWorld } from "@/sandbox/testing/world";
import { cancelSubscription } from "./cancel";
import { changeSubscriptionTerms } from "./change";
import { pauseSubscription, resumeSubscription } from "./pause";
import { previewChange } from "./preview";
import { previewCancel } from "./preview-end";
import { liveSubscription } from "./queries";

useTestDatabase();
const world = useWorld();

/** On Starter, 29 dollars for the thirty days from 1 June. */
async function subscribed(): Promise<{ acme: Customer; id: SubscriptionId }> {
  setClockForTests("2027-06-01T12:00:00Z");
  const acme = await world.customer();
  const card = await acme.card("pm_card_visa");
  const { subscriptionId } = await acme.subscribe({ paymentMethodId: card });
  await world.drain();
  return { acme, id: subscriptionId };
}

const pause = ({ acme, id }: { acme: Customer; id: string }) => pauseSubscription(acme.scope, id, newId());
const resume = ({ acme, id }: { acme: Customer; id: string }, expected: number | null = null) =>
  resumeSubscription(acme.scope, id, {
    expectedMinor: expected === null ? null : toMinor(expected),
    requestKey: newId(),
  });
const charged = async (acme: Customer) => (await acme.paid()).map(({ amount }) => amount).reverse();
const pass = (days: number) => world.pass(days * 1_440, 720);

test("nothing is charged while it is paused; going on costs a month less what was unused", async () => {
  const it = await subscribed();
  await pass(10);
  expect(await pause(it)).toMatchObject({ status: "paused", pausedAt: new Date("2027-06-11T12:00:00Z") });
  await expect(
    recordUsage(it.acme.scope, it.id, [{ metric: "messages", quantity: 1, usedAt: null, id: null }]),
  ).rejects.toMatchObject({ code: "subscription_paused" });
  await pass(50);
  expect(await charged(it.acme)).toEqual([2_900]);
  // Twenty of thirty days were unused: 19.33 of 29.00.
  expect(await previewChange(it.acme.scope, it.id, { coupon: null, prorationAt: null })).toMatchObject({
    kind: "resume",
    creditMinor: 1_933,
    dueNowMinor: 967,
    next: { at: new Date("2027-08-31T12:00:00Z"), amountMinor: 2_900 },
  });
  await expect(resume(it, 966)).rejects.toMatchObject({ code: "quote_changed" });
  expect(await resume(it, 967)).toMatchObject({
    status: "active",
    pausedAt: null,
    currentPeriodStart: new Date("2027-07-31T12:00:00Z"),
    currentPeriodEnd: new Date("2027-08-31T12:00:00Z"),
  });
  await world.drain();
  expect(await charged(it.acme)).toEqual([2_900, 967]);
  await pass(32);
  expect(await charged(it.acme)).toEqual([2_900, 967, 2_900]);
});

test("when the payment fails it stays paused, nothing is owed, and another card helps", async () => {
  const it = await subscribed();
  await pass(10);
  await pause(it);
  const failing = await it.acme.card("pm_card_chargeCustomerFail");
  const live = await liveSubscription(it.acme.scope);
  await world.stripeSdk.subscriptions.update(String(live.stripeSubscriptionId), { default_payment_method: failing });
  await world.drain();
  await pass(40);
  await expect(resume(it)).rejects.toMatchObject({ code: "payment_method_declined" });
  await world.drain();
  expect(await liveSubscription(it.acme.scope)).toMatchObject({ plan: "starter", status: "paused" });
  const { tenantId } = it.acme;
  expect(await systemDb().$count(dunningCases, eq(dunningCases.tenantId, tenantId))).toBe(0);
  expect(await systemDb().$count(invoices, and(eq(invoices.tenantId, tenantId), eq(invoices.status, "open")))).toBe(0);
  const good = await it.acme.card("pm_card_mastercard");
  await world.stripeSdk.subscriptions.update(String(live.stripeSubscriptionId), { default_payment_method: good });
  await world.drain();
  expect(await resume(it, 967)).toMatchObject({ status: "active" });
});

test("the same request pauses and charges once", async () => {
  const it = await subscribed();
  const key = newId();
  await Promise.allSettled([
    pauseSubscription(it.acme.scope, it.id, key),
    pauseSubscription(it.acme.scope, it.id, key),
  ]);
  expect(await liveSubscription(it.acme.scope)).toMatchObject({ status: "paused" });
  await pass(35);
  const again = { expectedMinor: null, requestKey: newId() };
  await Promise.allSettled([1, 2, 3].map(() => resumeSubscription(it.acme.scope, it.id, again)));
  await world.drain();
  const kinds = await systemDb()
    .select({ kind: subscriptionChanges.kind, state: subscriptionChanges.state })
    .from(subscriptionChanges)
    .where(eq(subscriptionChanges.tenantId, it.acme.tenantId));
  expect(kinds.map(({ kind, state }) => `${kind} ${state}`).sort()).toEqual([
    "create applied",
    "pause applied",
    "resume applied",
  ]);
});

const cancelNow = ({ acme, id }: { acme: Customer; id: string }) =>
  cancelSubscription(acme.scope, id, { when: "now", reason: null, requestKey: newId() });
async function atStripe(acme: Customer) {
  const [paid] = await acme.paid();
  const customer = String(paid?.customer);
  const found = await world.stripeSdk.customers.retrieve(customer);
  if (found.deleted) throw new Error("the customer is gone");
  return { customer, balance: found.balance };
}

test("an end after a pause costs what an end costs: the credit is shown, announced, and goes with the plan", async () => {
  const it = await subscribed();
  await pass(10);
  expect(await pause(it)).toMatchObject({ creditMinor: 1_933 });
  expect(await previewCancel(it.acme.scope, it.id, "now")).toMatchObject({
    preview: { kind: "end", dueNowMinor: 0, next: null },
    withdrawn: { creditMinor: 1_933, invoices: [] },
  });
  expect(await cancelNow(it)).toMatchObject({ status: "canceled", creditMinor: 0 });
  await world.drain();
  expect((await atStripe(it.acme)).balance).toBe(0);
  await it.acme.subscribe();
  expect(await charged(it.acme)).toEqual([2_900, 2_900]);
});

test.each([
  ["of which some was used", 500, 0],
  ["beside a credit of another kind", -700, -700],
])("a pause's credit %s is taken back as far as it is there, and not more", async (_, movedMinor, leftMinor) => {
  const it = await subscribed();
  await pass(10);
  await pause(it);
  const { customer } = await atStripe(it.acme);
  await world.stripeSdk.customers.createBalanceTransaction(customer, { amount: movedMinor, currency: "usd" });
  await cancelNow(it);
  await world.drain();
  expect((await atStripe(it.acme)).balance).toBe(leftMinor);
  expect(await liveSubscription(it.acme.scope)).toMatchObject({ plan: "free", creditMinor: 0 - leftMinor });
});

test.each(["reset_before", "reset_after"])(
  "a credit whose taking back nobody heard of (%s) is taken back once, and buys nothing meanwhile",
  async (how) => {
    const it = await subscribed();
    await pass(10);
    await pause(it);
    await world.fault({ match: { method: "POST", path: "/v1/customers/*/balance_transactions" }, times: 10, do: how });
    await cancelNow(it);
    expect(await liveSubscription(it.acme.scope)).toMatchObject({ plan: "free" });
    await expect(it.acme.subscribe()).rejects.toMatchObject({ code: "change_in_progress" });
    await world.clearFaults();
    await world.pass(10);
    expect((await atStripe(it.acme)).balance).toBe(0);
    await it.acme.subscribe();
    expect(await charged(it.acme)).toEqual([2_900, 2_900]);
  },
);

test("a pause that Stripe's own page ended loses its credit too", async () => {
  const it = await subscribed();
  await pass(10);
  const { stripeSubscriptionId } = await pause(it);
  await world.stripeSdk.subscriptions.cancel(String(stripeSubscriptionId));
  await world.drain();
  expect((await atStripe(it.acme)).balance).toBe(0);
});

test("what is not running, or ends, or changes, is not paused; what is paused is only resumed or ended", async () => {
  const it = await subscribed();
  await expect(resume(it)).rejects.toMatchObject({ code: "change_refused" });
  await pause(it);
  await expect(pause(it)).rejects.toMatchObject({ code: "change_refused" });
  await expect(
    changeSubscriptionTerms(it.acme.scope, it.id, {
      plan: "enterprise",
      prorationAt: null,
      expectedMinor: null,
      requestKey: newId(),
    }),
  ).rejects.toMatchObject({ code: "change_refused" });
  const cancel = (when: "now" | "period_end") =>
    cancelSubscription(it.acme.scope, it.id, { when, reason: null, requestKey: newId() });
  await expect(cancel("period_end")).rejects.toMatchObject({ code: "change_refused" });
  await cancel("now");
  await world.drain();
  expect(await liveSubscription(it.acme.scope)).toMatchObject({ plan: "free", status: "active" });
  expect(await charged(it.acme)).toEqual([2_900]);
});
