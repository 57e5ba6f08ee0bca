import { z } from "zod";
import { creditNoteFile, type DocumentFile, invoiceFile, receiptFile } from "@/lib/documents/files";
import { type Answer, endpoint } from "../endpoint";

const params = z.object({ id: z.uuid() });
const PDF = "application/pdf";
const answer = { status: 200, description: "The file", mediaTypes: [PDF] };

/** Shown in the browser, and saved under its own name. */
const fileAnswer = ({ name, content }: DocumentFile): Answer => ({
  stream: content,
  headers: { "Content-Type": PDF, "Content-Disposition": `inline; filename="${name}"` },
});

export const getInvoicePdf = endpoint({
  method: "GET",
  path: "/invoices/{id}/pdf",
  tag: "Invoices",
  summary: "Read an invoice as PDF",
  access: { role: "member", scope: "invoices:read" },
  params,
  answer,
  handle: async ({ scope, params: { id } }) => fileAnswer(await invoiceFile(scope, id)),
});

export const getCreditNotePdf = endpoint({
  method: "GET",
  path: "/credit-notes/{id}/pdf",
  tag: "Invoices",
  summary: "Read a credit note as PDF",
  access: { role: "member", scope: "invoices:read" },
  params,
  answer,
  handle: async ({ scope, params: { id } }) => fileAnswer(await creditNoteFile(scope, id)),
});

export const getReceiptPdf = endpoint({
  method: "GET",
  path: "/balance/recharges/{id}/receipt",
  tag: "Balance",
  summary: "Read the receipt of a top-up as PDF",
  access: { role: "member", scope: "balance:read" },
  params,
  answer,
  handle: async ({ scope, params: { id } }) => fileAnswer(await receiptFile(scope, id)),
});
