import { nextCreditWithdrawalAt, withdrawCredits } from "@/lib/subscriptions/withdraw-credit";
import { nextRefundCheckAt, resolveRefunds } from "@/lib/transactions/resolve-refunds";
import { nextFinalizeAt, resumeFinalizing } from "./finalize";
import { nextNoteCheckAt, resolveNotes } from "./issue-credit-note";
import { nextPaymentCheckAt, resolvePayments } from "./resolve-payments";
import { nextWithdrawAt, withdrawInvoices } from "./withdraw";

const BATCH = 200;

export type Resolved = {
  payments: number;
  refunds: number;
  notes: number;
  finalizing: number;
  withdrawn: number;
  credits: number;
};

/**
 * Finds out what became of whatever nobody has heard of: payments, refunds, credit notes, invoices half made; and takes back what a
 * subscription that has ended left behind.
 */
export async function resolveInvoices(): Promise<Resolved> {
  const { settled, open } = await resolvePayments(BATCH);
  return {
    payments: settled + open,
    refunds: await resolveRefunds(BATCH),
    notes: await resolveNotes(BATCH),
    finalizing: await resumeFinalizing(BATCH),
    withdrawn: await withdrawInvoices(BATCH),
    credits: await withdrawCredits(BATCH),
  };
}

/** When the next of them is due to be asked about; null: there is none. */
export async function nextResolveAt(): Promise<Date | null> {
  const all = await Promise.all([
    nextPaymentCheckAt(),
    nextRefundCheckAt(),
    nextNoteCheckAt(),
    nextFinalizeAt(),
    nextWithdrawAt(),
    nextCreditWithdrawalAt(),
  ]);
  const times = all.flatMap((at) => (at ? [at.getTime()] : []));
  return times.length > 0 ? new Date(Math.min(...times)) : null;
}
