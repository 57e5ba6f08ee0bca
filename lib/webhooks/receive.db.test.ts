import { expect, test } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { now } from "@/lib/clock";
import { env } from "@/lib/env";
import { ensureCustomer } from "@/lib/payment-methods/customer";
import { stripe } from "@/lib/stripe/client";
import { useWorld } from "@/sandbox/testing/world";
import { receiveStripeEvent } from "./receive";

const { sql } = useTestDatabase();
const world = useWorld();

function deliver(id: string, type = "payment_intent.succeeded", customer: string | null = null) {
  const created = Math.floor(now().getTime() / 1_000);
  const object = { id: `pi_of_${id}`, object: "payment_intent", customer };
  const payload = JSON.stringify({ id, object: "event", type, created, data: { object } });
  const secret = env().STRIPE_WEBHOOK_SECRET;
  const signature = stripe().webhooks.generateTestHeaderString({ payload, secret, timestamp: created });
  return receiveStripeEvent(payload, signature);
}
const told = (prefix: string) =>
  world.sent.flatMap(({ name, data }) =>
    name === "stripe/event.received" && data.eventId.startsWith(prefix) ? [data.eventId] : [],
  );
const numbered = (count: number) => Array.from({ length: count }, (_, i) => i);

test("deliveries that come at once are stored and told once each, however often each comes", async () => {
  const twice = numbered(60).map((i) => `evt_twice_${i % 30}`);
  const answers = await Promise.all(twice.map((id) => deliver(id)));
  expect(answers.filter(({ status }) => status === "stored")).toHaveLength(30);
  expect(answers.filter(({ status }) => status === "seen")).toHaveLength(30);
  expect(told("evt_twice").sort()).toEqual([...new Set(twice)].sort());
  expect(await deliver("evt_twice_7")).toEqual({ status: "seen" });
  expect(told("evt_twice")).toHaveLength(30);
});

test("an event is its customer's tenant's, and one that nothing is done for is handled by being stored", async () => {
  const { tenantId } = await world.customer(0);
  const customerId = await ensureCustomer(tenantId);
  await Promise.all([deliver("evt_mine", "payment_intent.succeeded", customerId), deliver("evt_idle", "plan.created")]);
  const rows = await sql`
    select event_id, tenant_id, object_id, via, handled_at is not null as handled from stripe_events
    where event_id in ('evt_mine', 'evt_idle') order by event_id`;
  expect(rows).toEqual([
    { event_id: "evt_idle", tenant_id: null, object_id: "pi_of_evt_idle", via: "webhook", handled: true },
    { event_id: "evt_mine", tenant_id: tenantId, object_id: "pi_of_evt_mine", via: "webhook", handled: false },
  ]);
  expect([...told("evt_mine"), ...told("evt_idle")]).toEqual(["evt_mine"]);
});

test("one that the database refuses is refused alone", async () => {
  const ids = numbered(20).map((i) => (i === 13 ? "evt_group_\u0000" : `evt_group_${i}`));
  const answers = await Promise.allSettled(ids.map((id) => deliver(id)));
  expect(answers.map(({ status }, i) => (status === "rejected" ? i : null)).filter((i) => i !== null)).toEqual([13]);
  expect(told("evt_group")).toHaveLength(19);
});
