import { eq } from "drizzle-orm";
import { afterAll, expect, test, vi } from "vitest";
import { systemDb } from "@/db/client";
import { meterReports } from "@/db/schema";
import { useTestDatabase } from "@/db/testing";
import { now, setClockForTests } from "@/lib/clock";
import { invariant } from "@/lib/errors";
import { liveSubscription } from "@/lib/subscriptions/queries";
import type { Customer } from "@/sandbox/testing/customer";
import { subscriber } from "@/sandbox/testing/dunned";
import { useWorld } from "@/sandbox/testing/world";
import { sendMeterReports } from "./meter-reports";
import { recordUsage } from "./record";

useTestDatabase();
// Before anything reads the configuration of this process.
vi.stubEnv("STRIPE_METER_EVENTS", "messages:evenkeel_messages");
afterAll(() => {
  vi.unstubAllEnvs();
});
const world = useWorld();

async function metered() {
  const { acme } = await subscriber(world);
  const { subscriptionId, stripeCustomerId } = await liveSubscription(acme.scope);
  const { data } = await world.stripeSdk.billing.meters.list({ status: "active" });
  const meter =
    data[0] ??
    (await world.stripeSdk.billing.meters.create({
      display_name: "Messages",
      event_name: "evenkeel_messages",
      default_aggregation: { formula: "sum" },
    }));
  invariant(stripeCustomerId, "a subscriber is a customer at Stripe");
  const use = (quantity: number, usedAt: Date | null = null) =>
    recordUsage(acme.scope, subscriptionId, [
      { id: null, metric: "messages", quantity, usedAt },
      { id: null, metric: "api_calls", quantity: 1, usedAt },
    ]);
  /** What the meter counted between two midnights. */
  const counted = async (from: string, to: string) => {
    const summaries = await world.stripeSdk.billing.meters.listEventSummaries(meter.id, {
      customer: stripeCustomerId,
      start_time: Date.parse(from) / 1000,
      end_time: Date.parse(to) / 1000,
    });
    return summaries.data.reduce((sum, one) => sum + one.aggregated_value, 0);
  };
  return { acme, use, counted };
}

const reportsOf = async (of: Customer) =>
  (await systemDb().select().from(meterReports).where(eq(meterReports.tenantId, of.tenantId))).map(
    ({ fromUsed, toUsed, state }) => [fromUsed, toUsed, state],
  );
const hours = (count: number) => setClockForTests(new Date(now().getTime() + count * 3_600_000));
const ALL = ["2027-02-01T00:00:00Z", "2027-05-01T00:00:00Z"] as const;

test("what was used since the last time is told once, run twice at once or again", async () => {
  const { acme, use, counted } = await metered();
  await use(1_200);
  await use(300);
  await Promise.all([sendMeterReports(100), sendMeterReports(100)]);
  expect(await counted(...ALL)).toBe(1_500);
  await use(50);
  hours(1);
  await sendMeterReports(100);
  await sendMeterReports(100);
  expect(await counted(...ALL)).toBe(1_550);
  expect(await reportsOf(acme)).toEqual([
    [0, 1_500, "sent"],
    [1_500, 1_550, "sent"],
  ]);
});

test("late usage is counted in the period in which it was used", async () => {
  const { use, counted } = await metered();
  setClockForTests("2027-03-12T00:00:00Z");
  await use(7, new Date("2027-03-09T12:00:00Z"));
  await use(5);
  await sendMeterReports(100);
  expect(await counted("2027-03-01T00:00:00Z", "2027-03-11T00:00:00Z")).toBe(7);
  expect(await counted("2027-03-11T00:00:00Z", "2027-04-01T00:00:00Z")).toBe(5);
});

test.each(["reset_before", "reset_after"] as const)("an answer that nobody heard (%s) counts once", async (how) => {
  const { acme, use, counted } = await metered();
  await use(40);
  await world.fault({ match: { method: "POST", path: "/v1/billing/meter_events" }, times: 2, do: how });
  await sendMeterReports(100);
  await world.clearFaults();
  expect(await reportsOf(acme)).toEqual([[0, 40, "started"]]);
  await use(2);
  hours(1);
  await sendMeterReports(100);
  expect(await counted(...ALL)).toBe(42);
  expect((await reportsOf(acme)).sort()).toEqual([
    [0, 40, "sent"],
    [40, 42, "sent"],
  ]);
});

test("a day later it is not sent again, since it might count twice", async () => {
  const { acme, use, counted } = await metered();
  await use(9);
  await world.fault({ match: { method: "POST", path: "/v1/billing/meter_events" }, times: 2, do: "reset_after" });
  await sendMeterReports(100);
  await world.clearFaults();
  hours(25);
  await sendMeterReports(100);
  expect(await reportsOf(acme)).toEqual([[0, 9, "unknown"]]);
  expect(await counted(...ALL)).toBe(9);
});
