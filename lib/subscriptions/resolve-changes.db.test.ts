import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { systemDb } from "@/db/client";
import { subscriptionChanges, subscriptions } from "@/db/schema";
import { useTestDatabase } from "@/db/testing";
import { now, setClockForTests } from "@/lib/clock";
import { newId } from "@/lib/ids";
import type { Customer } from "@/sandbox/testing/customer";
import { useWorld } from "@/sandbox/testing/world";
import { cancelSubscription } from "./cancel";
import { changeSubscriptionTerms } from "./change";
import { liveSubscription } from "./queries";
import { nextChangeCheckAt, resolveChanges } from "./resolve-changes";

useTestDatabase();
const world = useWorld();

async function customer(card = "pm_card_visa"): Promise<Customer> {
  setClockForTests("2027-03-01T12:00:00Z");
  const acme = await world.customer(0);
  await acme.card(card);
  return acme;
}

const upgrade = (to: Customer, id: string) =>
  changeSubscriptionTerms(to.scope, id, {
    plan: "professional",
    prorationAt: null,
    expectedMinor: null,
    requestKey: newId(),
  });
const charged = async (to: Customer) => (await to.paid()).map(({ amount }) => amount).reverse();
const changesOf = async (to: Customer) =>
  (await systemDb().select().from(subscriptionChanges).where(eq(subscriptionChanges.tenantId, to.tenantId))).map(
    ({ kind, state }) => `${kind} ${state}`,
  );
const later = (ms: number) => setClockForTests(new Date(now().getTime() + ms));
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Both tries of the SDK meet the fault; nothing else does. */
async function breaks(path: string, how: "reset_before" | "reset_after"): Promise<void> {
  await world.fault({ match: { method: "POST", path }, times: 2, do: how });
}

test.each(["reset_before", "reset_after"] as const)(
  "a subscription whose beginning nobody heard of (%s) begins once, and is paid once",
  async (how) => {
    const acme = await customer();
    await breaks("/v1/subscriptions", how);
    await expect(acme.subscribe()).rejects.toMatchObject({ code: "stripe_unavailable" });
    await world.clearFaults();
    world.loseEvents();
    await expect(acme.subscribe()).rejects.toMatchObject({ code: expect.stringMatching(/change_in_progress|already/) });
    expect(await resolveChanges(10)).toEqual({ due: 0, settled: 0 });
    setClockForTests(await nextChangeCheckAt());
    const runs = await Promise.all([resolveChanges(10), resolveChanges(10)]);
    expect(runs.reduce((sum, { settled }) => sum + settled, 0)).toBe(1);
    expect(await changesOf(acme)).toEqual(["create applied"]);
    expect(await liveSubscription(acme.scope)).toMatchObject({ plan: "starter", status: "active" });
    expect(await charged(acme)).toEqual([2_900]);
    await world.drain();
    expect(await nextChangeCheckAt()).toBeNull();
  },
);

test("a process that died before it asked Stripe: the change is made by the job", async () => {
  const acme = await customer();
  const bought = await acme.subscribe();
  later(10 * 24 * HOUR);
  await breaks(`/v1/subscriptions/${bought.stripeSubscriptionId}`, "reset_before");
  await expect(upgrade(acme, bought.subscriptionId)).rejects.toMatchObject({ code: "stripe_unavailable" });
  await world.clearFaults();
  await systemDb()
    .update(subscriptionChanges)
    .set({ state: "started", failureMessage: null })
    .where(and(eq(subscriptionChanges.tenantId, acme.tenantId), eq(subscriptionChanges.kind, "upgrade")));
  later(5 * MINUTE);
  await resolveChanges(10);
  expect(await liveSubscription(acme.scope)).toMatchObject({ plan: "professional" });
  const [change] = await systemDb()
    .select()
    .from(subscriptionChanges)
    .where(and(eq(subscriptionChanges.tenantId, acme.tenantId), eq(subscriptionChanges.kind, "upgrade")));
  // Prorated to the second that was quoted, however late it is made.
  expect(await charged(acme)).toEqual([2_900, change?.quotedMinor]);
});

test("an upgrade that was made and not heard of is found, and not made again", async () => {
  const acme = await customer();
  const bought = await acme.subscribe();
  later(24 * HOUR);
  await breaks(`/v1/subscriptions/${bought.stripeSubscriptionId}`, "reset_after");
  await expect(upgrade(acme, bought.subscriptionId)).rejects.toMatchObject({ code: "stripe_unavailable" });
  await world.clearFaults();
  world.loseEvents();
  // Longer than Stripe keeps keys: looked up, never sent again.
  later(30 * HOUR);
  await resolveChanges(10);
  expect(await changesOf(acme)).toEqual(["create applied", "upgrade applied"]);
  expect(await liveSubscription(acme.scope)).toMatchObject({ plan: "professional" });
  expect(await charged(acme)).toHaveLength(2);
});

test("what never reached Stripe is given up after a day, and the downgrade that waited still waits", async () => {
  const acme = await customer();
  const bought = await acme.subscribe();
  await upgrade(acme, bought.subscriptionId);
  later(24 * HOUR);
  const wish = { prorationAt: null, expectedMinor: null };
  await changeSubscriptionTerms(acme.scope, bought.subscriptionId, { ...wish, plan: "starter", requestKey: newId() });
  await breaks(`/v1/subscriptions/${bought.stripeSubscriptionId}`, "reset_before");
  await expect(
    changeSubscriptionTerms(acme.scope, bought.subscriptionId, { ...wish, plan: "enterprise", requestKey: newId() }),
  ).rejects.toMatchObject({ code: "stripe_unavailable" });
  await world.clearFaults();
  later(24 * HOUR);
  await resolveChanges(10);
  expect((await changesOf(acme)).at(-1)).toBe("upgrade failed");
  expect(await liveSubscription(acme.scope)).toMatchObject({
    plan: "professional",
    pendingPlan: "starter",
    pendingAt: bought.currentPeriodEnd,
  });
  expect(await charged(acme)).toHaveLength(2);
});

test("a beginning that never reached Stripe leaves nothing behind after a day", async () => {
  const acme = await customer();
  await breaks("/v1/subscriptions", "reset_before");
  await expect(acme.subscribe()).rejects.toMatchObject({ code: "stripe_unavailable" });
  await world.clearFaults();
  later(24 * HOUR);
  await resolveChanges(10);
  expect(await changesOf(acme)).toEqual(["create failed"]);
  expect(await systemDb().$count(subscriptions, eq(subscriptions.tenantId, acme.tenantId))).toBe(1);
  expect(await acme.subscribe()).toMatchObject({ status: "active" });
});

test("a first payment that is declined while nobody listens ends the subscription", async () => {
  const acme = await customer("pm_card_chargeCustomerFail");
  await breaks("/v1/subscriptions", "reset_after");
  await expect(acme.subscribe()).rejects.toMatchObject({ code: "stripe_unavailable" });
  await world.clearFaults();
  world.loseEvents();
  later(5 * MINUTE);
  await resolveChanges(10);
  expect(await changesOf(acme)).toEqual(["create failed"]);
  expect(await liveSubscription(acme.scope)).toMatchObject({ plan: "free" });
});

test("an end that nobody heard of is the end, once", async () => {
  const acme = await customer();
  const bought = await acme.subscribe();
  await world.fault({
    match: { method: "DELETE", path: `/v1/subscriptions/${bought.stripeSubscriptionId}` },
    times: 2,
    do: "reset_after",
  });
  const cancel = cancelSubscription(acme.scope, bought.subscriptionId, {
    when: "now",
    reason: "enough",
    requestKey: newId(),
  });
  await expect(cancel).rejects.toMatchObject({ code: "stripe_unavailable" });
  await world.clearFaults();
  world.loseEvents();
  later(5 * MINUTE);
  await resolveChanges(10);
  expect(await changesOf(acme)).toEqual(["create applied", "cancel applied"]);
  expect(await liveSubscription(acme.scope)).toMatchObject({ plan: "free" });
});

test("a first payment that the bank never got an answer for is noted as failed", async () => {
  const acme = await customer("pm_card_authenticationRequired");
  expect(await acme.subscribe()).toMatchObject({ status: "incomplete" });
  expect(await changesOf(acme)).toEqual(["create requires_action"]);
  later(2 * HOUR);
  await resolveChanges(10);
  expect(await changesOf(acme)).toEqual(["create requires_action"]);
  later(23 * HOUR);
  await fetch(`${world.stripe.url}/_sandbox/run-due`, { method: "POST" });
  await resolveChanges(10);
  expect(await changesOf(acme)).toEqual(["create failed"]);
});
