import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { systemDb } from "@/db/client";
import { notifications } from "@/db/schema";
import { useTestDatabase } from "@/db/testing";
import { setClockForTests } from "@/lib/clock";
import { newId } from "@/lib/ids";
import type { Customer } from "@/sandbox/testing/customer";
import { useWorld } from "@/sandbox/testing/world";
import { cancelSubscription } from "./cancel";
import { changeSubscriptionTerms } from "./change";
import type { SubscriptionInput } from "./create";
import { liveSubscription } from "./queries";
import { nextReminderAt, remindAll } from "./reminders";

useTestDatabase();
const world = useWorld();

async function subscriber(more: Partial<SubscriptionInput> = {}, card: string | null = "pm_card_visa") {
  setClockForTests("2027-01-31T12:00:00Z");
  const acme = await world.customer(0);
  if (card) await acme.card(card);
  const bought = await acme.subscribe(more);
  await world.drain();
  return { acme, bought };
}

const told = async (to: Customer) => {
  const rows = await systemDb()
    .select({ kind: notifications.kind, params: notifications.params })
    .from(notifications)
    .where(eq(notifications.tenantId, to.tenantId))
    .orderBy(notifications.notificationId);
  return rows.filter(({ kind }) => kind === "trial_ending" || kind === "renewal_coming");
};

test("a monthly renewal is told of once, three days before, with what Stripe will charge", async () => {
  await world.stripeSdk.coupons.create({ id: "QUARTER", percent_off: 25, duration: "forever" });
  const { acme } = await subscriber({ coupon: "QUARTER" });
  setClockForTests("2027-02-25T11:59:00Z");
  await remindAll(1);
  expect(await told(acme)).toEqual([]);
  expect(await nextReminderAt()).toEqual(new Date("2027-02-25T12:00:00Z"));
  setClockForTests("2027-02-25T12:00:00Z");
  const runs = await Promise.all([remindAll(1), remindAll(1)]);
  expect(runs.reduce((sum, run) => sum + run.told, 0)).toBe(1);
  setClockForTests("2027-02-26T12:00:00Z");
  expect(await remindAll(1)).toEqual({ told: 0, failed: 0 });
  expect(await told(acme)).toEqual([
    {
      kind: "renewal_coming",
      params: { plan: "starter", at: "2027-02-28T12:00:00.000Z", amountMinor: 2_175 },
    },
  ]);
  await world.pass(3 * 1_440, 360);
  setClockForTests("2027-03-29T12:00:00Z");
  await remindAll(100);
  expect((await told(acme)).map(({ params }) => params)).toEqual([
    expect.objectContaining({ at: "2027-02-28T12:00:00.000Z" }),
    expect.objectContaining({ at: "2027-03-31T12:00:00.000Z" }),
  ]);
});

test("a yearly one is told of seven days before", async () => {
  const { acme } = await subscriber({ cycle: "yearly" });
  setClockForTests("2028-01-24T11:00:00Z");
  await remindAll(100);
  expect(await told(acme)).toEqual([]);
  setClockForTests("2028-01-24T13:00:00Z");
  await remindAll(100);
  expect(await told(acme)).toMatchObject([{ kind: "renewal_coming", params: { amountMinor: 29_000 } }]);
});

test("a day on which Stripe does not answer is made up for", async () => {
  const { acme } = await subscriber();
  setClockForTests("2027-02-26T12:00:00Z");
  await world.fault({ match: { method: "POST", path: "/v1/invoices/create_preview" }, times: 9, do: "reset_before" });
  const stripeWasDown = await remindAll(100);
  await world.clearFaults();
  expect(stripeWasDown.failed).toBeGreaterThan(0);
  expect(await told(acme)).toEqual([]);
  setClockForTests("2027-02-27T12:00:00Z");
  await remindAll(100);
  expect(await told(acme)).toHaveLength(1);
});

test("a trial's end is told of once, whether Stripe rings first or the job looks first", async () => {
  const { acme } = await subscriber({ trialDays: 14 });
  // Stripe rings three days before: the job of the same day has nothing to add.
  await world.pass(11 * 1_440 + 60, 360);
  await remindAll(100);
  await remindAll(100);
  expect(await told(acme)).toEqual([
    {
      kind: "trial_ending",
      params: { plan: "starter", at: "2027-02-14T12:00:00.000Z", amountMinor: 2_900, hasMethod: 1 },
    },
  ]);
});

test("lost events change nothing: the job tells of the trial", async () => {
  const { acme } = await subscriber({ trialDays: 14 }, null);
  world.webhooksDown = true;
  setClockForTests("2027-02-12T12:00:00Z");
  await world.drain();
  world.webhooksDown = false;
  expect(await liveSubscription(acme.scope)).toMatchObject({ status: "trialing", cancelAt: null });
  expect(await remindAll(100)).toMatchObject({ failed: 0 });
  expect(await told(acme)).toMatchObject([{ kind: "trial_ending", params: { hasMethod: 0, amountMinor: 2_900 } }]);
});

test("whoever has ended it is not told that it renews; whoever goes down is told what comes", async () => {
  const ended = await subscriber();
  await cancelSubscription(ended.acme.scope, ended.bought.subscriptionId, {
    when: "period_end",
    reason: null,
    requestKey: newId(),
  });
  const lower = await subscriber({ plan: "professional", cycle: "yearly" });
  await changeSubscriptionTerms(lower.acme.scope, lower.bought.subscriptionId, {
    plan: "starter",
    cycle: "monthly",
    prorationAt: null,
    expectedMinor: null,
    requestKey: newId(),
  });
  setClockForTests("2027-02-27T12:00:00Z");
  await remindAll(100);
  expect(await told(ended.acme)).toEqual([]);
  setClockForTests("2028-01-28T12:00:00Z");
  await remindAll(100);
  expect(await told(lower.acme)).toMatchObject([
    { kind: "renewal_coming", params: { plan: "starter", at: "2028-01-31T12:00:00.000Z", amountMinor: 2_900 } },
  ]);
});
