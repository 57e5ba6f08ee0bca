import { and, eq } from "drizzle-orm";
import type { Reader } from "@/db/client";
import { creditNotes } from "@/db/schema";
import { AppError } from "@/lib/errors";
import { isId, type TenantId } from "@/lib/ids";
import { readInvoice } from "@/lib/invoices/rows";
import type { CreditNoteDocument } from "./input";
import { billedToOf, readSetting } from "./read-setting";

/** Everything that a credit note's PDF says. @throws AppError not_found, also before it is issued */
export async function readCreditNoteDocument(
  db: Reader,
  tenantId: TenantId,
  creditNoteId: string,
): Promise<CreditNoteDocument> {
  if (!isId(creditNoteId)) throw new AppError("not_found");
  const [note] = await db
    .select()
    .from(creditNotes)
    .where(and(eq(creditNotes.tenantId, tenantId), eq(creditNotes.creditNoteId, creditNoteId)));
  if (!note?.number) throw new AppError("not_found");
  const invoice = await readInvoice(db, tenantId, note.invoiceId);
  const setting = await readSetting(db, tenantId, note.currency);
  return {
    ...setting,
    billedTo: billedToOf(invoice.billedTo, setting.billedTo),
    number: note.number,
    invoiceNumber: invoice.number ?? "",
    issuedAt: note.issuedAt ?? note.createdAt,
    reason: note.reason,
    isVoid: note.state === "void",
    isRefund: note.refundId !== null,
    amountMinor: note.amountMinor,
    taxMinor: note.taxMinor,
  };
}
