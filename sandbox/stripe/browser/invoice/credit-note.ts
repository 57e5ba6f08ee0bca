import type { BrowserAnswer, BrowserApi, BrowserRequest } from "../../browser-api";
import { creditNotePdf } from "../../resources/credit-notes/pdf";
import { notFound } from "../pages/not-found";

/** `/credit_notes/:id/pdf`: the credit note to keep. */
export async function creditNoteDownload(
  request: BrowserRequest,
  { account }: BrowserApi,
  id: string,
): Promise<BrowserAnswer> {
  const note = account.tables.creditNotes.get(id);
  const invoice = account.tables.invoices.get(String(note?.invoice));
  if (!note || !invoice) return notFound(request);
  return {
    status: 200,
    headers: {
      "content-type": "application/pdf",
      "content-disposition": `attachment; filename="CreditNote-${note.number}.pdf"`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
    body: await creditNotePdf(note, invoice, account.tables.creditNoteLines.get(id)?.lines ?? []),
  };
}
