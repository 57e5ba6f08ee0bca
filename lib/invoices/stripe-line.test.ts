import { expect, test } from "vitest";
import { readStripeLine } from "./stripe-line";

test("Stripe's own words for what recurs and for proration are found", () => {
  expect(readStripeLine("1 × Starter (at $29.00 / month)")).toEqual({
    kind: "recurring",
    quantity: 1,
    plan: "Starter",
    price: "$29.00",
    interval: "month",
  });
  expect(readStripeLine("Unused time on 2 × Pro after 7 Dec 2026")).toEqual({
    kind: "unused",
    plan: "2 × Pro",
    at: new Date("2026-12-07T00:00:00Z"),
  });
  expect(readStripeLine("Remaining time on Professional after 15 Mar 2030")?.kind).toBe("remaining");
});

test.each(["Onboarding workshop", "Remaining time on Pro", "Remaining time on Pro after 99 Xyz 2026", ""])(
  "%j stays as it is",
  (words) => expect(readStripeLine(words)).toBeNull(),
);
