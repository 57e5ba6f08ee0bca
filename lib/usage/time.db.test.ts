import { asc, eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { systemDb } from "@/db/client";
import { cardTries, invoices, subscriptions, tenants } from "@/db/schema";
import { useTestDatabase } from "@/db/testing";
import { setClockForTests } from "@/lib/clock";
import { newId, type SubscriptionId } from "@/lib/ids";
import { toMinor } from "@/lib/money/minor";
import { liveSubscription } from "@/lib/subscriptions/queries";
import type { Customer } from "@/sandbox/testing/customer";
import { useWorld } from "@/sandbox/testing/world";
import { usageOf } from "./queries";
import { recordUsage } from "./record";

useTestDatabase();
const world = useWorld();
beforeEach(() => systemDb().delete(cardTries));

const HOUR_MS = 3_600_000;

async function customerIn(zone: string, at: string): Promise<Customer> {
  setClockForTests(at);
  const customer = await world.customer();
  await systemDb().update(tenants).set({ timeZone: zone }).where(eq(tenants.tenantId, customer.tenantId));
  return customer;
}

/** A customer whose months of quotas are counted from an instant. */
async function anchored(zone: string, anchor: string): Promise<{ customer: Customer; id: SubscriptionId }> {
  const customer = await customerIn(zone, anchor);
  const [row] = await systemDb()
    .update(subscriptions)
    .set({ plan: "starter", usageAnchorAt: new Date(anchor), createdAt: new Date(anchor) })
    .where(eq(subscriptions.tenantId, customer.tenantId))
    .returning({ id: subscriptions.subscriptionId });
  return { customer, id: row?.id as SubscriptionId };
}

const used = (customer: Customer, id: SubscriptionId, instants: string[]) =>
  recordUsage(
    customer.scope,
    id,
    instants.map((at) => ({ id: newId(), metric: "messages", quantity: 1, usedAt: new Date(at) })),
  );

/** Sum and days of the month around an instant. */
async function monthAt(customer: Customer, id: SubscriptionId, at: string) {
  const { metrics } = await usageOf(customer.scope, id, new Date(at));
  const messages = metrics.find(({ metric }) => metric === "messages");
  return { used: messages?.used, days: messages?.days.map(({ day, quantity }) => `${day}: ${quantity}`) };
}

test("at midnight in Shanghai usage changes its day, and its month when that begins then", async () => {
  // 1 February there: counted in UTC from the 31st of January, so March begins on the 28th of February at 16:00.
  const { customer, id } = await anchored("Asia/Shanghai", "2027-01-31T16:00:00Z");
  setClockForTests("2027-03-01T16:00:00Z");
  await used(customer, id, ["2027-02-28T15:59:59Z", "2027-02-28T16:00:00Z", "2027-03-01T15:59:59.999Z"]);
  expect(await monthAt(customer, id, "2027-02-28T15:59:59Z")).toEqual({ used: 1, days: ["2027-02-28: 1"] });
  expect(await monthAt(customer, id, "2027-02-28T16:00:00Z")).toEqual({ used: 2, days: ["2027-03-01: 2"] });
});

const hoursFrom = (start: string, count: number) =>
  Array.from({ length: count }, (_, hour) => new Date(Date.parse(start) + hour * HOUR_MS).toISOString());

test("in New York the day on which clocks go forward has 23 hours of usage, and the one on which they go back 25", async () => {
  const { customer, id } = await anchored("America/New_York", "2027-03-10T05:00:00Z");
  setClockForTests("2027-03-16T12:00:00Z");
  await used(customer, id, hoursFrom("2027-03-13T05:00:00Z", 24 + 23 + 24));
  const march = { used: 71, days: ["2027-03-13: 24", "2027-03-14: 23", "2027-03-15: 24"] };
  expect(await monthAt(customer, id, "2027-03-16T12:00:00Z")).toEqual(march);
  setClockForTests("2027-11-09T12:00:00Z");
  await used(customer, id, hoursFrom("2027-11-06T04:00:00Z", 24 + 25 + 24));
  const november = { used: 73, days: ["2027-11-06: 24", "2027-11-07: 25", "2027-11-08: 24"] };
  expect(await monthAt(customer, id, "2027-11-09T12:00:00Z")).toEqual(november);
});

test("a month of quotas that ends early on a day of 25 hours shows that day's usage", async () => {
  const { customer, id } = await anchored("America/New_York", "2027-10-07T04:30:00Z");
  setClockForTests("2027-11-08T00:00:00Z");
  await used(customer, id, ["2027-11-07T04:10:00Z"]);
  expect(await monthAt(customer, id, "2027-11-07T04:10:00Z")).toEqual({ used: 1, days: ["2027-11-07: 1"] });
});

test("a day cut by the end of a month of quotas is in both, with its own share", async () => {
  const { customer, id } = await anchored("America/New_York", "2027-01-10T17:00:00Z");
  setClockForTests("2027-02-10T20:00:00Z");
  await used(customer, id, [
    "2027-02-09T17:00:00Z",
    "2027-02-10T16:59:59Z",
    "2027-02-10T17:00:00Z",
    "2027-02-10T19:00:00Z",
  ]);
  expect(await monthAt(customer, id, "2027-02-01T00:00:00Z")).toEqual({
    used: 2,
    days: ["2027-02-09: 1", "2027-02-10: 1"],
  });
  expect(await monthAt(customer, id, "2027-02-10T17:00:00Z")).toEqual({ used: 2, days: ["2027-02-10: 2"] });
});

test.each([
  ["America/New_York", "2027-10-20T12:00:00Z", "2027-11-01T04:00:00Z", "2027-12-01T05:00:00Z"],
  ["Asia/Shanghai", "2028-01-20T12:00:00Z", "2028-01-31T16:00:00Z", "2028-02-29T16:00:00Z"],
])("the monthly limit of %s begins anew at its midnight, in each month once", async (zone, first, ...months) => {
  const acme = await customerIn(zone, first);
  await acme.card("pm_card_visa");
  await acme.rule({ limits: { maxPerMonthMinor: toMinor(50_000) } });
  await world.drain();
  const spend = async () => {
    await acme.spend(46_000);
    await world.drain();
    await world.sweep();
  };
  const charges = async () => (await acme.paid()).length;
  await spend();
  expect(await charges()).toBe(1);
  for (const [index, begins] of months.entries()) {
    setClockForTests(new Date(Date.parse(begins) - 1_000));
    await spend();
    expect(await charges()).toBe(index + 1);
    const [refused] = await acme.decisions();
    expect(refused).toMatchObject({ reason: "max_per_month", nextPossibleAt: new Date(begins) });
    setClockForTests(begins);
    await world.sweep();
    expect(await charges()).toBe(index + 2);
  }
});

test("a plan bought on the 31st is renewed on the last day of shorter months, through the leap day, once each", async () => {
  const acme = await customerIn("America/New_York", "2027-12-31T10:00:00Z");
  await acme.card("pm_card_visa");
  const { subscriptionId } = await acme.subscribe();
  const ends = ["2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30"].map((day) => `${day}T10:00:00Z`);
  let begins = new Date("2027-12-31T10:00:00Z");
  for (const end of ends) {
    const live = await liveSubscription(acme.scope);
    expect(live).toMatchObject({ currentPeriodStart: begins, currentPeriodEnd: new Date(end) });
    const month = await usageOf(acme.scope, subscriptionId, new Date(Date.parse(end) - 1));
    expect(month.period).toEqual({ start: begins, end: new Date(end) });
    begins = new Date(end);
    setClockForTests(begins);
    await world.pass(180, 60);
  }
  const rows = await systemDb()
    .select({ number: invoices.number, start: invoices.issuedAt, paid: invoices.amountPaidMinor })
    .from(invoices)
    .where(eq(invoices.tenantId, acme.tenantId))
    .orderBy(asc(invoices.number));
  expect(rows.map(({ number, paid }) => [number, paid])).toEqual([1, 2, 3, 4, 5].map((n) => [`INV-00000${n}`, 2_900]));
  expect(rows.map(({ start }) => start?.toISOString().slice(0, 10))).toEqual([
    "2027-12-31",
    ...ends.map((end) => end.slice(0, 10)),
  ]);
});
