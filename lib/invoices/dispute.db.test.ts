import { and, eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { systemDb } from "@/db/client";
import { cardTries, notifications } from "@/db/schema";
import { useTestDatabase } from "@/db/testing";
import type { Customer } from "@/sandbox/testing/customer";
import { accountsOf, invoiced, listedOf, openInvoice, pay } from "@/sandbox/testing/invoiced";
import { useWorld } from "@/sandbox/testing/world";

useTestDatabase();
const world = useWorld();

// Every story uses the same test cards, whose budget is one for all tenants.
beforeEach(() => systemDb().delete(cardTries));

const control = async (body: object) => {
  const answer = await fetch(`${world.stripe.url}/_sandbox/disputes`, { method: "POST", body: JSON.stringify(body) });
  expect(answer.ok).toBe(true);
  return (await answer.json()) as { id: string };
};

async function paidInvoice(): Promise<{ acme: Customer; charge: string }> {
  const acme = await invoiced(world);
  await acme.card("pm_card_visa");
  await pay(acme, await openInvoice(world, acme));
  await world.drain();
  const [intent] = await acme.paid();
  return { acme, charge: String(intent?.latest_charge) };
}

async function disputesTold(acme: Customer): Promise<string[]> {
  const rows = await systemDb()
    .select({ params: notifications.params })
    .from(notifications)
    .where(and(eq(notifications.tenantId, acme.tenantId), eq(notifications.kind, "invoice_disputed")))
    .orderBy(notifications.notificationId);
  return rows.map(({ params }) => (params as { outcome: string }).outcome);
}

test("a dispute is listed when it is opened, and takes the revenue when it is lost", async () => {
  const { acme, charge } = await paidInvoice();
  const dispute = await control({ charge });
  await world.drain();
  expect((await listedOf(acme)).at(-1)).toEqual({ type: "refund", status: "pending", amount: -10_000 });
  expect(await accountsOf(acme)).toEqual({ stripe: -10_000, invoice_revenue: 10_000 });
  await control({ dispute: dispute.id, outcome: "lost" });
  await world.drain();
  expect((await listedOf(acme)).at(-1)).toEqual({ type: "refund", status: "succeeded", amount: -10_000 });
  expect(await accountsOf(acme)).toEqual({ stripe: 0, invoice_revenue: 0 });
  expect(await disputesTold(acme)).toEqual(["open", "lost"]);
});

test("one that is won takes nothing", async () => {
  const { acme, charge } = await paidInvoice();
  const dispute = await control({ charge });
  await control({ dispute: dispute.id, outcome: "won" });
  await world.drain();
  expect((await listedOf(acme)).at(-1)).toEqual({ type: "refund", status: "canceled", amount: -10_000 });
  expect(await accountsOf(acme)).toEqual({ stripe: -10_000, invoice_revenue: 10_000 });
  expect(await disputesTold(acme)).not.toContain("lost");
});

test("events doubled and in another order lead to the same", async () => {
  await world.fault({ webhooks: { duplicate: 2, shuffle: true } });
  const { acme, charge } = await paidInvoice();
  const dispute = await control({ charge });
  await control({ dispute: dispute.id, outcome: "lost" });
  await world.drain();
  await world.sweep();
  await world.clearFaults();
  expect(await listedOf(acme)).toEqual([
    { type: "payment", status: "succeeded", amount: 10_000 },
    { type: "refund", status: "succeeded", amount: -10_000 },
  ]);
  expect(await accountsOf(acme)).toEqual({ stripe: 0, invoice_revenue: 0 });
  expect((await disputesTold(acme)).filter((outcome) => outcome === "lost")).toEqual(["lost"]);
});
