import { now } from "@/lib/clock";
import { invoiceOfIntent } from "@/lib/stripe/invoices";
import type { RefundSnapshot } from "@/lib/stripe/refunds";
import {
  fetchPayment,
  fetchRefundIfAny,
  readStatement,
  type Statement,
  type StripePayment,
} from "@/lib/stripe/statement";
import { type Difference, decide, ownerOf, uncreditedPayments } from "./decide";
import { readOurs } from "./read-ours";
import { repairAll } from "./repair";
import type { OurSide, StripeSide } from "./sides";

export type Comparison = {
  found: Difference[];
  /** Of what was found: what is so no more after the repairs, by subject. */
  repaired: ReadonlySet<string>;
  errors: ReadonlyMap<string, string>;
  compared: { payments: number; refunds: number; disputes: number };
};

/** Stripe lists what was begun in a time, the ledger what was credited in it: so far apart can the two be. */
const BEGUN_BEFORE_MS = 10 * 86_400_000;
/** What no list has is asked for one by one; more of it at once is a wrong account or a lost database, not a difference. */
const MOST_ASKED = 500;

/** One by one what no list tells: what is here and may be older or not there at all, and which invoice a payment is for. */
async function ask(ours: OurSide, said: Statement, at: Date): Promise<StripeSide> {
  const payments = new Set<string>(said.payments.map((one) => one.paymentId));
  const refunds = new Set(said.refunds.map((one) => one.stripeRefundId));
  const unlisted = [...new Set(ours.credits.map((one) => one.paymentId))].filter((id) => !payments.has(id));
  const unlistedRefunds = ours.refunds.flatMap(({ stripeRefundId: id }) => (id && !refunds.has(id) ? [id] : []));
  const unknown = uncreditedPayments(ours, said.payments, at).filter(
    (one) => one.purpose !== "recharge" && ownerOf(ours, one),
  );
  const count = unlisted.length + unlistedRefunds.length + unknown.length;
  if (count > MOST_ASKED) throw new Error(`${count} payments and refunds are on one side only`);
  const askedPayments = new Map<string, StripePayment | null>();
  for (const id of unlisted) askedPayments.set(id, await fetchPayment(id));
  const askedRefunds = new Map<string, RefundSnapshot | null>();
  for (const id of unlistedRefunds) askedRefunds.set(id, await fetchRefundIfAny(id));
  const invoiceOf = new Map<string, string | null>();
  for (const one of unknown) invoiceOf.set(one.paymentId, await invoiceOfIntent(one.paymentId));
  return { ...said, askedPayments, askedRefunds, invoiceOf };
}

/**
 * Compares what Stripe has with what is here, repairs what is safe, and compares again.
 * @param range what happened from the first instant on, before the second
 * @throws Stripe's errors: then nothing is known
 */
export async function compare(range: { from: Date; to: Date }): Promise<Comparison> {
  const at = now();
  const said = await readStatement({ ...range, from: new Date(range.from.getTime() - BEGUN_BEFORE_MS) });
  const ours = await readOurs(range, said, at);
  const stripe = await ask(ours, said, at);
  const found = decide(ours, stripe, at);
  const errors = await repairAll(found);
  const tried = found.some((one) => one.repair !== null);
  const left = tried ? decide(await readOurs(range, said, at), stripe, at) : found;
  const still = new Set(left.map((one) => one.subjectId));
  const known = new Set(found.map((one) => one.subjectId));
  return {
    // A repair may bring to light what could not be seen before: a payment that is credited now, with another fee.
    found: [...found, ...left.filter((one) => !known.has(one.subjectId))],
    repaired: new Set(found.filter((one) => !still.has(one.subjectId)).map((one) => one.subjectId)),
    errors,
    compared: { payments: said.payments.length, refunds: said.refunds.length, disputes: said.disputes.length },
  };
}
