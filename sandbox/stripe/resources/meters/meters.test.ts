import { afterEach, beforeEach, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { eventTypes, failure, type StandIn, standIn } from "../../testing/stand-in";

const START = Date.UTC(2030, 2, 4, 15) / 1000;
const HOUR = 3_600;
const DAY = 24 * HOUR;

beforeEach(() => setClockForTests("2030-03-04T15:00:00Z"));
afterEach(() => setClockForTests(null));

async function metered({ stripe }: StandIn, formula: "sum" | "count" | "last" = "sum") {
  const { id: customer } = await stripe.customers.create({});
  const meter = await stripe.billing.meters.create({
    display_name: "Tokens",
    event_name: "tokens",
    default_aggregation: { formula },
  });
  const use = (value: number, timestamp = START, identifier?: string) =>
    stripe.billing.meterEvents.create({
      event_name: "tokens",
      payload: { stripe_customer_id: customer, value: String(value) },
      timestamp,
      ...(identifier && { identifier }),
    });
  const total = async (from = START - DAY, to = START + DAY) => {
    const { data } = await stripe.billing.meters.listEventSummaries(meter.id, {
      customer,
      start_time: from,
      end_time: to,
    });
    return data[0]?.aggregated_value;
  };
  return { customer, meter, use, total };
}

test("a meter is made, renamed, rested and woken, and each step is told", async () => {
  const { stripe } = await standIn();
  const meter = await stripe.billing.meters.create({
    display_name: "Bytes",
    event_name: "bytes",
    default_aggregation: { formula: "last" },
    customer_mapping: { type: "by_id", event_payload_key: "who" },
    value_settings: { event_payload_key: "bytes_used" },
    event_time_window: "day",
  });
  expect(meter).toMatchObject({ status: "active", event_time_window: "day", created: START, updated: START });
  expect((await stripe.billing.meters.update(meter.id, { display_name: "Octets" })).display_name).toBe("Octets");
  expect(await stripe.billing.meters.deactivate(meter.id)).toMatchObject({
    status: "inactive",
    status_transitions: { deactivated_at: START },
  });
  expect((await stripe.billing.meters.list({ status: "active" })).data).toEqual([]);
  expect((await failure(stripe.billing.meters.deactivate(meter.id))).statusCode).toBe(400);
  expect((await stripe.billing.meters.reactivate(meter.id)).status_transitions.deactivated_at).toBeNull();
  expect(await eventTypes(stripe)).toEqual([
    "billing.meter.created",
    "billing.meter.updated",
    "billing.meter.deactivated",
    "billing.meter.reactivated",
  ]);
});

test("two active meters cannot count the same events", async () => {
  const { stripe } = await standIn();
  const given = { display_name: "A", event_name: "calls", default_aggregation: { formula: "sum" as const } };
  const first = await stripe.billing.meters.create(given);
  expect((await failure(stripe.billing.meters.create(given))).param).toBe("event_name");
  await stripe.billing.meters.deactivate(first.id);
  await stripe.billing.meters.create(given);
  expect((await failure(stripe.billing.meters.reactivate(first.id))).type).toBe("StripeInvalidRequestError");
});

test("the same identifier counts once a day, and again after that", async () => {
  const standin = await standIn();
  const { use, total } = await metered(standin);
  expect(await use(25, START, "call-1")).toMatchObject({ identifier: "call-1", payload: { value: "25" } });
  expect((await failure(use(25, START, "call-1"))).message).toBe("An event already exists with identifier call-1.");
  await standin.advance("25h");
  await use(7, START, "call-1");
  expect(await total()).toBe(32);
});

test("events are refused that are too old, too new, for nobody, or no number", async () => {
  const { stripe } = await standIn();
  const { use, customer } = await metered({ stripe } as StandIn);
  await use(1, START - 35 * DAY);
  await use(1, START + 5 * 60);
  expect((await failure(use(1, START - 35 * DAY - 1))).param).toBe("timestamp");
  expect((await failure(use(1, START + 5 * 60 + 1))).message).toContain("5 minutes in the future");
  expect((await failure(use(1.5))).param).toBe("payload[value]");
  const send = (event_name: string, payload: Record<string, string>) =>
    failure(stripe.billing.meterEvents.create({ event_name, payload }));
  expect((await send("calls", { stripe_customer_id: customer, value: "1" })).message).toBe(
    'No active meter found for event name "calls".',
  );
  expect((await send("tokens", { value: "1" })).message).toContain("stripe_customer_id");
  expect((await send("tokens", { stripe_customer_id: "cus_nobody", value: "1" })).code).toBe("resource_missing");
  expect((await send("tokens", { stripe_customer_id: customer })).param).toBe("payload");
});

test("an event is taken back within a day, once", async () => {
  const standin = await standIn();
  const { stripe } = standin;
  const { use, total } = await metered(standin);
  await use(10, START, "kept");
  await use(90, START, "mistake");
  const cancel = (identifier: string) =>
    stripe.billing.meterEventAdjustments.create({ event_name: "tokens", type: "cancel", cancel: { identifier } });
  expect(await cancel("mistake")).toMatchObject({ object: "billing.meter_event_adjustment", type: "cancel" });
  expect(await total()).toBe(10);
  expect((await failure(cancel("mistake"))).statusCode).toBe(400);
  await standin.advance("25h");
  expect((await failure(cancel("kept"))).code).toBe("resource_missing");
});

test("sum, count and last", async () => {
  for (const [formula, expected] of [
    ["sum", 60],
    ["count", 3],
    ["last", 10],
  ] as const) {
    const { use, total } = await metered(await standIn(), formula);
    await use(20, START - HOUR);
    await use(10, START);
    await use(30, START - 2 * HOUR);
    expect(await total(), formula).toBe(expected);
  }
});

test("summaries by hour and by day, newest first, on whole boundaries only", async () => {
  const standin = await standIn();
  const { stripe } = standin;
  const { customer, meter, use } = await metered(standin);
  await use(1, START - DAY);
  await use(2, START);
  await use(4, START + 60);
  const summaries = (window: "hour" | "day", from: number, to: number, more = {}) =>
    stripe.billing.meters.listEventSummaries(meter.id, {
      customer,
      start_time: from,
      end_time: to,
      value_grouping_window: window,
      ...more,
    });
  const midnight = Date.UTC(2030, 2, 4) / 1000;
  const days = await summaries("day", midnight - DAY, midnight + DAY);
  expect(days.data.map(({ start_time, aggregated_value }) => [start_time, aggregated_value])).toEqual([
    [midnight, 6],
    [midnight - DAY, 1],
  ]);
  const hours = await summaries("hour", midnight, midnight + DAY, { limit: 100 });
  expect(hours.data.filter((hour) => hour.aggregated_value > 0)).toMatchObject([{ start_time: START }]);
  const page = await summaries("hour", midnight, midnight + DAY, { limit: 2, starting_after: hours.data[3]?.id });
  expect(page.data.map(({ id }) => id)).toEqual(hours.data.slice(4, 6).map(({ id }) => id));
  expect((await failure(summaries("day", START, START + DAY))).param).toBe("start_time");
  expect((await failure(summaries("hour", midnight, midnight + 90 * 60))).param).toBe("end_time");
});
