import { expect, test } from "vitest";
import type { SubscriptionRow } from "./end";
import { noticeOfChange, UNPAID } from "./tell-change";

const END = new Date("2027-02-10T12:00:00Z");
const row = {
  plan: "starter",
  status: "active",
  currentPeriodEnd: END,
  cancelAt: null,
  cancelReason: null,
  endedAt: null,
} as SubscriptionRow;
const incomplete: SubscriptionRow = { ...row, status: "incomplete" };
const ended: SubscriptionRow = { ...row, status: "canceled", endedAt: END };
const at = END.toISOString();

test("a plan that begins is told once its first payment is through", () => {
  const started = { kind: "subscription_started", params: { plan: "starter", at } };
  expect(noticeOfChange(null, row)).toEqual(started);
  expect(noticeOfChange(null, { ...row, status: "trialing" })).toEqual(started);
  expect(noticeOfChange(null, incomplete)).toBeNull();
  expect(noticeOfChange(incomplete, row)).toEqual(started);
  expect(noticeOfChange(row, row)).toBeNull();
});

test("another plan is told with the one before; another price of the same plan is not", () => {
  expect(noticeOfChange(row, { ...row, plan: "enterprise" })).toEqual({
    kind: "subscription_changed",
    params: { plan: "enterprise", from: "starter", at },
  });
  expect(noticeOfChange(row, { ...row, billingCycle: "yearly" })).toBeNull();
});

test("an end is told when it is decided and when it comes, and not when it is taken back", () => {
  const ending = { ...row, cancelAt: END };
  expect(noticeOfChange(row, ending)).toEqual({ kind: "subscription_ending", params: { plan: "starter", at } });
  expect(noticeOfChange(ending, ending)).toBeNull();
  expect(noticeOfChange(ending, row)).toBeNull();
  expect(noticeOfChange(ending, { ...ended, cancelAt: END })).toEqual({
    kind: "subscription_ended",
    params: { plan: "starter", at },
  });
  expect(noticeOfChange(ended, ended)).toBeNull();
});

test("the end of dunning and of a first payment that never came have mails of their own, or none", () => {
  expect(noticeOfChange(row, { ...ended, cancelReason: UNPAID })).toBeNull();
  expect(noticeOfChange(incomplete, { ...ended, status: "incomplete_expired" })).toBeNull();
});
