import { afterEach, describe, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { standIn } from "../testing/stand-in";
import { webhookInbox } from "../testing/webhook-inbox";

afterEach(() => setClockForTests(null));

/** A stand-in that tells an endpoint everything. */
async function connected() {
  const inbox = await webhookInbox();
  const standin = await standIn({ webhookUrl: inbox.url, webhookSecret: inbox.secret });
  return { ...standin, inbox };
}

test("an event arrives signed, soon, and is the event of the list", async () => {
  const { stripe, inbox } = await connected();
  const startedAt = performance.now();
  const customer = await stripe.customers.create({ email: "olivia@acme.test" });
  const [event] = await inbox.until(1, "customer.created");
  expect(performance.now() - startedAt).toBeLessThan(2_000);
  expect(event).toMatchObject({
    object: "event",
    data: { object: { id: customer.id, email: "olivia@acme.test" } },
    request: { id: customer.lastResponse.requestId },
  });
  const listed = await stripe.events.retrieve(String(event?.id));
  expect(listed.data.object).toEqual(event?.data.object);
});

test("updates say what was before", async () => {
  const { stripe, inbox } = await connected();
  const { id } = await stripe.customers.create({ email: "old@acme.test" });
  await stripe.customers.update(id, { email: "new@acme.test" });
  const [event] = await inbox.until(1, "customer.updated");
  expect(event?.data.previous_attributes).toEqual({ email: "old@acme.test" });
});

test("delivery_success tells delivered events from the others", async () => {
  const { stripe, inbox } = await connected();
  inbox.answers.push(500);
  await stripe.customers.create({});
  await inbox.until(1);
  await expect.poll(async () => (await stripe.events.list({ delivery_success: false })).data.length).toBe(1);
  await stripe.customers.create({});
  await expect.poll(async () => (await stripe.events.list({ delivery_success: true })).data.length).toBe(1);
});

describe("retries", () => {
  test("back off, carry a new signature, and end with success", async () => {
    setClockForTests("2030-03-04T15:00:00Z");
    const { stripe, inbox, advance, control } = await connected();
    inbox.answers.push(500, 302, 500);
    await stripe.customers.create({});
    await inbox.until(1);
    await advance("3h");
    expect(inbox.events).toHaveLength(4);
    expect(new Set(inbox.events.map(({ id }) => id)).size).toBe(1);
    const { data } = await control<{ data: { state: string; attempts: number }[] }>("GET deliveries");
    expect(data).toMatchObject([{ state: "delivered", attempts: 4 }]);
  });

  test("give up after three days of moved time", async () => {
    setClockForTests("2030-03-04T15:00:00Z");
    const { stripe, inbox, advance, control } = await connected();
    inbox.answers.push(...Array.from({ length: 100 }, () => 503));
    await stripe.customers.create({});
    await inbox.until(1);
    await advance("1d");
    const afterOneDay = inbox.events.length;
    await advance("3d");
    const afterFour = inbox.events.length;
    expect(afterFour).toBeGreaterThan(afterOneDay);
    await advance("1w");
    expect(inbox.events).toHaveLength(afterFour);
    const { data } = await control<{ data: { state: string }[] }>("GET deliveries");
    expect(data[0]?.state).toBe("failed");
  });

  test("end with the endpoint", async () => {
    setClockForTests("2030-03-04T15:00:00Z");
    const { stripe, inbox, advance } = await connected();
    inbox.answers.push(500);
    await stripe.customers.create({});
    await inbox.until(1);
    const [endpoint] = (await stripe.webhookEndpoints.list()).data;
    await stripe.webhookEndpoints.update(String(endpoint?.id), { disabled: true });
    await advance("1d");
    expect(inbox.events.length).toBeLessThanOrEqual(2);
  });
});

test("an endpoint gets what it asked for, with a secret of its own that is shown once", async () => {
  const { stripe } = await standIn();
  const inbox = await webhookInbox();
  const endpoint = await stripe.webhookEndpoints.create({ url: inbox.url, enabled_events: ["customer.deleted"] });
  expect(endpoint.secret).toMatch(/^whsec_/);
  expect((await stripe.webhookEndpoints.retrieve(endpoint.id)).secret).toBeUndefined();
  await stripe.customers.create({});
  const [event] = (await stripe.events.list()).data;
  expect(event?.pending_webhooks).toBe(0);
});

describe("faults", () => {
  test("duplicates, in reverse order", async () => {
    const { stripe, inbox, control } = await connected();
    await control("POST faults", { webhooks: { duplicate: 2, shuffle: true } });
    for (let n = 0; n < 3; n++) await stripe.customers.create({ description: String(n) });
    const events = await inbox.until(9);
    const order = events.map((event) => (event.type === "customer.created" ? event.data.object.description : ""));
    expect(order).toEqual(["2", "2", "2", "1", "1", "1", "0", "0", "0"]);
  });

  test("a dropped event never comes by itself, but can be listed and sent again", async () => {
    setClockForTests("2030-03-04T15:00:00Z");
    const { stripe, inbox, control, advance } = await connected();
    await control("POST faults", { webhooks: { drop: 1, types: ["customer.created"] } });
    await stripe.customers.create({ description: "lost" });
    await stripe.customers.create({ description: "found" });
    await advance("3d");
    expect(inbox.events).toMatchObject([{ data: { object: { description: "found" } } }]);
    const [missed] = (await stripe.events.list({ delivery_success: false })).data;
    await control("POST resend", { event: missed?.id });
    expect((await inbox.until(2))[1]).toMatchObject({ id: missed?.id });
  });

  test("a delay holds the delivery back, not the answer", async () => {
    const { stripe, inbox, control } = await connected();
    await control("POST faults", { webhooks: { delayMs: 250 } });
    await stripe.customers.create({});
    const answeredAt = performance.now();
    await inbox.until(1);
    expect(performance.now() - answeredAt).toBeGreaterThan(150);
    await control("DELETE faults");
    expect(await control("GET faults")).toEqual({ data: [], webhooks: [] });
  });
});
