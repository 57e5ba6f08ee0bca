import type { Account } from "../account";
import { newId } from "../state/ids";
import type { Row } from "../state/table";

export type WorkKind =
  | "balance_transaction_ready"
  | "bank_debit_settles"
  | "bank_debit_returned"
  | "card_dispute_opens"
  | "dispute_expires"
  | "microdeposits_fail"
  | "microdeposits_expire"
  | "refund_fails"
  | "refund_succeeds";

/** Something that happens by itself when its time has come. */
export interface Work extends Row {
  kind: WorkKind;
  /** Id of the object it happens to. */
  subject: string;
  /** In milliseconds of the moved clock. */
  dueAtMs: number;
}

export function schedule(account: Account, kind: WorkKind, subject: string, dueAtMs: number): void {
  account.tables.work.put({ id: newId("work"), kind, subject, dueAtMs });
}
