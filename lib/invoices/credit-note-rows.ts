import { and, desc, eq, inArray, lte } from "drizzle-orm";
import { type Reader, systemDb, type Tx } from "@/db/client";
import { creditNotes, invoices } from "@/db/schema";
import { now } from "@/lib/clock";
import { nextNumber } from "@/lib/documents/numbers";
import { type InvoiceId, newId, type TenantId } from "@/lib/ids";
import { type Minor, subtract } from "@/lib/money/minor";
import { LEASE_MS } from "@/lib/recharge/claim";
import type { CreditNoteSnapshot } from "@/lib/stripe/credit-notes";
import { taxIn } from "./book";
import { type InvoiceRow, lockInvoice } from "./rows";

export type CreditNoteRow = typeof creditNotes.$inferSelect;

export const UNRESOLVED_NOTES = ["started", "unknown"] as const;

export const isNote = (note: Pick<CreditNoteRow, "tenantId" | "creditNoteId">) =>
  and(eq(creditNotes.tenantId, note.tenantId), eq(creditNotes.creditNoteId, note.creditNoteId));

export const notesOf = (db: Reader, tenantId: TenantId, invoiceId: InvoiceId): Promise<CreditNoteRow[]> =>
  db
    .select()
    .from(creditNotes)
    .where(and(eq(creditNotes.tenantId, tenantId), eq(creditNotes.invoiceId, invoiceId)))
    .orderBy(desc(creditNotes.createdAt), desc(creditNotes.creditNoteId));

/** The tax in the next part that is credited: exact over all parts. */
export const taxOfNext = (invoice: InvoiceRow, amountMinor: Minor): Minor =>
  subtract(taxIn((invoice.creditedMinor + amountMinor) as Minor, invoice), taxIn(invoice.creditedMinor, invoice));

export async function updateNote(note: CreditNoteRow, values: Partial<CreditNoteRow>): Promise<CreditNoteRow> {
  const [row = note] = await systemDb().update(creditNotes).set(values).where(isNote(note)).returning();
  return row;
}

/** Takes over a note whose lease has ended: the WHERE is the lock. */
export async function takeOverNote(note: CreditNoteRow): Promise<CreditNoteRow | null> {
  const at = now();
  const [row] = await systemDb()
    .update(creditNotes)
    .set({ leaseUntil: new Date(at.getTime() + LEASE_MS) })
    .where(and(isNote(note), inArray(creditNotes.state, [...UNRESOLVED_NOTES]), lte(creditNotes.leaseUntil, at)))
    .returning();
  return row ?? null;
}

async function rowFor(tx: Tx, invoice: InvoiceRow, said: CreditNoteSnapshot): Promise<CreditNoteRow | undefined> {
  const known = said.creditNoteId
    ? eq(creditNotes.creditNoteId, said.creditNoteId)
    : eq(creditNotes.stripeCreditNoteId, said.stripeCreditNoteId);
  const [row] = await tx
    .select()
    .from(creditNotes)
    .where(and(eq(creditNotes.tenantId, invoice.tenantId), known))
    .for("update");
  return row;
}

/**
 * Makes our rows equal to a credit note at Stripe, ours or made in its dashboard: with its number once it is issued.
 * @returns the note, or null when the invoice is not ours
 */
export async function recordNote(said: CreditNoteSnapshot): Promise<CreditNoteRow | null> {
  const [found] = await systemDb()
    .select({ tenantId: invoices.tenantId, invoiceId: invoices.invoiceId })
    .from(invoices)
    .where(eq(invoices.stripeInvoiceId, said.stripeInvoiceId));
  if (!found) return null;
  return systemDb().transaction(async (tx) => {
    const invoice = await lockInvoice(tx, found.tenantId, found.invoiceId);
    const row = await rowFor(tx, invoice, said);
    const state = said.isVoid ? ("void" as const) : ("issued" as const);
    const issued = {
      state,
      stripeCreditNoteId: said.stripeCreditNoteId,
      number: row?.number ?? (await nextNumber(tx, invoice.tenantId, "credit_note")),
      issuedAt: row?.issuedAt ?? said.createdAt,
      failureReason: null,
    };
    if (row) {
      const [updated = row] = await tx.update(creditNotes).set(issued).where(isNote(row)).returning();
      return updated;
    }
    const [made] = await tx
      .insert(creditNotes)
      .values({
        tenantId: invoice.tenantId,
        creditNoteId: newId(),
        invoiceId: invoice.invoiceId,
        currency: invoice.currency,
        amountMinor: said.amountMinor,
        taxMinor: taxIn(said.amountMinor, invoice),
        reason: said.reason,
        actor: "stripe",
        createdAt: said.createdAt,
        leaseUntil: now(),
        ...issued,
      })
      .returning();
    return made ?? null;
  });
}
