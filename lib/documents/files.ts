import type { Readable } from "node:stream";
import { withTenant } from "@/db/client";
import type { TenantScope } from "@/lib/auth/scope";
import { creditNotePdf } from "./credit-note-pdf";
import { invoicePdf } from "./invoice-pdf";
import { readCreditNoteDocument } from "./read-credit-note";
import { readInvoiceDocument } from "./read-invoice";
import { readReceiptDocument } from "./read-receipt";
import { receiptPdf } from "./receipt-pdf";

/** A PDF and what it is to be called, such as `invoice-INV-000042.pdf`. */
export type DocumentFile = { name: string; content: Readable };

/** @throws AppError not_found, also for another tenant's */
export async function invoiceFile(scope: TenantScope, invoiceId: string): Promise<DocumentFile> {
  const invoice = await withTenant(scope, (tx) => readInvoiceDocument(tx, scope.tenantId, invoiceId));
  return { name: `invoice-${invoice.number ?? "draft"}.pdf`, content: invoicePdf(invoice) };
}

/** Of a top-up. @throws AppError not_found, also for another tenant's, and for one that was never paid */
export async function receiptFile(scope: TenantScope, attemptId: string): Promise<DocumentFile> {
  const receipt = await withTenant(scope, (tx) => readReceiptDocument(tx, scope.tenantId, attemptId));
  return { name: `receipt-${receipt.number}.pdf`, content: receiptPdf(receipt) };
}

/** @throws AppError not_found, also for another tenant's */
export async function creditNoteFile(scope: TenantScope, creditNoteId: string): Promise<DocumentFile> {
  const note = await withTenant(scope, (tx) => readCreditNoteDocument(tx, scope.tenantId, creditNoteId));
  return { name: `credit-note-${note.number}.pdf`, content: creditNotePdf(note) };
}
