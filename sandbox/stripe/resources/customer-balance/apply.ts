import type Stripe from "stripe";
import type { Account } from "../../account";
import { newId } from "../../state/ids";
import { emit } from "../../webhooks/events";
import { resolveCustomer } from "../payment-methods/attach";

export interface BalanceRefs {
  invoice?: string | null;
  creditNote?: string | null;
  checkoutSession?: string | null;
  description?: string | null;
  metadata?: Stripe.Metadata | null;
}

/** What the customer has in a currency, minor units: negative is a credit, positive is owed. */
export function balanceIn(account: Account, customer: Stripe.Customer, currency: string): number {
  if (customer.currency === null || customer.currency === currency) return customer.balance;
  for (const row of account.tables.customerBalanceTransactions.newestFirst())
    if (row.customer === customer.id && row.currency === currency) return row.ending_balance;
  return 0;
}

/**
 * Moves a customer's balance and writes down why, without telling anybody.
 * @param amountMinor negative gives credit, positive takes it; minor units of `currency`
 */
export function moveBalance(
  account: Account,
  customer: Stripe.Customer,
  amountMinor: number,
  currency: string,
  type: Stripe.CustomerBalanceTransaction.Type,
  refs: BalanceRefs = {},
): { transaction: Stripe.CustomerBalanceTransaction; customer: Stripe.Customer } {
  const endingMinor = balanceIn(account, customer, currency) + amountMinor;
  const transaction = account.tables.customerBalanceTransactions.put({
    id: newId("cbtxn"),
    object: "customer_balance_transaction",
    amount: amountMinor,
    checkout_session: refs.checkoutSession ?? null,
    created: account.nowUnix(),
    credit_note: refs.creditNote ?? null,
    currency,
    customer: customer.id,
    customer_account: null,
    description: refs.description ?? null,
    ending_balance: endingMinor,
    invoice: refs.invoice ?? null,
    livemode: false,
    metadata: refs.metadata ?? {},
    type,
  } satisfies Stripe.CustomerBalanceTransaction);
  const own = customer.currency === null || customer.currency === currency;
  const moved = own ? account.tables.customers.put({ ...customer, currency, balance: endingMinor }) : customer;
  return { transaction, customer: moved };
}

/**
 * Moves a customer's balance; events tell of it as an update of the customer.
 * @param amountMinor negative gives credit, positive takes it; minor units of `currency`
 * @throws StripeFailure 404 when the customer is gone
 */
export function adjustBalance(
  account: Account,
  customerId: string,
  amountMinor: number,
  currency: string,
  type: Stripe.CustomerBalanceTransaction.Type,
  refs: BalanceRefs = {},
): Stripe.CustomerBalanceTransaction {
  const before = resolveCustomer(account, customerId);
  const { transaction, customer } = moveBalance(account, before, amountMinor, currency, type, refs);
  if (customer !== before) emit(account, "customer.updated", customer, before);
  return transaction;
}

/**
 * What a balance does to an amount due, without storing anything (previews).
 * @returns what the amount due falls by, minor units; negative when the customer owes from before and it rises
 */
export function balanceFor(balanceMinor: number, amountDueMinor: number): number {
  // What is owed to the customer goes into the balance, unless the customer owes more from before.
  if (amountDueMinor < 0 && amountDueMinor + balanceMinor <= 0) return amountDueMinor;
  return balanceMinor < 0 ? Math.min(-balanceMinor, amountDueMinor) : -balanceMinor || 0;
}
