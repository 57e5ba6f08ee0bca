import type Stripe from "stripe";
import type { Account } from "../../account";
import { emit } from "../../webhooks/events";
import { presentBalanceTransaction } from "../balance-transactions/present";
import { ACCOUNT_CURRENCY } from "../bank-accounts/payout-account";

type SourceType = "card" | "bank_account";

/** Where the money of a row came from; payouts and what has no source are counted with the cards, as Stripe does. */
function sourceTypeOf(account: Account, row: Stripe.BalanceTransaction): SourceType {
  const { charges, refunds } = account.tables;
  const source = String(row.source);
  const charge = charges.get(source) ?? charges.get(String(refunds.get(source)?.charge));
  return charge?.payment_method_details?.type === "us_bank_account" ? "bank_account" : "card";
}

interface Sum {
  amount: number;
  currency: string;
  source_types: Partial<Record<SourceType, number>>;
}

class Sums {
  private readonly byCurrency = new Map<string, Sum>();

  add(currency: string, amountMinor: number, type: SourceType): void {
    const sum = this.byCurrency.get(currency) ?? { amount: 0, currency, source_types: {} };
    sum.amount += amountMinor;
    sum.source_types[type] = (sum.source_types[type] ?? 0) + amountMinor;
    this.byCurrency.set(currency, sum);
  }

  all(): Sum[] {
    return [...this.byCurrency.values()];
  }
}

/** What the account could pay out now, and what is on its way to it. Minor units. */
export function readBalance(account: Account): Stripe.Balance {
  const available = new Sums();
  const pending = new Sums();
  for (const sums of [available, pending]) sums.add(ACCOUNT_CURRENCY, 0, "card");
  for (const row of account.tables.balanceTransactions.oldestFirst()) {
    const shown = presentBalanceTransaction(account, row);
    const type = sourceTypeOf(account, row);
    const [into, other] = shown.status === "available" ? [available, pending] : [pending, available];
    into.add(row.currency, row.net, type);
    other.add(row.currency, 0, type);
  }
  return {
    object: "balance",
    available: available.all(),
    livemode: false,
    pending: pending.all(),
    refund_and_dispute_prefunding: {
      available: [{ amount: 0, currency: ACCOUNT_CURRENCY, source_types: {} }],
      pending: [{ amount: 0, currency: ACCOUNT_CURRENCY, source_types: {} }],
    },
  } satisfies Stripe.Balance;
}

/** Tells what is available now. */
export function tellBalance(account: Account): void {
  emit(account, "balance.available", readBalance(account));
}

/** What could be paid out now in a currency, minor units. */
export function availableMinor(account: Account, currency: string): number {
  return readBalance(account).available.find((sum) => sum.currency === currency)?.amount ?? 0;
}
