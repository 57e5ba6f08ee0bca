import { expect, test } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { setClockForTests } from "@/lib/clock";
import type { Customer } from "@/sandbox/testing/customer";
import { useWorld } from "@/sandbox/testing/world";

useTestDatabase();
const world = useWorld();

const tryIt = (to: Customer) => to.subscribe({ plan: "professional", trialDays: 14 });

test("a card that came during a trial begins no other one", async () => {
  setClockForTests("2027-01-31T12:00:00Z");
  const acme = await world.customer();
  expect(await tryIt(acme)).toMatchObject({ status: "trialing" });
  await acme.card("pm_card_amex");
  const globex = await world.customer();
  await globex.card("pm_card_amex");
  await expect(tryIt(globex)).rejects.toMatchObject({ code: "trial_used" });
  const initech = await world.customer();
  await initech.card("pm_card_discover");
  expect(await tryIt(initech)).toMatchObject({ status: "trialing" });
});
