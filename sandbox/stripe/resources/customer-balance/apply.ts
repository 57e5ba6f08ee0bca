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

/** Events tell of a balance as an update of the customer. */
function keepBalance(account: Account, customer: Stripe.Customer, currency: string, balanceMinor: number): void {
  if (customer.currency !== null && customer.currency !== currency) return;
  const updated = account.tables.customers.put({ ...customer, currency, balance: balanceMinor });
  emit(account, "customer.updated", updated, customer);
}

/**
 * Moves a customer's balance and writes down why.
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
  const customer = resolveCustomer(account, customerId);
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
  keepBalance(account, customer, currency, endingMinor);
  return transaction;
}

/**
 * What a balance does to an amount due, without storing anything (previews).
 * @returns what the amount due falls by, minor units; negative when the customer owes from before and it rises
 */
export function balanceFor(balanceMinor: number, amountDueMinor: number): number {
  if (amountDueMinor < 0) return amountDueMinor;
  return balanceMinor < 0 ? Math.min(-balanceMinor, amountDueMinor) : -balanceMinor || 0;
}

/**
 * Uses the customer's balance for an invoice that is being finalized: a credit pays for it, a debt is added to it, and an
 * invoice below zero becomes credit.
 * @param amountDueMinor the invoice's total, minor units
 * @returns what the amount due falls by; `endingBalanceMinor` belongs into the invoice's `ending_balance`
 */
export function applyBalance(
  account: Account,
  customer: Stripe.Customer,
  invoice: Pick<Stripe.Invoice, "id" | "currency">,
  amountDueMinor: number,
): { appliedMinor: number; startingBalanceMinor: number; endingBalanceMinor: number } {
  const startingBalanceMinor = balanceIn(account, customer, invoice.currency);
  const appliedMinor = balanceFor(startingBalanceMinor, amountDueMinor);
  if (appliedMinor !== 0)
    adjustBalance(account, customer.id, appliedMinor, invoice.currency, "applied_to_invoice", { invoice: invoice.id });
  return { appliedMinor, startingBalanceMinor, endingBalanceMinor: startingBalanceMinor + appliedMinor };
}
