import { expect, test } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { setClockForTests } from "@/lib/clock";
import { newId } from "@/lib/ids";
import { type Customer, useWorld } from "@/sandbox/testing/world";
import { createSubscription } from "./create";

useTestDatabase();
const world = useWorld();

const tryIt = (to: Customer) =>
  createSubscription(to.scope, {
    plan: "professional",
    cycle: "monthly",
    paymentMethodId: null,
    coupon: null,
    trialDays: 14,
    requestKey: newId(),
  });

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
