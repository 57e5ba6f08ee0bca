import type Stripe from "stripe";
import type { Account } from "../../account";
import { signedAmount } from "./transactions";

type Grant = Stripe.Billing.CreditGrant;

/** What is left of a grant now, minor units; nothing before its effective date. */
export function remainingOf(account: Account, grant: Grant): number {
  const at = account.nowUnix();
  let remaining = 0;
  for (const transaction of account.tables.creditTransactions.whose("credit_grant", grant.id).oldestFirst()) {
    if (transaction.effective_at <= at) remaining += signedAmount(transaction);
  }
  return remaining;
}

export function isUsed(account: Account, grant: Grant): boolean {
  for (const transaction of account.tables.creditTransactions.whose("credit_grant", grant.id).oldestFirst())
    if (transaction.debit?.type === "credits_applied") return true;
  return false;
}

/** Effective, neither voided nor expired. */
export function isInForce(account: Account, grant: Grant): boolean {
  const at = account.nowUnix();
  const expired = grant.expires_at !== null && grant.expires_at <= at;
  return grant.voided_at === null && !expired && (grant.effective_at ?? 0) <= at;
}

/** Whether a grant may pay for a metered price. */
export function appliesTo(grant: Grant, priceId: string): boolean {
  const { price_type: type, prices } = grant.applicability_config.scope;
  return type === "metered" || (prices ?? []).some((price) => price.id === priceId);
}

const LAST = Number.POSITIVE_INFINITY;

/** Which of two grants is used first. @see https://docs.stripe.com/billing/subscriptions/usage-based/billing-credits */
function order(a: Grant, b: Grant): number {
  return (
    (a.priority ?? 50) - (b.priority ?? 50) ||
    (a.expires_at === b.expires_at ? 0 : (a.expires_at ?? LAST) - (b.expires_at ?? LAST)) ||
    Number(a.category !== "promotional") - Number(b.category !== "promotional") ||
    (a.effective_at ?? 0) - (b.effective_at ?? 0) ||
    a.created - b.created
  );
}

/** A customer's grants that are in force, in the order in which they are used. */
export function grantsInForce(account: Account, customerId: string): Grant[] {
  return [...account.tables.creditGrants.whose("customer", customerId).oldestFirst()]
    .filter((grant) => isInForce(account, grant))
    .sort(order);
}
