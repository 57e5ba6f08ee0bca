import { expect, test } from "vitest";
import type { PaymentIntentId, StripeCustomerId, TenantId } from "@/lib/ids";
import { toCurrency } from "@/lib/money/currency";
import { toMinor } from "@/lib/money/minor";
import type { RefundSnapshot } from "@/lib/stripe/refunds";
import type { StripePayment } from "@/lib/stripe/statement";
import { decide } from "./decide";
import type { Credit, OurRefund, OurSide, StripeSide } from "./sides";

const NOW = new Date("2026-11-22T12:00:00Z");
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);
const USD = toCurrency("USD");
const ACME = "acme" as TenantId;

const payment = (more: Partial<StripePayment> = {}): StripePayment => ({
  paymentId: "pi_1" as PaymentIntentId,
  status: "succeeded",
  amountMinor: toMinor(66_885),
  currency: USD,
  customerId: "cus_acme" as StripeCustomerId,
  purpose: "recharge",
  feeMinor: toMinor(1_885),
  createdAt: ago(60),
  ...more,
});
const credit = (more: Partial<Credit> = {}): Credit => ({
  tenantId: ACME,
  kind: "recharge",
  paymentId: "pi_1" as PaymentIntentId,
  amountMinor: toMinor(66_885),
  feeMinor: toMinor(1_885),
  currency: USD,
  createdAt: ago(60),
  listedMinor: toMinor(66_885),
  listedStatus: "succeeded",
  ...more,
});
const refund = (more: Partial<RefundSnapshot> = {}): RefundSnapshot => ({
  stripeRefundId: "re_1",
  paymentIntentId: "pi_1" as PaymentIntentId,
  refundId: null,
  amountMinor: toMinor(1_000),
  currency: USD,
  state: "succeeded",
  failureReason: null,
  createdAt: ago(60),
  ...more,
});
const ourRefund = (more: Partial<OurRefund> = {}): OurRefund => ({
  tenantId: ACME,
  refundId: "r1",
  stripeRefundId: "re_1",
  state: "succeeded",
  amountMinor: toMinor(1_000),
  currency: USD,
  createdAt: ago(60),
  ...more,
});

function found(ours: Partial<OurSide>, stripe: Partial<StripeSide>) {
  const tenants = new Map([["cus_acme" as StripeCustomerId, ACME]]);
  const side = { payments: [], refunds: [], disputes: [] };
  const asked = { askedPayments: new Map(), askedRefunds: new Map(), invoiceOf: new Map() };
  return decide(
    { credits: [], refunds: [], disputes: [], waiting: [], tenants, ...ours },
    { ...side, ...asked, ...stripe },
    NOW,
  ).map((one) => [one.class, one.repair?.kind ?? null]);
}

test("the same on both sides is no difference", () => {
  expect(
    found({ credits: [credit()], refunds: [ourRefund()] }, { payments: [payment()], refunds: [refund()] }),
  ).toEqual([]);
});

test("what Stripe has just done may be on its way", () => {
  expect(found({}, { payments: [payment({ createdAt: ago(14) })] })).toEqual([]);
  expect(found({}, { payments: [payment({ createdAt: ago(15) })] })).toEqual([["paid_not_credited", "settle_payment"]]);
  expect(found({ credits: [credit()] }, { payments: [payment()], refunds: [refund({ createdAt: ago(1) })] })).toEqual(
    [],
  );
});

test("a bank debit that is under way is credited nothing; one that was credited already is not paid", () => {
  expect(found({}, { payments: [payment({ status: "pending" })] })).toEqual([]);
  expect(found({ credits: [credit()] }, { payments: [payment({ status: "pending" })] })).toEqual([
    ["credited_not_paid", null],
  ]);
});

test("a credit older than the lists is judged by the payment that was asked for", () => {
  const credits = [credit()];
  expect(found({ credits }, { askedPayments: new Map([["pi_1", payment()]]) })).toEqual([]);
  expect(found({ credits }, { askedPayments: new Map([["pi_1", null]]) })).toEqual([["credited_not_paid", null]]);
});

test("without a purpose it is an invoice's when one names it, else nobody knows what for", () => {
  const payments = [payment({ purpose: null })];
  expect(found({}, { payments, invoiceOf: new Map([["pi_1", "in_1"]]) })).toEqual([
    ["paid_not_credited", "sync_invoice"],
  ]);
  expect(found({}, { payments })).toEqual([["purpose_unknown", null]]);
});

test("of somebody who is no customer the payment is told of, its refund not as well", () => {
  const payments = [payment({ customerId: null })];
  expect(found({}, { payments, refunds: [refund()] })).toEqual([["customer_unknown", null]]);
});

test("a refund of ours without Stripe's name is found by our own", () => {
  const refunds = [ourRefund({ stripeRefundId: null, state: "unknown" })];
  expect(
    found({ credits: [credit()], refunds }, { payments: [payment()], refunds: [refund({ refundId: "r1" })] }),
  ).toEqual([]);
  expect(found({ credits: [credit()], refunds }, { payments: [payment()] })).toEqual([]);
});

test("a refund that failed at Stripe alone is undone here; one that failed here alone is shown", () => {
  const both = { credits: [credit()] };
  const payments = [payment()];
  expect(found({ ...both, refunds: [ourRefund()] }, { payments, refunds: [refund({ state: "failed" })] })).toEqual([
    ["refund_differs", "sync_refund"],
  ]);
  expect(found({ ...both, refunds: [ourRefund({ state: "failed" })] }, { payments, refunds: [refund()] })).toEqual([
    ["refund_differs", null],
  ]);
});

test("a bank that only asks has moved nothing", () => {
  const dispute = {
    disputeId: "du_1",
    paymentIntentId: "pi_1",
    amountMinor: toMinor(66_885),
    currency: USD,
    createdAt: ago(60),
  };
  const sides = (state: "inquiry" | "open") =>
    found({ credits: [credit()] }, { payments: [payment()], disputes: [{ ...dispute, state }] });
  expect(sides("inquiry")).toEqual([]);
  expect(sides("open")).toEqual([["dispute_missing", null]]);
});
