import type Stripe from "stripe";
import type { Account } from "../../account";

/** A balance transaction as it is now: pending until the day its money is available. */
export function presentBalanceTransaction(account: Account, row: Stripe.BalanceTransaction): Stripe.BalanceTransaction {
  return row.status === "pending" && row.available_on <= account.nowUnix() ? { ...row, status: "available" } : row;
}
