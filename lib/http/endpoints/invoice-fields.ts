import { z } from "zod";
import { DUNNING_STATES, DUNNING_STEPS } from "@/db/schema/dunning";
import {
  CREDIT_NOTE_STATES,
  INVOICE_PAYMENT_STATES,
  INVOICE_PAYMENT_TRIGGERS,
  INVOICE_STATUSES,
} from "@/db/schema/invoices";
import { shownSteps } from "@/lib/dunning/attempts";
import type { DunningCase } from "@/lib/dunning/cases";
import type { CreditNoteRow } from "@/lib/invoices/credit-note-rows";
import type { PaymentRow } from "@/lib/invoices/payment-rows";
import type { Invoice, InvoiceDetail } from "@/lib/invoices/queries";
import { type Currency, decimalsOf } from "@/lib/money/currency";
import { type Minor, toMinor } from "@/lib/money/minor";
import { currencyOut, money, moneyOut, time, timeOut } from "../money";

/** Trailing zeros beyond the currency's own decimals are not shown. */
function unitAmount(decimal: string, currency: Currency): string {
  const [whole = "0", fraction = ""] = decimal.split(".");
  const kept = fraction.replace(/0+$/, "").padEnd(decimalsOf(currency), "0");
  return kept === "" ? whole : `${whole}.${kept}`;
}

const paymentOut = z.object({
  id: z.uuid(),
  status: z.enum(INVOICE_PAYMENT_STATES),
  trigger: z.enum(INVOICE_PAYMENT_TRIGGERS),
  amount: moneyOut,
  paymentMethodId: z.string().nullable(),
  stripePaymentIntentId: z.string().nullable(),
  failure: z
    .object({ code: z.string(), declineCode: z.string().nullable(), message: z.string().nullable() })
    .nullable(),
  retryAt: timeOut.nullable(),
  createdAt: timeOut,
  completedAt: timeOut.nullable(),
});

const presentPayment = (row: PaymentRow): z.input<typeof paymentOut> => ({
  id: row.paymentId,
  status: row.state,
  trigger: row.trigger,
  amount: money(row.amountMinor, row.currency),
  paymentMethodId: row.paymentMethodId,
  stripePaymentIntentId: row.stripePaymentIntentId,
  failure: row.failureCode
    ? { code: row.failureCode, declineCode: row.declineCode, message: row.failureMessage }
    : null,
  retryAt: time(row.retryAt),
  createdAt: time(row.createdAt),
  completedAt: time(row.completedAt),
});

export const creditNoteOut = z.object({
  id: z.uuid(),
  invoiceId: z.uuid(),
  creditNoteNumber: z
    .string()
    .nullable()
    .meta({ description: "Given when it is issued", examples: ["CN-000003"] }),
  status: z.enum(CREDIT_NOTE_STATES),
  amount: moneyOut.meta({ description: "Tax included" }),
  tax: moneyOut,
  currency: currencyOut,
  reason: z.string().nullable(),
  refundId: z.uuid().nullable().meta({ description: "The refund that gave it back, of a paid invoice" }),
  createdAt: timeOut,
  issuedAt: timeOut.nullable(),
});

export const presentCreditNote = (row: CreditNoteRow): z.input<typeof creditNoteOut> => ({
  id: row.creditNoteId,
  invoiceId: row.invoiceId,
  creditNoteNumber: row.number,
  status: row.state,
  amount: money(row.amountMinor, row.currency),
  tax: money(row.taxMinor, row.currency),
  currency: row.currency,
  reason: row.reason,
  refundId: row.refundId,
  createdAt: time(row.createdAt),
  issuedAt: time(row.issuedAt),
});

const dunningOut = z
  .object({
    state: z.enum(DUNNING_STATES),
    startedAt: timeOut,
    graceEndsAt: timeOut.meta({ description: "Access stays until then" }),
    endedAt: timeOut.nullable(),
    outcome: z
      .string()
      .nullable()
      .meta({ description: "Once it is over: the status of the invoice, or `subscription_canceled`" }),
    timeZone: z.string(),
    steps: z.array(
      z.object({
        kind: z.enum(DUNNING_STEPS),
        attempt: z.int().nullable().meta({ description: "Which of all tries; the charge that failed first is 1" }),
        dueAt: timeOut,
        doneAt: timeOut.nullable(),
        outcome: z.string().nullable(),
        failure: z.object({ code: z.string(), declineCode: z.string().nullable() }).nullable(),
      }),
    ),
  })
  .nullable()
  .meta({ description: "The timetable of a failed invoice: computed once, never moved" });

const presentDunning = (row: DunningCase | null, payments: PaymentRow[]): z.input<typeof dunningOut> =>
  row && {
    state: row.state,
    startedAt: time(row.startedAt),
    graceEndsAt: time(row.graceEndsAt),
    endedAt: time(row.endedAt),
    outcome: row.outcome,
    timeZone: row.timeZone,
    steps: shownSteps(row, payments).map((step) => ({
      ...step,
      dueAt: time(step.dueAt),
      doneAt: time(step.doneAt),
    })),
  };

export const invoiceOut = z.object({
  id: z.uuid(),
  tenantId: z.uuid(),
  invoiceNumber: z
    .string()
    .nullable()
    .meta({ description: "Without gaps; null of a draft", examples: ["INV-000042"] }),
  customerId: z.string().nullable(),
  subscriptionId: z.uuid().nullable(),
  status: z.enum(INVOICE_STATUSES),
  reason: z.string().meta({ description: "`manual`, or Stripe's billing reason" }),
  lineItems: z.array(
    z.object({
      description: z.string(),
      quantity: z.number(),
      unitAmount: moneyOut.meta({ description: "Decimal in major units; prices below a cent have more decimals" }),
      amount: moneyOut,
      periodStart: timeOut.nullable(),
      periodEnd: timeOut.nullable(),
    }),
  ),
  subtotal: moneyOut,
  discount: moneyOut,
  tax: z.object({ rate: z.string().meta({ description: "Percent" }), amount: moneyOut }),
  total: moneyOut,
  amountDue: moneyOut.meta({ description: "The total less credits" }),
  amountPaid: moneyOut,
  amountRemaining: moneyOut,
  amountFromCredit: moneyOut.meta({
    description:
      "By the customer's balance at Stripe: paid of credit, or too little to be charged and owed with the next invoice; negative: became credit, or was owed from before",
  }),
  amountCredited: moneyOut,
  amountRefunded: moneyOut,
  currency: currencyOut,
  memo: z.string().nullable(),
  dueDate: timeOut.nullable(),
  periodStart: timeOut.nullable(),
  periodEnd: timeOut.nullable(),
  createdAt: timeOut,
  issuedAt: timeOut.nullable(),
  sentAt: timeOut.nullable(),
  paidAt: timeOut.nullable(),
  voidedAt: timeOut.nullable(),
  hostedUrl: z.string().nullable().meta({ description: "Stripe's page on which anybody who has the link can pay it" }),
  pdfUrl: z.string(),
});

export function presentInvoice(row: Invoice): z.input<typeof invoiceOut> {
  const { currency } = row;
  const amount = (minor: Minor) => money(minor, currency);
  return {
    id: row.invoiceId,
    tenantId: row.tenantId,
    invoiceNumber: row.number,
    customerId: row.stripeCustomerId,
    subscriptionId: row.subscriptionId,
    status: row.status,
    reason: row.reason,
    lineItems: row.lines.map((line) => ({
      description: line.description,
      quantity: Number(line.quantity),
      unitAmount: unitAmount(line.unitAmount, currency),
      amount: amount(line.amountMinor),
      periodStart: time(line.periodStart),
      periodEnd: time(line.periodEnd),
    })),
    subtotal: amount(row.subtotalMinor),
    discount: amount(row.discountMinor),
    tax: { rate: String(Number(row.taxRate)), amount: amount(row.taxMinor) },
    total: amount(row.totalMinor),
    amountDue: amount(row.amountDueMinor),
    amountPaid: amount(row.amountPaidMinor),
    amountRemaining: amount(toMinor(Math.max(0, row.amountDueMinor - row.amountPaidMinor))),
    amountFromCredit: amount(row.fromCreditMinor),
    amountCredited: amount(row.creditedMinor),
    amountRefunded: amount(row.refundedMinor),
    currency,
    memo: row.memo,
    dueDate: time(row.dueAt),
    periodStart: time(row.periodStart),
    periodEnd: time(row.periodEnd),
    createdAt: time(row.createdAt),
    issuedAt: time(row.issuedAt),
    sentAt: time(row.sentAt),
    paidAt: time(row.paidAt),
    voidedAt: time(row.voidedAt),
    hostedUrl: row.hostedUrl,
    pdfUrl: row.pdfUrl,
  };
}

export const invoiceDetailOut = invoiceOut.extend({
  payments: z.array(paymentOut).meta({ description: "Tries to pay it, newest first" }),
  creditNotes: z.array(creditNoteOut),
  dunning: dunningOut,
});

export const presentDetail = (row: InvoiceDetail): z.input<typeof invoiceDetailOut> => ({
  ...presentInvoice(row),
  payments: row.payments.map(presentPayment),
  creditNotes: row.creditNotes.map(presentCreditNote),
  dunning: presentDunning(row.dunning, row.payments),
});
