import { expect, test } from "vitest";
import { systemDb } from "@/db/client";
import { stripeEvents } from "@/db/schema";
import { useTestDatabase } from "@/db/testing";
import { advanceClockForTests } from "@/lib/clock";
import { useWorld } from "@/sandbox/testing/world";
import { backfillEvents } from "./backfill";

useTestDatabase();
const world = useWorld();
const stored = () => systemDb().select({ type: stripeEvents.type, via: stripeEvents.via }).from(stripeEvents);

test("the first look of all goes back to the first tenant, however late it is; the next to the one before", async () => {
  const customer = await world.customer(-5_000);
  await customer.card("pm_card_visa");
  await customer.rule();
  await world.drain();
  expect(await customer.paid()).toHaveLength(1);
  const made = (await world.stripeSdk.events.list({ limit: 100 })).data.length;
  await expect.poll(async () => (await stored()).length).toBe(made);
  world.webhooksDown = true;
  await systemDb().delete(stripeEvents);
  advanceClockForTests(2 * 86_400_000);

  const fresh = await backfillEvents();
  expect(await stored()).toContainEqual({ type: "payment_intent.succeeded", via: "backfill" });
  expect(await stored()).toHaveLength(fresh.length);
  expect(await backfillEvents()).toEqual([]);

  await systemDb().delete(stripeEvents);
  advanceClockForTests(3_600_000);
  expect(await backfillEvents()).toEqual([]);
});
