import { and, asc, eq, inArray, lte } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { refunds } from "@/db/schema";
import { now } from "@/lib/clock";
import { log } from "@/lib/log";
import { LEASE_MS } from "@/lib/recharge/claim";
import { fetchRefund, listRefunds, type RefundOutcome } from "@/lib/stripe/refunds";
import { askForRefund } from "./refund";
import { lockPayment, type RefundRow, type TransactionRow } from "./refund-rows";
import { recordRefundOutcome } from "./settle-refund";

/** Stripe may forget an idempotency key after 24 hours; an hour earlier it is not sent again. */
const KEY_TRUSTED_MS = 23 * 3_600_000;
const UNRESOLVED = ["started", "pending", "unknown"] as const;

/** Takes over a refund whose lease has ended: the WHERE is the lock. */
async function takeOver(refund: RefundRow): Promise<boolean> {
  const at = now();
  const rows = await systemDb()
    .update(refunds)
    .set({ leaseUntil: new Date(at.getTime() + LEASE_MS) })
    .where(
      and(
        eq(refunds.tenantId, refund.tenantId),
        eq(refunds.refundId, refund.refundId),
        inArray(refunds.state, [...UNRESOLVED]),
        lte(refunds.leaseUntil, at),
      ),
    )
    .returning({ refundId: refunds.refundId });
  return rows.length > 0;
}

const ABANDONED: RefundOutcome = { kind: "rejected", code: "abandoned", message: "never made at Stripe" };

/** What Stripe lists of it; null: nothing. */
async function lookUp(refund: RefundRow, { stripePaymentIntentId }: TransactionRow): Promise<RefundOutcome | null> {
  const made = stripePaymentIntentId ? await listRefunds(stripePaymentIntentId) : [];
  const found = made.find(({ refundId }) => refundId === refund.refundId);
  return found ? { kind: "refund", refund: found } : null;
}

async function findOut(refund: RefundRow): Promise<RefundOutcome> {
  if (refund.stripeRefundId) return { kind: "refund", refund: await fetchRefund(refund.stripeRefundId) };
  const payment = await systemDb().transaction((tx) => lockPayment(tx, refund.tenantId, refund.transactionId));
  const found = await lookUp(refund, payment);
  if (found) return found;
  if (now().getTime() - refund.createdAt.getTime() >= KEY_TRUSTED_MS) return ABANDONED;
  const outcome = await askForRefund(refund, payment);
  // A stored error comes back for a day. Stripe is done with the request: what it does not list now came to nothing.
  return outcome.kind === "unknown" && outcome.replayed ? ((await lookUp(refund, payment)) ?? ABANDONED) : outcome;
}

/** Asks Stripe what became of refunds that nobody has heard of. @returns how many were looked at */
export async function resolveRefunds(limit: number): Promise<number> {
  const due = await systemDb()
    .select()
    .from(refunds)
    .where(and(inArray(refunds.state, [...UNRESOLVED]), lte(refunds.leaseUntil, now())))
    .orderBy(asc(refunds.leaseUntil))
    .limit(limit);
  for (const refund of due) {
    if (!(await takeOver(refund))) continue;
    const { tenantId, refundId } = refund;
    await findOut(refund)
      .then((outcome) => recordRefundOutcome(tenantId, refundId, outcome))
      .catch((error) => log().warn({ err: error, tenantId, refundId }, "refund not resolved yet"));
  }
  return due.length;
}

/** When the next one is due to be asked about; null: there is none. */
export async function nextRefundCheckAt(): Promise<Date | null> {
  const [row] = await systemDb()
    .select({ at: refunds.leaseUntil })
    .from(refunds)
    .where(inArray(refunds.state, [...UNRESOLVED]))
    .orderBy(asc(refunds.leaseUntil))
    .limit(1);
  return row?.at ?? null;
}
