import { and, eq, inArray } from "drizzle-orm";
import { systemDb, type Tx } from "@/db/client";
import { creditNotes, transactions } from "@/db/schema";
import type { TenantScope } from "@/lib/auth/scope";
import { now } from "@/lib/clock";
import { AppError, invalid, invariant } from "@/lib/errors";
import { newId, type TransactionId } from "@/lib/ids";
import { toDecimalString } from "@/lib/money/amount";
import { chargeStepOf } from "@/lib/money/currency";
import { type Minor, subtract, toMinor, ZERO } from "@/lib/money/minor";
import { LEASE_MS } from "@/lib/recharge/claim";
import { type CreditNoteRow, taxOfNext, UNRESOLVED_NOTES } from "./credit-note-rows";
import { issueNote } from "./issue-credit-note";
import { lockOpenPayment } from "./payment-rows";
import { type InvoiceRow, lockInvoice } from "./rows";

export type CreditInput = {
  /** Tax included; null: all that is left. */
  amountMinor: Minor | null;
  reason: string | null;
  requestKey: string;
};

type Creditable = { mostMinor: Minor; transactionId: TransactionId | null };

const less = (a: number, b: number): Minor => toMinor(Math.min(a, b));

/** Of an open invoice what is left to pay; of a paid one what is left of its largest payment, and is given back. */
async function creditable(tx: Tx, invoice: InvoiceRow): Promise<Creditable> {
  const left = subtract(invoice.totalMinor, invoice.creditedMinor);
  if (invoice.status !== "paid")
    return { mostMinor: less(left, subtract(invoice.amountDueMinor, invoice.amountPaidMinor)), transactionId: null };
  const payments = await tx
    .select()
    .from(transactions)
    .where(
      and(
        eq(transactions.tenantId, invoice.tenantId),
        eq(transactions.invoiceId, invoice.invoiceId),
        eq(transactions.type, "payment"),
        eq(transactions.status, "succeeded"),
      ),
    );
  const [largest] = payments
    .map((payment) => ({ ...payment, left: payment.amountMinor - payment.refundedMinor }))
    .sort((a, b) => b.left - a.left);
  return largest
    ? { mostMinor: less(left, largest.left), transactionId: largest.transactionId }
    : { mostMinor: ZERO, transactionId: null };
}

async function checkNothingUnderWay(tx: Tx, invoice: InvoiceRow): Promise<void> {
  const open = await lockOpenPayment(tx, invoice.tenantId, invoice.invoiceId);
  if (open && open.state !== "requires_action") throw new AppError("payment_in_progress");
  const unresolved = await tx.$count(
    creditNotes,
    and(
      eq(creditNotes.tenantId, invoice.tenantId),
      eq(creditNotes.invoiceId, invoice.invoiceId),
      inArray(creditNotes.state, [...UNRESOLVED_NOTES]),
    ),
  );
  if (unresolved > 0) throw new AppError("change_in_progress", "another credit note of the invoice is being written");
}

async function claim(
  scope: TenantScope,
  invoiceId: string,
  input: CreditInput,
): Promise<{ note: CreditNoteRow; isNew: boolean }> {
  return systemDb().transaction(async (tx) => {
    const invoice = await lockInvoice(tx, scope.tenantId, invoiceId);
    const [known] = await tx
      .select()
      .from(creditNotes)
      .where(and(eq(creditNotes.tenantId, scope.tenantId), eq(creditNotes.requestKey, input.requestKey)));
    if (known) return { note: known, isNew: false };
    if (invoice.status === "draft" || invoice.status === "void")
      throw new AppError("invoice_not_open", `the invoice is ${invoice.status}`);
    await checkNothingUnderWay(tx, invoice);
    const { mostMinor, transactionId } = await creditable(tx, invoice);
    if (mostMinor === 0) throw new AppError("not_refundable", "nothing of the invoice is left to be credited");
    const amountMinor = input.amountMinor ?? mostMinor;
    if (amountMinor > mostMinor)
      throw invalid("amount", `must be at most ${toDecimalString(mostMinor, invoice.currency)}`);
    const step = chargeStepOf(invoice.currency);
    if (amountMinor % step !== 0 && amountMinor !== mostMinor)
      throw invalid("amount", `must be a multiple of ${toDecimalString(toMinor(step), invoice.currency)}`);
    const at = now();
    const [note] = await tx
      .insert(creditNotes)
      .values({
        tenantId: scope.tenantId,
        creditNoteId: newId(),
        invoiceId: invoice.invoiceId,
        state: "started",
        currency: invoice.currency,
        amountMinor,
        taxMinor: taxOfNext(invoice, amountMinor),
        reason: input.reason,
        transactionId,
        actor: scope.actor,
        requestKey: input.requestKey,
        createdAt: at,
        leaseUntil: new Date(at.getTime() + LEASE_MS),
      })
      .returning();
    invariant(note, "the credit note was written");
    return { note, isNew: true };
  });
}

/**
 * Writes a credit note: it lowers what an open invoice asks for, and gives back what was paid of a paid one.
 * @returns the note: issued, failed, or not known yet
 * @throws AppError not_found · invoice_not_open · payment_in_progress · change_in_progress · not_refundable · invalid_request
 */
export async function creditInvoice(scope: TenantScope, invoiceId: string, input: CreditInput): Promise<CreditNoteRow> {
  if (input.amountMinor !== null && input.amountMinor <= 0) throw invalid("amount", "must be above zero");
  const { note, isNew } = await claim(scope, invoiceId, input);
  return isNew ? issueNote(note) : note;
}
