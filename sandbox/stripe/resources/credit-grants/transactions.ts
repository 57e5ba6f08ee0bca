import type Stripe from "stripe";
import type { Account } from "../../account";
import { newId } from "../../state/ids";
import { emit } from "../../webhooks/events";

type Grant = Stripe.Billing.CreditGrant;
type Transaction = Stripe.Billing.CreditBalanceTransaction;

/** An invoice line that credits were used for. */
export interface CreditedLine {
  invoice: string;
  invoice_line_item: string;
}

export function grantIdOf(transaction: Transaction): string {
  return typeof transaction.credit_grant === "string" ? transaction.credit_grant : transaction.credit_grant.id;
}

/** Signed minor units: credits are positive. */
export function signedAmount(transaction: Transaction): number {
  return (transaction.credit?.amount.monetary?.value ?? 0) - (transaction.debit?.amount.monetary?.value ?? 0);
}

function amountOf(grant: Grant, value: number): Stripe.Billing.CreditBalanceTransaction.Credit.Amount {
  return { monetary: { currency: grant.amount.monetary?.currency ?? "", value }, type: "monetary" };
}

function record(account: Account, grant: Grant, members: Partial<Transaction>): Transaction {
  const transaction = {
    id: newId("cbtxn_test"),
    object: "billing.credit_balance_transaction",
    created: account.nowUnix(),
    credit: null,
    credit_grant: grant.id,
    debit: null,
    effective_at: account.nowUnix(),
    livemode: false,
    test_clock: grant.test_clock,
    type: null,
    ...members,
  } satisfies Transaction;
  account.tables.creditTransactions.put(transaction);
  emit(account, "billing.credit_balance_transaction.created", transaction);
  return transaction;
}

/** Gives the credits of a new grant, from its effective date on. */
export function recordGrant(account: Account, grant: Grant): Transaction {
  return record(account, grant, {
    credit: {
      amount: amountOf(grant, grant.amount.monetary?.value ?? 0),
      credits_application_invoice_voided: null,
      type: "credits_granted",
    },
    effective_at: grant.effective_at ?? account.nowUnix(),
    type: "credit",
  });
}

/** Gives back what a voided invoice had used. @param value minor units */
export function recordReinstatement(account: Account, grant: Grant, value: number, line: CreditedLine): Transaction {
  return record(account, grant, {
    credit: {
      amount: amountOf(grant, value),
      credits_application_invoice_voided: line,
      type: "credits_application_invoice_voided",
    },
    type: "credit",
  });
}

/** Takes credits away. @param value minor units @param line what they were used for, when they were */
export function recordDebit(
  account: Account,
  grant: Grant,
  value: number,
  why: "credits_applied" | "credits_expired" | "credits_voided",
  line: CreditedLine | null = null,
): Transaction {
  return record(account, grant, {
    debit: { amount: amountOf(grant, value), credits_applied: line, type: why },
    type: "debit",
  });
}
