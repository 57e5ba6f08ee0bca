import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest } from "../../http/errors";
import { changeInvoice } from "../invoices/change";
import { openDefault } from "../invoices/intent";
import { settleWithoutPayment } from "../invoices/settle";

/** The payment that waits for its money asks for as much as is left. */
function followIntent(account: Account, invoice: Stripe.Invoice): void {
  const open = openDefault(account, invoice);
  if (!open) return;
  const amount = invoice.amount_remaining;
  account.tables.paymentIntents.put({ ...open.intent, amount });
  account.tables.invoicePayments.put({ ...open.payment, amount_requested: amount });
}

/** @throws StripeFailure 400 while a payment of the invoice is on its way */
export function refuseWhileProcessing(account: Account, invoice: Stripe.Invoice): void {
  if (openDefault(account, invoice)?.intent.status === "processing")
    throw invalidRequest("You cannot issue a credit note while a payment of the invoice is being processed.", {
      param: "invoice",
    });
}

/** Lowers what an invoice asks for. One with nothing left to pay is paid by that. */
export function lowerInvoice(account: Account, invoice: Stripe.Invoice, note: Stripe.CreditNote): void {
  const preMinor = note.pre_payment_amount;
  const members = {
    amount_due: invoice.amount_due - preMinor,
    amount_remaining: invoice.amount_remaining - preMinor,
    post_payment_credit_notes_amount: invoice.post_payment_credit_notes_amount + note.post_payment_amount,
    pre_payment_credit_notes_amount: invoice.pre_payment_credit_notes_amount + preMinor,
  };
  if (preMinor > 0 && members.amount_remaining === 0) {
    settleWithoutPayment(account, invoice, members);
    return;
  }
  const lowered = changeInvoice(account, invoice, members);
  if (preMinor > 0) followIntent(account, lowered);
}

/** The opposite: the invoice asks for it again. */
export function raiseInvoice(account: Account, invoice: Stripe.Invoice, note: Stripe.CreditNote): void {
  const preMinor = note.pre_payment_amount;
  const raised = changeInvoice(account, invoice, {
    amount_due: invoice.amount_due + preMinor,
    amount_remaining: invoice.amount_remaining + preMinor,
    pre_payment_credit_notes_amount: invoice.pre_payment_credit_notes_amount - preMinor,
  });
  followIntent(account, raised);
}
