import { afterEach, beforeEach, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { eventTypes, failure, standIn } from "../../testing/stand-in";
import { webhookInbox } from "../../testing/webhook-inbox";

beforeEach(() => setClockForTests("2030-03-04T15:00:00Z"));
afterEach(() => setClockForTests(null));

test("told once for each customer that reaches the threshold with new usage", async () => {
  const inbox = await webhookInbox();
  const { stripe, advance } = await standIn({ webhookUrl: inbox.url, webhookSecret: inbox.secret });
  const meter = await stripe.billing.meters.create({
    display_name: "Calls",
    event_name: "calls",
    default_aggregation: { formula: "sum" },
  });
  const [first, second] = [await stripe.customers.create({}), await stripe.customers.create({})];
  const use = (customer: string, value: number) =>
    stripe.billing.meterEvents.create({
      event_name: "calls",
      payload: { stripe_customer_id: customer, value: String(value) },
    });
  await use(first.id, 1_000);
  await advance("1h");
  const alert = await stripe.billing.alerts.create({
    alert_type: "usage_threshold",
    title: "A hundred calls",
    usage_threshold: { gte: 100, meter: meter.id, recurrence: "one_time" },
  });
  const only = await stripe.billing.alerts.create({
    alert_type: "usage_threshold",
    title: "The second customer's first call",
    usage_threshold: {
      gte: 1,
      meter: meter.id,
      recurrence: "one_time",
      filters: [{ type: "customer", customer: second.id }],
    },
  });
  await use(first.id, 99);
  expect(await eventTypes(stripe)).not.toContain("billing.alert.triggered");
  await use(first.id, 1);
  await use(first.id, 500);
  await use(second.id, 5);
  const raised = await inbox.until(2, "billing.alert.triggered");
  expect(raised.map(({ data }) => data.object)).toMatchObject([
    { object: "billing.alert_triggered", customer: first.id, value: 100, alert: { id: alert.id } },
    { customer: second.id, value: 5, alert: { id: only.id } },
  ]);
});

test("rested it keeps quiet, woken it may speak again, archived it is gone", async () => {
  const { stripe } = await standIn();
  const meter = await stripe.billing.meters.create({
    display_name: "Calls",
    event_name: "calls",
    default_aggregation: { formula: "count" },
  });
  const { id: customer } = await stripe.customers.create({});
  const use = () =>
    stripe.billing.meterEvents.create({ event_name: "calls", payload: { stripe_customer_id: customer, value: "1" } });
  const { id } = await stripe.billing.alerts.create({
    alert_type: "usage_threshold",
    title: "First call",
    usage_threshold: { gte: 1, meter: meter.id, recurrence: "one_time" },
  });
  const raised = async () => (await eventTypes(stripe)).filter((type) => type === "billing.alert.triggered").length;
  expect((await stripe.billing.alerts.deactivate(id)).status).toBe("inactive");
  await use();
  expect(await raised()).toBe(0);
  await stripe.billing.alerts.activate(id);
  await use();
  await use();
  expect(await raised()).toBe(1);
  expect((await stripe.billing.alerts.list({ meter: meter.id })).data.map((alert) => alert.id)).toEqual([id]);
  const expanded = await stripe.billing.alerts.retrieve(id, { expand: ["usage_threshold.meter"] });
  expect(expanded.usage_threshold?.meter).toMatchObject({ object: "billing.meter", id: meter.id });
  expect((await stripe.billing.alerts.archive(id)).status).toBe("archived");
  expect((await stripe.billing.alerts.list()).data).toEqual([]);
  expect((await failure(stripe.billing.alerts.retrieve(id))).code).toBe("resource_missing");
});
