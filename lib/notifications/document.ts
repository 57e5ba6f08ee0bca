import { buffer } from "node:stream/consumers";
import { systemScope } from "@/lib/auth/scope";
import { type DocumentFile, invoiceFile, receiptFile } from "@/lib/documents/files";
import type { TenantId } from "@/lib/ids";
import { log } from "@/lib/log";
import type { MailDocument } from "./emails/mail";
import type { NoticeContent } from "./kinds";
import type { Attachment } from "./smtp";

const API = "/api/v1/billing";

/** How the document of a notice is made, and where it can be had. */
function sourceOf(
  tenantId: TenantId,
  notice: NoticeContent,
): { make: () => Promise<DocumentFile>; href: string } | null {
  const scope = systemScope(tenantId);
  switch (notice.kind) {
    case "charged": {
      const { attemptId } = notice.params;
      return { make: () => receiptFile(scope, attemptId), href: `${API}/balance/recharges/${attemptId}/receipt` };
    }
    case "invoice_sent":
    case "invoice_paid": {
      const { invoiceId } = notice.params;
      return { make: () => invoiceFile(scope, invoiceId), href: `${API}/invoices/${invoiceId}/pdf` };
    }
    default:
      return null;
  }
}

/** The document of a notice as it is now, to go with its mails. When it cannot be made, the mail says where to find it. */
export async function documentOf(
  tenantId: TenantId,
  notice: NoticeContent,
): Promise<{ document: MailDocument | null; attachments: Attachment[] }> {
  const source = sourceOf(tenantId, notice);
  if (!source) return { document: null, attachments: [] };
  try {
    const { name, content } = await source.make();
    const attachment = { filename: name, content: await buffer(content), contentType: "application/pdf" };
    return { document: { attached: name }, attachments: [attachment] };
  } catch (error) {
    log().error({ err: error, tenantId, kind: notice.kind }, "a document could not be made for its mail");
    return { document: { href: source.href }, attachments: [] };
  }
}
