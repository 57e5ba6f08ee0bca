import type Stripe from "stripe";
import type { Account } from "../../account";
import { appliesTo, grantsInForce, remainingOf } from "./balance";
import { type CreditedLine, grantIdOf, recordDebit, recordReinstatement } from "./transactions";

/** A line of an invoice that credits might pay for. */
export interface CreditableLine {
  /** `il_…` */
  id: string;
  /** A price with a meter; null for every other line, which credits never pay. */
  meteredPrice: string | null;
  /** Minor units, after discounts and before tax. */
  amountMinor: number;
}

export interface AppliedCredit {
  line: string;
  amountMinor: number;
  transaction: string;
}

/**
 * Uses a customer's credits for the metered lines of an invoice that is being finalised, before tax: grants in their order,
 * lines in theirs.
 * @see https://docs.stripe.com/billing/subscriptions/usage-based/billing-credits
 */
export function applyCredits(
  account: Account,
  invoice: { id: string; customer: string; currency: string },
  lines: readonly CreditableLine[],
): AppliedCredit[] {
  const applied: AppliedCredit[] = [];
  const open = new Map(lines.map((line) => [line.id, line.amountMinor]));
  for (const grant of grantsInForce(account, invoice.customer)) {
    if (grant.amount.monetary?.currency !== invoice.currency) continue;
    let left = remainingOf(account, grant);
    for (const line of lines) {
      const amountMinor = Math.min(left, open.get(line.id) ?? 0);
      if (amountMinor <= 0 || line.meteredPrice === null || !appliesTo(grant, line.meteredPrice)) continue;
      const used: CreditedLine = { invoice: invoice.id, invoice_line_item: line.id };
      const transaction = recordDebit(account, grant, amountMinor, "credits_applied", used);
      applied.push({ line: line.id, amountMinor, transaction: transaction.id });
      open.set(line.id, (open.get(line.id) ?? 0) - amountMinor);
      left -= amountMinor;
    }
  }
  return applied;
}

function usedBy(transaction: Stripe.Billing.CreditBalanceTransaction, invoiceId: string): CreditedLine | null {
  const used = transaction.debit?.credits_applied;
  if (!used) return null;
  const invoice = typeof used.invoice === "string" ? used.invoice : used.invoice.id;
  return invoice === invoiceId ? { invoice, invoice_line_item: used.invoice_line_item } : null;
}

/** Gives back the credits that an invoice had used, because it is voided. Those of an expired grant expire again at once. */
export function reinstateCredits(account: Account, invoiceId: string): void {
  for (const transaction of [...account.tables.creditTransactions.oldestFirst()]) {
    const line = usedBy(transaction, invoiceId);
    const grant = line && account.tables.creditGrants.get(grantIdOf(transaction));
    const value = transaction.debit?.amount.monetary?.value ?? 0;
    if (!line || !grant || value === 0) continue;
    recordReinstatement(account, grant, value, line);
    if (grant.expires_at !== null && grant.expires_at <= account.nowUnix())
      recordDebit(account, grant, value, "credits_expired");
  }
}
