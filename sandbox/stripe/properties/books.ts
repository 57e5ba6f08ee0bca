import type Stripe from "stripe";

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** All of a list. */
export async function all<T>(list: Stripe.ApiListPromise<T>): Promise<T[]> {
  return list.autoPagingToArray({ limit: 10_000 });
}

export interface Books {
  invoices: Stripe.Invoice[];
  lines: Map<string, Stripe.InvoiceLineItem[]>;
  payments: Stripe.InvoicePayment[];
  intents: Stripe.PaymentIntent[];
  charges: Stripe.Charge[];
  refunds: Stripe.Refund[];
  disputes: Stripe.Dispute[];
  transactions: Stripe.BalanceTransaction[];
  creditNotes: Stripe.CreditNote[];
}

/** Everything an account has to show about its money, read through the API. */
export async function readBooks(stripe: Stripe): Promise<Books> {
  const page = { limit: 100 };
  const invoices = await all(stripe.invoices.list(page));
  const lines = new Map<string, Stripe.InvoiceLineItem[]>();
  for (const { id } of invoices) lines.set(id, await all(stripe.invoices.listLineItems(id, page)));
  return {
    invoices,
    lines,
    payments: await all(stripe.invoicePayments.list(page)),
    intents: await all(stripe.paymentIntents.list(page)),
    charges: await all(stripe.charges.list(page)),
    refunds: await all(stripe.refunds.list(page)),
    disputes: await all(stripe.disputes.list(page)),
    transactions: await all(stripe.balanceTransactions.list(page)),
    creditNotes: await all(stripe.creditNotes.list(page)),
  };
}
