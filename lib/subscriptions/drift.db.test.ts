import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { systemDb } from "@/db/client";
import { invoices, subscriptions } from "@/db/schema";
import { useTestDatabase } from "@/db/testing";
import { now, setClockForTests } from "@/lib/clock";
import { findInvoiceDrift } from "@/lib/invoices/drift";
import { subscriber } from "@/sandbox/testing/dunned";
import { useWorld } from "@/sandbox/testing/world";
import { findSubscriptionDrift } from "./drift";
import { liveSubscription } from "./queries";

useTestDatabase();
const world = useWorld();

async function findDrift() {
  const found = await findSubscriptionDrift();
  return [...found.drifts, ...(await findInvoiceDrift(found.latestInvoices)).drifts].map(
    ({ subject, kind, fields, repaired }) => ({ subject, kind, fields, repaired }),
  );
}

const hours = (count: number) => setClockForTests(new Date(now().getTime() + count * 3_600_000));

/** What Stripe does now is never told. */
async function unheard(work: () => Promise<unknown>): Promise<void> {
  world.webhooksDown = true;
  await work();
  await fetch(`${world.stripe.url}/_sandbox/run-due`, { method: "POST" });
  world.loseEvents();
  world.webhooksDown = false;
}

test("where both are the same nothing is found, and nothing is fetched one by one", async () => {
  await subscriber(world);
  await subscriber(world);
  hours(1);
  await fetch(`${world.stripe.url}/_sandbox/requests`, { method: "DELETE" });
  expect(await findDrift()).toEqual([]);
  expect(await world.requests("GET", /^\/v1\/(subscriptions|invoices)\/./)).toEqual([]);
});

test("what changed, ended or began there without a word is found, repaired, and not found again", async () => {
  const changed = await subscriber(world);
  const ended = await subscriber(world);
  await unheard(async () => {
    await world.stripeSdk.subscriptions.update(changed.stripeSubscriptionId, { cancel_at_period_end: true });
    await world.stripeSdk.subscriptions.cancel(ended.stripeSubscriptionId);
  });
  hours(1);
  expect(await findDrift()).toEqual([
    { subject: "subscription", kind: "different", fields: ["cancelAt", "canceledAt"], repaired: true },
    { subject: "subscription", kind: "gone_there", fields: ["status"], repaired: true },
  ]);
  expect(await liveSubscription(changed.acme.scope)).toMatchObject({ plan: "starter", cancelAt: expect.any(Date) });
  expect(await liveSubscription(ended.acme.scope)).toMatchObject({ plan: "free" });
  hours(1);
  expect(await findDrift()).toEqual([]);
});

test("a renewal that nobody heard of: the period, the invoice and its payment are here after the night", async () => {
  const { acme } = await subscriber(world);
  const before = await liveSubscription(acme.scope);
  // The invoice is a draft for an hour.
  await unheard(async () => setClockForTests("2027-03-10T12:00:00Z"));
  await unheard(async () => setClockForTests("2027-03-10T14:00:00Z"));
  await findDrift();
  const after = await liveSubscription(acme.scope);
  expect(after.currentPeriodStart).toEqual(before.currentPeriodEnd);
  const rows = await systemDb().select().from(invoices).where(eq(invoices.tenantId, acme.tenantId));
  expect(rows.map(({ reason, status }) => `${reason} ${status}`).sort()).toEqual([
    "subscription_create paid",
    "subscription_cycle paid",
  ]);
  hours(1);
  expect(await findDrift()).toEqual([]);
});

test("rows that were lost or bent here are made again; run twice at once, once", async () => {
  const { acme } = await subscriber(world);
  const scope = eq(subscriptions.tenantId, acme.tenantId);
  await systemDb()
    .update(subscriptions)
    .set({ status: "past_due", currentPeriodEnd: new Date("2030-01-01T00:00:00Z") })
    .where(scope);
  await systemDb().update(invoices).set({ stripeInvoiceId: null }).where(eq(invoices.tenantId, acme.tenantId));
  hours(1);
  await Promise.all([findDrift(), findDrift()]);
  hours(1);
  expect(await findDrift()).toEqual([]);
  expect(await liveSubscription(acme.scope)).toMatchObject({
    status: "active",
    currentPeriodEnd: new Date("2027-03-10T12:00:00Z"),
  });
  const mirrors = await systemDb().select().from(invoices).where(eq(invoices.tenantId, acme.tenantId));
  expect(mirrors.filter(({ stripeInvoiceId }) => stripeInvoiceId)).toHaveLength(1);
});
