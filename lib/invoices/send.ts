import { and, eq } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { invoices } from "@/db/schema";
import { send } from "@/inngest/client";
import type { AppEvent } from "@/inngest/events";
import type { TenantScope } from "@/lib/auth/scope";
import { now } from "@/lib/clock";
import { invoiceParams, tell } from "@/lib/dunning/cases";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { finalizeInvoice } from "./finalize";
import { lockInvoice, readInvoice } from "./rows";

/**
 * Mails an invoice to those who pay for the tenant, its PDF attached; a draft is made final first.
 * @param requestKey asking again by it does not mail again
 * @throws AppError not_found · invoice_not_open (void) · and what {@link finalizeInvoice} throws
 */
export async function sendInvoice(scope: TenantScope, invoiceId: string, requestKey: string | null): Promise<void> {
  const { status } = await readInvoice(systemDb(), scope.tenantId, invoiceId);
  if (status === "draft") await finalizeInvoice(scope.tenantId, invoiceId);
  const after: AppEvent[] = [];
  await systemDb().transaction(async (tx) => {
    const row = await lockInvoice(tx, scope.tenantId, invoiceId);
    if (row.status === "void") throw new AppError("invoice_not_open", "the invoice is void");
    await tx
      .update(invoices)
      .set({ sentAt: now() })
      .where(and(eq(invoices.tenantId, row.tenantId), eq(invoices.invoiceId, row.invoiceId)));
    await tell(tx, after, row.tenantId, `invoice:${row.invoiceId}:${requestKey ?? newId()}`, {
      kind: "invoice_sent",
      params: { ...invoiceParams(row), amountMinor: row.totalMinor, dueAt: row.dueAt?.toISOString() ?? null },
    });
  });
  await send(after);
}
