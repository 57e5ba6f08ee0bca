import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest } from "../../http/errors";
import { idOf } from "../../state/ids";
import { schedule } from "../../time/work";
import { emit } from "../../webhooks/events";
import { spendCredits } from "../credit-grants/invoice";
import { adjustBalance } from "../customer-balance/apply";
import { spend } from "../discounts/remove";
import { withLateUsage } from "../subscriptions/late-usage";
import { bookOf } from "./book";
import { customerOf, figure } from "./figure";
import { createDefaultIntent } from "./intent";
import { replaceOriginal } from "./revision";
import { COLLECTION, DAY_SECONDS } from "./settings";
import { settleWithoutPayment } from "./settle";
import type { Due } from "./totals";

/** `ACME-0001`; the customer's next one counts on. */
function takeNumber(account: Account, invoice: Stripe.Invoice): string | null {
  const customer = customerOf(account, invoice);
  if (invoice.number || !customer) return invoice.number;
  const sequence = customer.next_invoice_sequence ?? 1;
  account.tables.customers.put({ ...customer, next_invoice_sequence: sequence + 1 });
  return `${customer.invoice_prefix}-${String(sequence).padStart(4, "0")}`;
}

function moveBalance(account: Account, invoice: Stripe.Invoice, due: Due): void {
  const customer = customerOf(account, invoice);
  if (!customer) return;
  const move = (amountMinor: number, type: Stripe.CustomerBalanceTransaction.Type) =>
    amountMinor !== 0 &&
    adjustBalance(account, customer.id, amountMinor, invoice.currency, type, { invoice: invoice.id });
  move(due.appliedMinor, "applied_to_invoice");
  move(due.postponedMinor, "invoice_too_small");
}

/** Discounts that count once leave whatever they are on, unless they had nothing to take off, as in a trial. */
function spendDiscounts(account: Account, invoice: Stripe.Invoice): void {
  const used = (invoice.total_discount_amounts ?? []).map(({ discount }) => idOf(discount) ?? "");
  spend(
    account,
    used.flatMap((id) => account.tables.discounts.get(id) ?? []),
  );
}

function scheduleDue(account: Account, invoice: Stripe.Invoice): void {
  if (invoice.due_date === null) return;
  const at = (kind: "invoice_due" | "invoice_due_soon" | "invoice_overdue", unix: number) =>
    unix >= account.nowUnix() && schedule(account, kind, invoice.id, unix * 1000);
  at("invoice_due_soon", invoice.due_date - COLLECTION.dueSoonDays * DAY_SECONDS);
  at("invoice_due", invoice.due_date);
  at("invoice_overdue", invoice.due_date + COLLECTION.overdueDays * DAY_SECONDS);
}

/**
 * draft → open: number, customer balance, payment intent. An invoice without anything to pay is paid at once.
 * @throws StripeFailure 400 when it cannot be finalised
 */
export function finalizeInvoice(account: Account, invoice: Stripe.Invoice): Stripe.Invoice {
  if (invoice.status !== "draft")
    throw invalidRequest("This invoice is already finalized, you can't re-finalize a non-draft invoice.");
  const { tables } = account;
  const book = bookOf(account, invoice.id);
  const used = withLateUsage(account, invoice, book.lines);
  const lines = spendCredits(account, invoice, used, figure(account, invoice, used).shown);
  const { invoice: figured, shown, due } = figure(account, invoice, lines);
  tables.invoiceBooks.put({ ...book, lines, shown });
  const finalizedAt = account.nowUnix();
  const page = `${account.publicUrl}/i/${book.token}`;
  const open = tables.invoices.put<Stripe.Invoice>({
    ...figured,
    automatically_finalizes_at: null,
    effective_at: figured.effective_at ?? finalizedAt,
    ending_balance: due.endingBalanceMinor,
    hosted_invoice_url: page,
    invoice_pdf: `${page}/pdf`,
    last_finalization_error: null,
    next_payment_attempt: null,
    number: takeNumber(account, figured),
    status: "open",
    status_transitions: { ...figured.status_transitions, finalized_at: finalizedAt },
  });
  spendDiscounts(account, open);
  if (open.amount_due > 0) createDefaultIntent(account, open);
  moveBalance(account, open, due);
  emit(account, "invoice.finalized", open);
  if (open.amount_due === 0) return settleWithoutPayment(account, open, {}, false);
  scheduleDue(account, open);
  replaceOriginal(account, open);
  return open;
}
