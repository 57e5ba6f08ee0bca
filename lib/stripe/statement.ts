import Stripe from "stripe";
import { env } from "@/lib/env";
import type { PaymentIntentId, StripeCustomerId } from "@/lib/ids";
import { type Currency, toCurrency } from "@/lib/money/currency";
import { type Minor, toMinor } from "@/lib/money/minor";
import { stripe } from "./client";
import { type DisputeSnapshot, snapshotOfDispute } from "./disputes";
import { type RefundSnapshot, snapshotOfRefund } from "./refunds";

/** A payment that Stripe has taken, or is taking: its last charge that did not fail. */
export type StripePayment = {
  /** The intent's id; of a charge made without one, the charge's. */
  paymentId: PaymentIntentId;
  status: "succeeded" | "pending" | "failed";
  amountMinor: Minor;
  currency: Currency;
  customerId: StripeCustomerId | null;
  /** `evenkeel_purpose` of its metadata. */
  purpose: string | null;
  /** The fee that it was made with, from its metadata. */
  feeMinor: Minor | null;
  createdAt: Date;
};

export type Statement = { payments: StripePayment[]; refunds: RefundSnapshot[]; disputes: DisputeSnapshot[] };

type Range = { from: Date; to: Date };

const idOf = (value: string | { id: string } | null | undefined): string | null =>
  typeof value === "string" ? value : (value?.id ?? null);
const seconds = (at: Date) => Math.floor(at.getTime() / 1000);
const listed = ({ from, to }: Range) => ({ created: { gte: seconds(from), lt: seconds(to) }, limit: 100 });

async function all<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const one of pages) found.push(one);
  return found;
}

const RANK = { failed: 0, pending: 1, succeeded: 2 };

function statusOf({ status, captured }: Stripe.Charge): StripePayment["status"] {
  if (status === "failed") return "failed";
  // What is only reserved on a card is no payment.
  return status === "succeeded" && captured ? "succeeded" : "pending";
}

function paymentOf(charge: Stripe.Charge): StripePayment {
  const intent = charge.payment_intent;
  const paymentId = (idOf(intent) ?? charge.id) as PaymentIntentId;
  const metadata = { ...charge.metadata, ...(intent && typeof intent !== "string" ? intent.metadata : {}) };
  const fee = metadata.evenkeel_fee_minor;
  return {
    paymentId,
    status: statusOf(charge),
    amountMinor: toMinor(charge.captured ? charge.amount_captured : charge.amount),
    currency: toCurrency(charge.currency),
    customerId: idOf(charge.customer) as StripeCustomerId | null,
    purpose: metadata.evenkeel_purpose ?? null,
    feeMinor: fee && /^\d{1,15}$/.test(fee) ? toMinor(Number(fee)) : null,
    createdAt: new Date(charge.created * 1000),
  };
}

/** One payment for each intent: what it came to in the end. */
function best(payments: StripePayment[]): StripePayment[] {
  const found = new Map<string, StripePayment>();
  for (const one of payments) {
    const other = found.get(one.paymentId);
    if (!other || RANK[one.status] > RANK[other.status]) found.set(one.paymentId, one);
  }
  return [...found.values()];
}

/**
 * What Stripe has written down in a time: payments, refunds and disputes, in whole pages with what is needed of each, so that
 * nothing has to be asked one by one.
 * @param range from the first instant on, before the second @throws Stripe's errors
 */
export async function readStatement(range: Range): Promise<Statement> {
  const [charges, refunds, disputes] = await Promise.all([
    all(stripe().charges.list({ ...listed(range), expand: ["data.payment_intent"] })),
    all(stripe().refunds.list(listed(range))),
    all(stripe().disputes.list(listed(range))),
  ]);
  return {
    payments: best(charges.map(paymentOf)),
    refunds: refunds.map(snapshotOfRefund),
    disputes: disputes.map(snapshotOfDispute).filter((one) => one !== null),
  };
}

async function orMissing<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError && error.code === "resource_missing") return null;
    throw error;
  }
}

/** One payment, asked for by itself; null: Stripe has never heard of it. @throws Stripe's errors */
export async function fetchPayment(paymentId: PaymentIntentId): Promise<StripePayment | null> {
  const expand = ["latest_charge"];
  const intent = await orMissing(stripe().paymentIntents.retrieve(paymentId, { expand }));
  if (!intent) return null;
  const charge = intent.latest_charge;
  if (charge && typeof charge !== "string") return paymentOf({ ...charge, payment_intent: intent });
  return {
    paymentId,
    status: "failed",
    amountMinor: toMinor(intent.amount),
    currency: toCurrency(intent.currency),
    customerId: idOf(intent.customer) as StripeCustomerId | null,
    purpose: intent.metadata?.evenkeel_purpose ?? null,
    feeMinor: null,
    createdAt: new Date(intent.created * 1000),
  };
}

/** One refund, asked for by itself; null: Stripe has never heard of it. @throws Stripe's errors */
export async function fetchRefundIfAny(stripeRefundId: string): Promise<RefundSnapshot | null> {
  const refund = await orMissing(stripe().refunds.retrieve(stripeRefundId));
  return refund && snapshotOfRefund(refund);
}

/** Money in and out as Stripe's balance has it, by currency and kind; `fees` is what Stripe keeps. @throws Stripe's errors */
export async function sumBalance(range: Range): Promise<Record<string, Record<string, number>>> {
  const sums: Record<string, Record<string, number>> = {};
  for await (const row of stripe().balanceTransactions.list(listed(range))) {
    // What is paid out to the bank is not moved between the customers and us.
    if (row.type.startsWith("payout")) continue;
    const currency = row.currency.toUpperCase();
    sums[currency] ??= {};
    const sum = sums[currency];
    sum[row.reporting_category] = (sum[row.reporting_category] ?? 0) + row.amount;
    sum.fees = (sum.fees ?? 0) - row.fee;
    sum.net = (sum.net ?? 0) + row.net;
  }
  return sums;
}

/** Mode and account, as the publishable key begins: a new key of the same account begins alike. */
export const accountName = (): string => env().STRIPE_PUBLISHABLE_KEY.slice(0, 24);
