import { and, asc, eq, inArray } from "drizzle-orm";
import type { Reader } from "@/db/client";
import { creditNotes, invoicePayments, paymentMethods, transactions } from "@/db/schema";
import type { TenantId } from "@/lib/ids";
import { type InvoiceRow, readInvoice, readLines } from "@/lib/invoices/rows";
import { max, negate, subtract, ZERO } from "@/lib/money/minor";
import { methodName } from "@/lib/payment-methods/names";
import type { InvoiceDocument, Movement } from "./input";
import { billedToOf, readSetting } from "./read-setting";

/** By which method each of an invoice's payment intents was paid. */
async function methodNames(db: Reader, invoice: InvoiceRow): Promise<Map<string | null, string | null>> {
  const rows = await db
    .select({
      intent: invoicePayments.stripePaymentIntentId,
      card: paymentMethods.card,
      bankAccount: paymentMethods.bankAccount,
    })
    .from(invoicePayments)
    .innerJoin(
      paymentMethods,
      and(
        eq(paymentMethods.tenantId, invoicePayments.tenantId),
        eq(paymentMethods.paymentMethodId, invoicePayments.paymentMethodId),
      ),
    )
    .where(
      and(
        eq(invoicePayments.tenantId, invoice.tenantId),
        eq(invoicePayments.invoiceId, invoice.invoiceId),
        eq(invoicePayments.state, "succeeded"),
      ),
    );
  return new Map(rows.map((row) => [row.intent as string | null, methodName(row)]));
}

/** Payments, refunds and credit notes of an invoice, oldest first; a note that stands for a refund is named at the refund. */
async function readMovements(db: Reader, invoice: InvoiceRow): Promise<Movement[]> {
  const ofInvoice = await db
    .select()
    .from(transactions)
    .where(
      and(
        eq(transactions.tenantId, invoice.tenantId),
        eq(transactions.invoiceId, invoice.invoiceId),
        inArray(transactions.type, ["payment", "refund"]),
        inArray(transactions.status, ["succeeded", "pending"]),
      ),
    )
    .orderBy(asc(transactions.createdAt));
  const notes = await db
    .select()
    .from(creditNotes)
    .where(
      and(
        eq(creditNotes.tenantId, invoice.tenantId),
        eq(creditNotes.invoiceId, invoice.invoiceId),
        eq(creditNotes.state, "issued"),
      ),
    );
  const names = await methodNames(db, invoice);
  const noteOf = new Map(notes.flatMap((note) => (note.refundId ? [[note.refundId, note.number] as const] : [])));
  const moved = ofInvoice.flatMap(({ type, status, amountMinor, createdAt, processedAt, ...row }): Movement[] => {
    const at = processedAt ?? createdAt;
    if (type === "refund")
      return status === "succeeded"
        ? [{ kind: "refund", at, amountMinor, detail: noteOf.get(row.sourceId) ?? null }]
        : [{ kind: "refund_pending", at, amountMinor, detail: null }];
    if (status !== "succeeded") return [];
    return [{ kind: "payment", at, amountMinor, detail: names.get(row.stripePaymentIntentId) ?? null }];
  });
  const credited = notes
    .filter((note) => note.refundId === null)
    .map(
      (note): Movement => ({
        kind: "credit_note",
        at: note.issuedAt ?? note.createdAt,
        amountMinor: negate(note.amountMinor),
        detail: note.number,
      }),
    );
  return [...moved, ...credited].sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** Everything that an invoice's PDF says. @throws AppError not_found */
export async function readInvoiceDocument(db: Reader, tenantId: TenantId, invoiceId: string): Promise<InvoiceDocument> {
  const row = await readInvoice(db, tenantId, invoiceId);
  const setting = await readSetting(db, tenantId, row.currency);
  const left = max(subtract(row.amountDueMinor, row.amountPaidMinor), ZERO);
  return {
    ...setting,
    billedTo: billedToOf(row.status === "draft" ? null : row.billedTo, setting.billedTo),
    number: row.number,
    status: row.status,
    createdAt: row.createdAt,
    issuedAt: row.issuedAt,
    dueAt: row.dueAt,
    paidAt: row.paidAt,
    voidedAt: row.voidedAt,
    lines: await readLines(db, tenantId, row.invoiceId),
    subtotalMinor: row.subtotalMinor,
    discountMinor: row.discountMinor,
    taxRate: row.taxRate,
    taxMinor: row.taxMinor,
    totalMinor: row.totalMinor,
    fromCreditMinor: row.fromCreditMinor,
    creditedMinor: max(subtract(subtract(row.totalMinor, row.fromCreditMinor), row.amountDueMinor), ZERO),
    amountPaidMinor: row.amountPaidMinor,
    remainingMinor: row.status === "void" || row.status === "paid" ? ZERO : left,
    memo: row.memo,
    payUrl: row.hostedUrl,
    movements: await readMovements(db, row),
  };
}
