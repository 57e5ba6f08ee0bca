import { expect, test } from "vitest";
import type { SubscriptionId, TenantId } from "@/lib/ids";
import { isUndelivered } from "./undelivered";

const ended = (endedAt: string | null) => ({
  tenantId: "t" as TenantId,
  subscriptionId: "s" as SubscriptionId,
  endedAt: endedAt === null ? null : new Date(endedAt),
});
const february = { periodEnd: new Date("2027-03-10T12:00:00Z") };

test.each([
  ["while it lives", null, false],
  ["within the period", "2027-02-12T12:00:00Z", true],
  ["a second before its end", "2027-03-10T11:59:59Z", true],
  ["at its end: what was delivered stays owed", "2027-03-10T12:00:00Z", false],
  ["after it", "2027-03-11T12:00:00Z", false],
])("a subscription that ends %s", (_, endedAt, undelivered) => {
  expect(isUndelivered(february, ended(endedAt))).toBe(undelivered);
});
