import { and, eq, like } from "drizzle-orm";
import { expect, test } from "vitest";
import { systemDb } from "@/db/client";
import { subscriptionChanges } from "@/db/schema";
import { useTestDatabase } from "@/db/testing";
import { now, setClockForTests } from "@/lib/clock";
import { newId } from "@/lib/ids";
import type { Customer } from "@/sandbox/testing/customer";
import { useWorld } from "@/sandbox/testing/world";
import { cancelSubscription } from "./cancel";
import { carryOutPending, nextCarryOutAt } from "./carry-out";
import { type ChangeInput, changeSubscriptionTerms } from "./change";
import { previewChange } from "./preview";
import { liveSubscription } from "./queries";
import { resolveChanges } from "./resolve-changes";

const { sql } = useTestDatabase();
const world = useWorld();

type Cycle = "monthly" | "yearly";

async function subscriber(plan: string, cycle: Cycle = "monthly") {
  await sql`update subscriptions set pending_at = null, ended_at = current_period_start`;
  setClockForTests("2027-01-31T12:00:00Z");
  const acme = await world.customer(0);
  await acme.card("pm_card_visa");
  const bought = await acme.subscribe({ plan, cycle });
  await world.drain();
  const change = (wish: Partial<ChangeInput>) =>
    changeSubscriptionTerms(acme.scope, bought.subscriptionId, {
      prorationAt: null,
      expectedMinor: null,
      requestKey: newId(),
      ...wish,
    });
  return { acme, bought, change, stripeId: String(bought.stripeSubscriptionId) };
}

const billedBy = async (stripeId: string) => {
  const said = await world.stripeSdk.subscriptions.retrieve(stripeId);
  return [said.items.data[0]?.price.unit_amount, said.status];
};
const carriedOut = (of: Customer) =>
  systemDb().$count(
    subscriptionChanges,
    and(
      eq(subscriptionChanges.tenantId, of.tenantId),
      like(subscriptionChanges.requestKey, "pending:%"),
      eq(subscriptionChanges.state, "applied"),
    ),
  );
const charged = async (to: Customer) => (await to.paid()).map(({ amount }) => amount).reverse();

/** Lets Stripe renew, finalise an hour later, and tell us. */
async function renewed(at: string): Promise<void> {
  for (const instant of [at, new Date(Date.parse(at) + 3_700_000)]) {
    setClockForTests(instant);
    await world.drain();
  }
}

test("Stripe hears of a downgrade on its last day, once, run twice at once or again", async () => {
  const { acme, change, stripeId } = await subscriber("professional");
  await change({ plan: "starter" });
  expect(await nextCarryOutAt()).toEqual(new Date("2027-02-27T12:00:00Z"));
  setClockForTests("2027-02-27T11:59:00Z");
  expect(await carryOutPending(10)).toEqual({ due: 0, done: 0 });
  expect(await billedBy(stripeId)).toEqual([9_900, "active"]);
  setClockForTests("2027-02-27T12:00:00Z");
  const runs = await Promise.all([carryOutPending(10), carryOutPending(10)]);
  expect(runs.reduce((sum, { done }) => sum + done, 0)).toBe(1);
  expect(await carryOutPending(10)).toEqual({ due: 1, done: 0 });
  expect(await carriedOut(acme)).toBe(1);
  expect(await billedBy(stripeId)).toEqual([2_900, "active"]);
  await world.drain();
  expect(await liveSubscription(acme.scope)).toMatchObject({ plan: "professional", pendingPlan: "starter" });
  await renewed("2027-02-28T12:00:00Z");
  expect(await liveSubscription(acme.scope)).toMatchObject({ plan: "starter", pendingPlan: null });
  expect(await charged(acme)).toEqual([9_900, 2_900]);
});

test("killed after Stripe has done it: it is found, and not done again", async () => {
  const { acme, change, stripeId } = await subscriber("professional", "yearly");
  await change({ plan: "starter", cycle: "monthly" });
  setClockForTests("2028-01-30T12:00:00Z");
  const path = `/v1/subscriptions/${stripeId}`;
  await world.fault({ match: { method: "POST", path }, times: 2, do: "reset_after" });
  expect(await carryOutPending(10)).toEqual({ due: 1, done: 0 });
  await world.clearFaults();
  setClockForTests("2028-01-30T13:00:00Z");
  expect(await carryOutPending(10)).toEqual({ due: 1, done: 0 });
  await resolveChanges(10);
  expect(await carriedOut(acme)).toBe(1);
  expect(await billedBy(stripeId)).toEqual([2_900, "trialing"]);
  await world.drain();
  expect(await liveSubscription(acme.scope)).toMatchObject({ plan: "professional", status: "active", trialEnd: null });
  await renewed("2028-01-31T12:00:00Z");
  expect(await liveSubscription(acme.scope)).toMatchObject({
    plan: "starter",
    billingCycle: "monthly",
    status: "active",
    currentPeriodEnd: new Date("2028-02-29T12:00:00Z"),
  });
  expect(await charged(acme)).toEqual([99_000, 2_900]);
});

test("an upgrade while a yearly downgrade waits is prorated from what was paid, and what waited does not wait any more", async () => {
  const { acme, bought, change } = await subscriber("professional", "yearly");
  await change({ plan: "starter", cycle: "monthly" });
  setClockForTests("2027-08-01T12:00:00Z");
  const wish = { plan: "enterprise", cycle: "yearly" as const };
  const quote = await previewChange(acme.scope, bought.subscriptionId, { ...wish, coupon: null, prorationAt: null });
  // 183 of 365 days are left of a year: 2,000.00 more come to 1,002.74.
  expect(quote.dueNowMinor).toBe(100_274);
  await change({ ...wish, prorationAt: quote.prorationAt, expectedMinor: quote.dueNowMinor });
  expect(await liveSubscription(acme.scope)).toMatchObject({ plan: "enterprise", pendingPlan: null });
  expect(await charged(acme)).toEqual([99_000, 100_274]);
  setClockForTests("2028-01-30T13:00:00Z");
  expect(await carryOutPending(10)).toEqual({ due: 0, done: 0 });
});

test("on the last day it is not changed any more, but ended", async () => {
  const { acme, bought, change, stripeId } = await subscriber("professional");
  setClockForTests("2027-02-28T06:00:00Z");
  // Decided on the last day it is told at once.
  await change({ plan: "starter" });
  expect(await billedBy(stripeId)).toEqual([2_900, "active"]);
  for (const plan of ["professional", "enterprise"])
    await expect(change({ plan })).rejects.toMatchObject({ code: "change_refused" });
  await cancelSubscription(acme.scope, bought.subscriptionId, {
    when: "period_end",
    reason: null,
    requestKey: newId(),
  });
  await renewed("2027-02-28T12:00:00Z");
  expect(await liveSubscription(acme.scope)).toMatchObject({ plan: "free" });
  expect(await charged(acme)).toEqual([9_900]);
});

test("a day on which nothing got through: it renews as it was, and goes down a period later", async () => {
  const { acme, change } = await subscriber("professional");
  await change({ plan: "starter" });
  await renewed("2027-02-28T12:00:00Z");
  expect(await liveSubscription(acme.scope)).toMatchObject({
    plan: "professional",
    pendingPlan: "starter",
    pendingAt: new Date("2027-03-31T12:00:00Z"),
  });
  setClockForTests("2027-03-30T13:00:00Z");
  expect(await carryOutPending(10)).toEqual({ due: 1, done: 1 });
  await renewed("2027-03-31T12:00:00Z");
  expect(await liveSubscription(acme.scope)).toMatchObject({ plan: "starter", pendingPlan: null });
  expect(await charged(acme)).toEqual([9_900, 9_900, 2_900]);
  expect(now().toISOString().slice(0, 10)).toBe("2027-03-31");
});
