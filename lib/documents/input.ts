import type { InvoiceStatus } from "@/db/schema/invoices";
import type { BillingAddress } from "@/db/schema/payment-methods";
import type { Currency } from "@/lib/money/currency";
import type { Minor } from "@/lib/money/minor";
import type { Locale } from "@/lib/notifications/translator";

/** Who a document is from or for, as it is printed. */
export type Party = {
  name: string;
  email: string | null;
  taxId: string | null;
  /** Lines are printed as they are. */
  address: BillingAddress | string[] | null;
};

/** How a tenant's documents look. `colour` is `#rrggbb`; a logo is PNG or JPEG. */
export type Look = { colour: string | null; footer: string | null; logo: Buffer | null };

/** What every document needs, whatever it is of. */
export type Setting = {
  seller: Party;
  billedTo: Party;
  look: Look;
  locale: Locale;
  /** IANA name: days are those of it. */
  timeZone: string;
  currency: Currency;
};

export type InvoiceLine = {
  description: string;
  /** Decimal strings; the price in major units with all its decimals. */
  quantity: string;
  unitAmount: string;
  amountMinor: Minor;
  periodStart: Date | null;
  periodEnd: Date | null;
};

/** What happened to a document's money after it was made. */
export type Movement = {
  kind: "payment" | "refund" | "refund_pending" | "credit_note" | "returned";
  at: Date;
  /** As it changes what the customer has paid or owes: a payment counts up, a refund down. */
  amountMinor: Minor;
  /** A credit note's number, or the name of a payment's method. */
  detail: string | null;
};

export type InvoiceDocument = Setting & {
  number: string | null;
  status: InvoiceStatus;
  createdAt: Date;
  issuedAt: Date | null;
  dueAt: Date | null;
  paidAt: Date | null;
  voidedAt: Date | null;
  lines: InvoiceLine[];
  subtotalMinor: Minor;
  discountMinor: Minor;
  /** Percent, a decimal string. */
  taxRate: string;
  taxMinor: Minor;
  totalMinor: Minor;
  /** See {@link creditLineOf}. */
  fromCreditMinor: Minor;
  /** Taken off by credit notes before it was paid. */
  creditedMinor: Minor;
  amountPaidMinor: Minor;
  /** What is still asked for. */
  remainingMinor: Minor;
  memo: string | null;
  payUrl: string | null;
  movements: Movement[];
};

export type ReceiptDocument = Setting & {
  number: string;
  paidAt: Date;
  methodName: string | null;
  reference: string | null;
  amountMinor: Minor;
  feeMinor: Minor;
  totalMinor: Minor;
  /** The balance right after it; null for one that the ledger does not know. */
  balanceAfterMinor: Minor | null;
  returnedAt: Date | null;
  movements: Movement[];
};

export type CreditNoteDocument = Setting & {
  number: string;
  invoiceNumber: string;
  issuedAt: Date;
  reason: string | null;
  isVoid: boolean;
  /** It stands for money that was given back; else it lowered what an open invoice asks for. */
  isRefund: boolean;
  amountMinor: Minor;
  /** Of the amount. */
  taxMinor: Minor;
};
