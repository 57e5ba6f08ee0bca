import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest } from "../../http/errors";
import { emit } from "../../webhooks/events";
import { reinstateCredits } from "../credit-grants/apply";
import { adjustBalance } from "../customer-balance/apply";
import { invoiceClosed } from "../subscriptions/after-invoice";
import { setDelinquent } from "./change";
import { customerOf } from "./figure";
import { cancelPayments, openDefault } from "./intent";

function refuseWhileProcessing(account: Account, invoice: Stripe.Invoice): void {
  if (openDefault(account, invoice)?.intent.status !== "processing") return;
  throw invalidRequest("You cannot void this invoice, because a payment of it is being processed.");
}

/** What the customer's balance had paid comes back. */
function restoreBalance(account: Account, invoice: Stripe.Invoice): void {
  const customer = customerOf(account, invoice);
  const usedMinor = (invoice.ending_balance ?? invoice.starting_balance) - invoice.starting_balance;
  if (!customer || usedMinor === 0) return;
  adjustBalance(account, customer.id, -usedMinor, invoice.currency, "unapplied_from_invoice", { invoice: invoice.id });
}

/**
 * open | uncollectible → void: the intent is cancelled, the balance that was used comes back.
 * @param intentReason `failed_invoice` when a subscription never became active
 * @throws StripeFailure 400
 */
export function voidInvoice(
  account: Account,
  invoice: Stripe.Invoice,
  intentReason: "void_invoice" | "failed_invoice" = "void_invoice",
): Stripe.Invoice {
  if (invoice.status !== "open" && invoice.status !== "uncollectible")
    throw invalidRequest(
      `You can only void open or uncollectible invoices. This invoice has the status ${invoice.status}.`,
    );
  refuseWhileProcessing(account, invoice);
  const voided = account.tables.invoices.put<Stripe.Invoice>({
    ...invoice,
    auto_advance: false,
    next_payment_attempt: null,
    status: "void",
    status_transitions: { ...invoice.status_transitions, voided_at: account.nowUnix() },
  });
  cancelPayments(account, voided, intentReason);
  emit(account, "invoice.updated", voided, invoice);
  emit(account, "invoice.voided", voided);
  restoreBalance(account, voided);
  reinstateCredits(account, voided.id);
  invoiceClosed(account, voided);
  return account.tables.invoices.get(voided.id) ?? voided;
}

/** open → uncollectible: nobody tries any more, but it can still be paid. @throws StripeFailure 400 */
export function markUncollectible(
  account: Account,
  invoice: Stripe.Invoice,
  reason: Stripe.Invoice.StatusDetails.Uncollectible.Reason = "user_forgiven",
): Stripe.Invoice {
  if (invoice.status !== "open")
    throw invalidRequest(
      `You can only mark open invoices as uncollectible. This invoice has the status ${invoice.status}.`,
    );
  const given = account.tables.invoices.put<Stripe.Invoice>({
    ...invoice,
    auto_advance: false,
    next_payment_attempt: null,
    status: "uncollectible",
    status_details: { uncollectible: { reason } },
    status_transitions: { ...invoice.status_transitions, marked_uncollectible_at: account.nowUnix() },
  });
  emit(account, "invoice.updated", given, invoice);
  emit(account, "invoice.marked_uncollectible", given);
  setDelinquent(account, given, false);
  invoiceClosed(account, given);
  return account.tables.invoices.get(given.id) ?? given;
}
