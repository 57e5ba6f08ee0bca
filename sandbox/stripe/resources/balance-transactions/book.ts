import type Stripe from "stripe";
import type { Account } from "../../account";
import { newId } from "../../state/ids";
import { addBusinessDays } from "../../time/business-days";
import { expectFunds } from "../payouts/funds";

const SETTLEMENT_BUSINESS_DAYS = 2;
const DAY_MS = 86_400_000;

interface Entry {
  type: Stripe.BalanceTransaction.Type;
  reportingCategory: string;
  amountMinor: number;
  feeMinor: number;
  feeDescription: string | null;
  currency: string;
  source: string;
  description: string | null;
  /** Part of the available balance at once. */
  available: boolean;
}

function availableOn(account: Account, entry: Entry): number {
  if (entry.available) return account.nowUnix();
  const day = addBusinessDays(account.nowMs(), SETTLEMENT_BUSINESS_DAYS);
  return Math.floor(day / DAY_MS) * (DAY_MS / 1000);
}

/** Books money on the account's balance; `amount − fee = net`, minor units. */
export function book(account: Account, entry: Entry): Stripe.BalanceTransaction {
  const fee = {
    amount: entry.feeMinor,
    application: null,
    currency: entry.currency,
    description: entry.feeDescription,
    type: "stripe_fee",
  };
  const row = {
    id: newId("txn"),
    object: "balance_transaction",
    amount: entry.amountMinor,
    available_on: availableOn(account, entry),
    balance_type: "payments",
    created: account.nowUnix(),
    currency: entry.currency,
    description: entry.description,
    exchange_rate: null,
    fee: entry.feeMinor,
    fee_details: entry.feeMinor === 0 ? [] : [fee],
    net: entry.amountMinor - entry.feeMinor,
    reporting_category: entry.reportingCategory,
    source: entry.source,
    status: entry.available ? "available" : "pending",
    type: entry.type,
  } satisfies Stripe.BalanceTransaction;
  expectFunds(account, account.tables.balanceTransactions.put(row));
  return row;
}
