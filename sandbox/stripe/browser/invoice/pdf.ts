import type { BrowserAnswer, BrowserApi, BrowserRequest } from "../../browser-api";
import { StripeFailure } from "../../http/errors";
import { invoiceByToken, linesOf } from "../../resources/invoices/hosted";
import { invoicePdf } from "../../resources/invoices/pdf";
import { notFound } from "../pages/not-found";

/** `/i/:token/pdf`: the invoice to keep. */
export async function invoiceDownload(
  request: BrowserRequest,
  { account }: BrowserApi,
  token: string,
): Promise<BrowserAnswer> {
  try {
    const invoice = invoiceByToken(account, token);
    return {
      status: 200,
      headers: {
        "content-type": "application/pdf",
        "content-disposition": `attachment; filename="Invoice-${invoice.number}.pdf"`,
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
      },
      body: await invoicePdf(invoice, linesOf(account, invoice)),
    };
  } catch (error) {
    if (error instanceof StripeFailure) return notFound(request);
    throw error;
  }
}
