import type Stripe from "stripe";
import type { Account } from "../../account";
import { idOf } from "../../state/ids";
import { balanceIn } from "../customer-balance/apply";
import { inForce } from "../discounts/discounts";
import { customerMembers } from "./blank";
import { bookOf, type HeldLine, type InvoiceBook } from "./book";
import { shownLine } from "./lines";
import { amountDue, computeTotals, type Due } from "./totals";

/** As many lines as an invoice carries itself; the rest is listed. */
const SHOWN_LINES = 10;

export interface Figured {
  invoice: Stripe.Invoice;
  shown: Stripe.InvoiceLineItem[];
  due: Due;
}

/** The customer an invoice is for, unless it was deleted. */
export function customerOf(account: Account, invoice: Stripe.Invoice): Stripe.Customer | null {
  const customer = account.tables.customers.get(idOf(invoice.customer) ?? "");
  return customer && !customer.deleted ? customer : null;
}

/** The discounts of a whole invoice that still count. */
export function discountsOf(account: Account, invoice: Stripe.Invoice): Stripe.Discount[] {
  return invoice.discounts.flatMap((discount) => {
    const found = account.tables.discounts.get(idOf(discount) ?? "");
    return found && inForce(found, account.nowUnix()) ? [found] : [];
  });
}

/** Works out an invoice that is not finalised: customer, lines, totals and what is due. Nothing is stored. */
export function figure(account: Account, invoice: Stripe.Invoice, lines: readonly HeldLine[]): Figured {
  const customer = customerOf(account, invoice);
  const copied = customer ? customerMembers(account, customer) : {};
  const { currency } = invoice;
  const totals = computeTotals(account, {
    currency,
    lines,
    discounts: discountsOf(account, invoice),
    defaultTaxRates: invoice.default_tax_rates,
    taxExempt: customer?.tax_exempt ?? invoice.customer_tax_exempt,
  });
  const balanceMinor = customer ? balanceIn(account, customer, currency) : invoice.starting_balance;
  const due = amountDue(totals.members.total, balanceMinor, currency);
  const subscription = idOf(invoice.parent?.subscription_details?.subscription);
  const shown = lines.map((line, at) =>
    shownLine(line, totals.lines[at] ?? { discounts: [], taxes: [] }, invoice, subscription),
  );
  return {
    shown,
    due,
    invoice: {
      ...invoice,
      ...copied,
      ...totals.members,
      amount_due: due.dueMinor,
      amount_remaining: due.dueMinor,
      lines: { ...invoice.lines, data: shown.slice(0, SHOWN_LINES), has_more: shown.length > SHOWN_LINES },
      starting_balance: balanceMinor,
    },
  };
}

/** Stores a draft with its lines, worked out anew. */
export function keepDraft(account: Account, invoice: Stripe.Invoice, book: InvoiceBook): Stripe.Invoice {
  const { invoice: figured, shown } = figure(account, invoice, book.lines);
  account.tables.invoiceBooks.put({ ...book, shown });
  return account.tables.invoices.put(figured);
}

/** The invoice as it is answered now: a draft follows its customer. */
export function presentInvoice(account: Account, invoice: Stripe.Invoice): Stripe.Invoice {
  return invoice.status === "draft" ? figure(account, invoice, bookOf(account, invoice.id).lines).invoice : invoice;
}
