import type Stripe from "stripe";
import type { Account } from "../../account";
import { IN_BROWSER } from "../../browser-call";
import { invalidRequest, resourceMissing } from "../../http/errors";
import { confirmedOrThrow, confirmPayment } from "../payment-intents/confirm";
import type { MethodData } from "../payment-methods/parameters";
import { bookOf } from "./book";
import { createDefaultIntent, openDefault } from "./intent";

const TOKEN = /^test_([0-9A-Za-z]{24})[0-9a-f]{24}$/;

/** The invoice behind the address of its hosted page, `/i/:token`. @throws StripeFailure 404 */
export function invoiceByToken(account: Account, token: string): Stripe.Invoice {
  const invoice = account.tables.invoices.get(`in_${TOKEN.exec(token)?.[1] ?? ""}`);
  if (!invoice || bookOf(account, invoice.id).token !== token || invoice.status === "draft")
    throw resourceMissing("invoice", token, "invoice");
  return invoice;
}

/** All lines of a finalised invoice, in their order. */
export function linesOf(account: Account, invoice: Stripe.Invoice): readonly Stripe.InvoiceLineItem[] {
  return bookOf(account, invoice.id).shown;
}

/** The intent by which the hosted page pays; null when there is nothing to pay. */
export function payableIntent(account: Account, invoice: Stripe.Invoice): Stripe.PaymentIntent | null {
  if (invoice.status !== "open" && invoice.status !== "uncollectible") return null;
  return openDefault(account, invoice)?.intent ?? null;
}

/**
 * Pays from the hosted page. Call within `inBrowser`, so that a decline is kept.
 * @param given a saved method, or what was typed into the form
 * @returns the intent: `succeeded`, `processing`, or `requires_action` with the challenge in `next_action`
 * @throws StripeFailure 402 for a decline, 400 when nothing is to be paid
 */
export function payFromPage(
  account: Account,
  invoice: Stripe.Invoice,
  given: { payment_method?: string; payment_method_data?: MethodData; return_url?: string },
): Stripe.PaymentIntent {
  if (invoice.status !== "open" && invoice.status !== "uncollectible")
    throw invalidRequest(`This invoice cannot be paid, because its status is ${invoice.status}.`);
  const intent = openDefault(account, invoice)?.intent ?? createDefaultIntent(account, invoice);
  return confirmedOrThrow(confirmPayment(account, intent, given, IN_BROWSER));
}
