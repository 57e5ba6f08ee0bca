import type Stripe from "stripe";
import type { Account } from "../../account";
import type { Row } from "../../state/table";
import { addBusinessDays } from "../../time/business-days";
import { schedule } from "../../time/work";
import { tellBalance } from "../balance/balance";
import { payOut } from "./payout";

const DAY_MS = 86_400_000;
export const NOT_PAID_OUT = "none";

/** Which payout a balance transaction is part of; its id is the transaction's. */
export interface PayoutItem extends Row {
  payout: string;
}

/** A midnight at which money becomes available; its id is that time in milliseconds. */
export type FundsDay = Row;

/** Money was booked: at the midnight when it is available, or at the next one, it is paid out. */
export function expectFunds(account: Account, row: Stripe.BalanceTransaction): void {
  account.tables.payoutItems.put({ id: row.id, payout: NOT_PAID_OUT });
  if (row.net <= 0) return;
  const nextMidnightMs = Math.floor(addBusinessDays(account.worldMs(), 1) / DAY_MS) * DAY_MS;
  const dueAtMs = Math.max(row.available_on * 1000, nextMidnightMs);
  const id = String(dueAtMs);
  if (account.tables.fundsDays.get(id)) return;
  account.tables.fundsDays.put({ id });
  account.at(null, () => schedule(account, "funds_available", id, dueAtMs));
}

/** Tells that money is available and pays out what there is, currency by currency, as a daily schedule does. */
export function releaseFunds(account: Account, dayId: string): void {
  const { balanceTransactions, fundsDays, payoutItems } = account.tables;
  fundsDays.delete(dayId);
  tellBalance(account);
  if (account.settings.payouts === "manual") return;
  const byCurrency = new Map<string, Stripe.BalanceTransaction[]>();
  for (const { id } of payoutItems.whose("payout", NOT_PAID_OUT).oldestFirst()) {
    const row = balanceTransactions.get(id);
    if (!row || row.available_on > account.nowUnix()) continue;
    byCurrency.set(row.currency, [...(byCurrency.get(row.currency) ?? []), row]);
  }
  for (const [currency, rows] of byCurrency) {
    const amount = rows.reduce((sum, row) => sum + row.net, 0);
    if (amount > 0) payOut(account, currency, amount, rows);
  }
}
