import { expect, test } from "vitest";
import type { SubscriptionId } from "@/lib/ids";
import { monthsToShow } from "./chosen-month";

const paid = "paid" as SubscriptionId;
const free = "free" as SubscriptionId;
const november = { start: new Date("2026-11-10T00:00:00Z"), end: new Date("2026-12-10T00:00:00Z") };
const october = { start: new Date("2026-10-10T00:00:00Z"), end: new Date("2026-11-10T00:00:00Z") };
const live = { subscriptionId: paid, usageAnchorAt: november.start };
const at = new Date("2026-11-22T12:00:00Z");

test("the running month is there before anything was used in it", () => {
  expect(monthsToShow(live, [], at)).toEqual([{ subscriptionId: paid, period: november }]);
});

test("it is there once, before those of earlier subscriptions", () => {
  const used = [
    { subscriptionId: paid, period: november },
    { subscriptionId: free, period: october },
  ];
  expect(monthsToShow(live, used, at)).toEqual(used);
});
