import { and, asc, eq, inArray, lte } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { creditNotes, refunds } from "@/db/schema";
import type { TenantScope } from "@/lib/auth/scope";
import { now } from "@/lib/clock";
import { AppError, invariant } from "@/lib/errors";
import type { TenantId } from "@/lib/ids";
import { log } from "@/lib/log";
import { createCreditNote, fetchCreditNote, listCreditNotes } from "@/lib/stripe/credit-notes";
import { refundTransaction } from "@/lib/transactions/refund";
import { type CreditNoteRow, recordNote, takeOverNote, UNRESOLVED_NOTES, updateNote } from "./credit-note-rows";
import { readInvoice } from "./rows";
import { syncInvoice } from "./sync";

/** After this long it is asked again what became of a note, or of its refund. */
const ASK_AGAIN_MS = 60_000;
/** Stripe may forget an idempotency key after 24 hours; an hour earlier it is not sent again. */
const KEY_TRUSTED_MS = 23 * 3_600_000;

type Refund = typeof refunds.$inferSelect;

const fail = (note: CreditNoteRow, reason: string) => updateNote(note, { state: "failed", failureReason: reason });
const askAgain = (note: CreditNoteRow) =>
  updateNote(note, { state: "unknown", leaseUntil: new Date(now().getTime() + ASK_AGAIN_MS) });

/** The refund of this note, made once; it is known by the note's id. */
async function refundOf(note: CreditNoteRow & { transactionId: string }): Promise<Refund> {
  const scope: TenantScope = { tenantId: note.tenantId, role: "admin", userId: null, actor: note.actor, scopes: [] };
  const requestKey = `credit-note:${note.creditNoteId}`;
  await refundTransaction(scope, note.transactionId, {
    amountMinor: note.amountMinor,
    reason: note.reason,
    requestKey,
  });
  const [refund] = await systemDb()
    .select()
    .from(refunds)
    .where(and(eq(refunds.tenantId, note.tenantId), eq(refunds.requestKey, requestKey)));
  invariant(refund, "the refund was written");
  return refund;
}

/** @returns the refund at Stripe that the note names; null while nobody knows; `refused` when there will be none */
async function giveBack(note: CreditNoteRow & { transactionId: string }): Promise<string | null | "refused"> {
  let refund: Refund;
  try {
    refund = await refundOf(note);
  } catch (error) {
    if (error instanceof AppError) return "refused";
    throw error;
  }
  if (note.refundId !== refund.refundId) await updateNote(note, { refundId: refund.refundId });
  if (refund.state === "failed" || refund.state === "canceled") return "refused";
  return refund.stripeRefundId;
}

/** Carries a note out, from wherever it was left. The money first: the note only says that it went back. */
export async function issueNote(note: CreditNoteRow): Promise<CreditNoteRow> {
  const { stripeInvoiceId } = await readInvoice(systemDb(), note.tenantId, note.invoiceId);
  invariant(stripeInvoiceId, "a final invoice is at Stripe");
  const { transactionId } = note;
  const stripeRefundId = transactionId ? await giveBack({ ...note, transactionId }) : null;
  if (stripeRefundId === "refused") return fail(note, "the payment could not be given back");
  if (transactionId && !stripeRefundId) return askAgain(note);
  const outcome = await createCreditNote({
    tenantId: note.tenantId,
    creditNoteId: note.creditNoteId,
    stripeInvoiceId,
    amountMinor: note.amountMinor,
    reason: note.reason,
    stripeRefundId,
  });
  if (outcome.kind === "unknown" && !outcome.replayed) return askAgain(note);
  if (outcome.kind !== "note") {
    log().warn({ tenantId: note.tenantId, creditNoteId: note.creditNoteId, reason: outcome.message }, "no credit note");
    return fail(note, outcome.message);
  }
  const issued = await recordNote(outcome.note);
  // The webhook brings the invoice too: a failure here is none of the note's.
  await syncInvoice(stripeInvoiceId).catch((error) => log().warn({ err: error, stripeInvoiceId }, "not fetched yet"));
  return issued ?? note;
}

async function resolve(note: CreditNoteRow): Promise<void> {
  const { stripeInvoiceId } = await readInvoice(systemDb(), note.tenantId, note.invoiceId);
  const made = stripeInvoiceId ? await listCreditNotes(stripeInvoiceId) : [];
  const found = made.find((one) => one.creditNoteId === note.creditNoteId);
  if (found) await recordNote(found);
  else if (now().getTime() - note.createdAt.getTime() >= KEY_TRUSTED_MS) await fail(note, "never reached Stripe");
  else await issueNote(note);
}

/** Asks Stripe what became of notes that nobody has heard of. @returns how many were looked at */
export async function resolveNotes(limit: number): Promise<number> {
  const due = await systemDb()
    .select()
    .from(creditNotes)
    .where(and(inArray(creditNotes.state, [...UNRESOLVED_NOTES]), lte(creditNotes.leaseUntil, now())))
    .orderBy(asc(creditNotes.leaseUntil))
    .limit(limit);
  for (const note of due) {
    const taken = await takeOverNote(note);
    if (!taken) continue;
    await resolve(taken).catch((error) =>
      log().warn({ err: error, tenantId: note.tenantId, creditNoteId: note.creditNoteId }, "note not resolved yet"),
    );
  }
  return due.length;
}

/** When the next one is due to be asked about; null: there is none. */
export async function nextNoteCheckAt(): Promise<Date | null> {
  const [row] = await systemDb()
    .select({ at: creditNotes.leaseUntil })
    .from(creditNotes)
    .where(inArray(creditNotes.state, [...UNRESOLVED_NOTES]))
    .orderBy(asc(creditNotes.leaseUntil))
    .limit(1);
  return row?.at ?? null;
}

/** Asks Stripe what a credit note is now, and makes our rows equal. @throws Stripe's errors */
export async function syncCreditNote(stripeCreditNoteId: string): Promise<TenantId | null> {
  const said = await fetchCreditNote(stripeCreditNoteId);
  await syncInvoice(said.stripeInvoiceId);
  return (await recordNote(said))?.tenantId ?? null;
}
