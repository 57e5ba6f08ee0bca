import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { systemDb } from "@/db/client";
import { usagePeriods } from "@/db/schema";
import { useTestDatabase } from "@/db/testing";
import { now, setClockForTests } from "@/lib/clock";
import { liveSubscription } from "@/lib/subscriptions/queries";
import { renewFree } from "@/lib/subscriptions/renew-free";
import type { Customer } from "@/sandbox/testing/customer";
import { useWorld } from "@/sandbox/testing/world";
import { sweepQuotas } from "./alerts";
import { recordUsage } from "./record";

const { sql } = useTestDatabase();
const world = useWorld();

async function use(by: Customer, quantity: number): Promise<void> {
  const { subscriptionId } = await liveSubscription(by.scope);
  await recordUsage(by.scope, subscriptionId, [{ id: null, metric: "messages", quantity, usedAt: null }]);
}

/** The process dies between the report and the notice. */
async function useAndDie(by: Customer, quantity: number): Promise<void> {
  await sql`create function die() returns trigger language plpgsql as $$ begin raise exception 'killed'; end $$`;
  await sql`create trigger die before insert on notifications for each row execute function die()`;
  await expect(use(by, quantity)).rejects.toThrow();
  await sql`drop trigger die on notifications`;
  await sql`drop function die`;
}

test("a quota that was reached by a process that died is told of by the sweep, once", async () => {
  const acme = await world.customer(0);
  await useAndDie(acme, 800);
  expect(await acme.notices()).toEqual([]);
  await Promise.all([sweepQuotas(100), sweepQuotas(100)]);
  await sweepQuotas(100);
  expect(await acme.notices()).toEqual(["usage_80"]);
  await useAndDie(acme, 200);
  await sweepQuotas(100);
  await sweepQuotas(100);
  expect(await acme.notices()).toEqual(["usage_80", "usage_100"]);
});

test("nothing is left to sweep where the report told itself, and a new month is told of anew", async () => {
  const acme = await world.customer(0);
  await use(acme, 1_000);
  expect(await sweepQuotas(100)).toBe(0);
  expect(await acme.notices()).toEqual(["usage_100"]);
  setClockForTests(new Date(now().getTime() + 31 * 86_400_000));
  await renewFree(100);
  expect(await sweepQuotas(100)).toBe(0);
  await useAndDie(acme, 900);
  await sweepQuotas(100);
  expect(await acme.notices()).toEqual(["usage_100", "usage_80"]);
  expect(await systemDb().$count(usagePeriods, eq(usagePeriods.tenantId, acme.tenantId))).toBe(3);
});
