import { expect, test } from "vitest";
import { planOf } from "@/lib/plans/catalogue";
import { offerOf } from "./offer";

const live = {
  plan: "starter",
  planVersion: "2026-11",
  billingCycle: "monthly" as const,
  stripeSubscriptionId: "sub_1" as string | null,
  pendingPlan: null as string | null,
  pendingBillingCycle: null as "monthly" | "yearly" | null,
  cancelAt: null as Date | null,
  pausedAt: null as Date | null,
};

test("what a paid plan can be changed to", () => {
  expect(offerOf(live, planOf("free"), "monthly", 14)).toBe("none");
  expect(offerOf(live, planOf("starter"), "monthly", 14)).toBe("none");
  expect(offerOf(live, planOf("starter"), "yearly", 14)).toBe("yearly");
  expect(offerOf(live, planOf("professional"), "monthly", 14)).toBe("upgrade");
  const professional = { ...live, plan: "professional", billingCycle: "yearly" as const };
  expect(offerOf(professional, planOf("starter"), "yearly", 0)).toBe("downgrade");
  expect(offerOf(professional, planOf("professional"), "monthly", 0)).toBe("monthly");
});

test("a downgrade that waits is not offered again", () => {
  const waiting = { ...live, plan: "professional", pendingPlan: "starter", pendingBillingCycle: "monthly" as const };
  expect(offerOf(waiting, planOf("starter"), "monthly", 0)).toBe("planned");
  expect(offerOf(waiting, planOf("enterprise"), "monthly", 0)).toBe("upgrade");
});

test("the free plan leads to a trial once, and to a paid plan afterwards", () => {
  const free = { ...live, plan: "free", stripeSubscriptionId: null };
  expect(offerOf(free, planOf("starter"), "monthly", 14)).toBe("trial");
  expect(offerOf(free, planOf("starter"), "monthly", 0)).toBe("subscribe");
});

test("while it is paused, or its end is decided, no other plan is offered", () => {
  const ending = { ...live, cancelAt: new Date("2027-01-01T00:00:00Z") };
  expect(offerOf(ending, planOf("enterprise"), "monthly", 0)).toBe("none");
  const paused = { ...live, pausedAt: new Date("2027-01-01T00:00:00Z") };
  expect(offerOf(paused, planOf("enterprise"), "monthly", 0)).toBe("none");
});
