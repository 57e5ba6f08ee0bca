import type { Account } from "../account";
import { newId } from "../state/ids";
import type { Row } from "../state/table";

export type WorkKind =
  | "authorization_expires"
  | "balance_told"
  | "balance_transaction_ready"
  | "bank_debit_settles"
  | "bank_debit_returned"
  | "card_dispute_opens"
  | "credit_grant_expires"
  | "discount_ends"
  | "checkout_session_expires"
  | "dispute_expires"
  | "funds_available"
  | "invoice_collects"
  | "invoice_due"
  | "invoice_due_soon"
  | "invoice_finalizes"
  | "invoice_overdue"
  | "microdeposits_fail"
  | "microdeposits_expire"
  | "payout_arrives"
  | "payout_sent"
  | "refund_fails"
  | "refund_succeeds"
  | "subscription_wakes"
  | "tax_id_verified"
  | "test_clock_expires";

const PROMPT: readonly WorkKind[] = ["balance_transaction_ready", "card_dispute_opens"];

/** Something that happens by itself when its time has come. */
export interface Work extends Row {
  kind: WorkKind;
  /** Id of the object it happens to. */
  subject: string;
  /** In milliseconds of the clock it belongs to. */
  dueAtMs: number;
  /** The test clock it belongs to; null for the moved clock of the account. */
  clock: string | null;
}

/** It belongs to the clock by which it is scheduled. */
export function schedule(account: Account, kind: WorkKind, subject: string, dueAtMs: number): Work {
  const work = account.tables.work.put({ id: newId("work"), kind, subject, dueAtMs, clock: account.clock });
  account.agenda.add(work);
  return work;
}

/** Something a bank does within seconds, which nobody moves a test clock for. */
export function isPrompt(work: Work): boolean {
  return PROMPT.includes(work.kind);
}
