import { and, asc, eq, isNull } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { dunningCases, invoices } from "@/db/schema";
import { now } from "@/lib/clock";
import type { TenantId } from "@/lib/ids";
import { log } from "@/lib/log";
import { stopCollecting } from "@/lib/stripe/invoices";

/**
 * Tells Stripe not to collect the invoice of a case any more: from here on the timetable is ours alone. Again changes nothing.
 * @throws Stripe's errors
 */
export async function takeOver(tenantId: TenantId, caseId: string): Promise<void> {
  const isCase = and(eq(dunningCases.tenantId, tenantId), eq(dunningCases.caseId, caseId));
  const [row] = await systemDb()
    .select({ stripeInvoiceId: invoices.stripeInvoiceId, takenOverAt: dunningCases.takenOverAt })
    .from(dunningCases)
    .innerJoin(
      invoices,
      and(eq(invoices.tenantId, dunningCases.tenantId), eq(invoices.invoiceId, dunningCases.invoiceId)),
    )
    .where(isCase);
  if (!row?.stripeInvoiceId || row.takenOverAt) return;
  await stopCollecting(row.stripeInvoiceId);
  await systemDb().update(dunningCases).set({ takenOverAt: now() }).where(isCase);
}

/** Cases whose event was lost. @returns how many were looked at */
export async function takeOverLeft(limit: number): Promise<number> {
  const left = await systemDb()
    .select({ tenantId: dunningCases.tenantId, caseId: dunningCases.caseId })
    .from(dunningCases)
    .where(and(isNull(dunningCases.takenOverAt), eq(dunningCases.state, "active")))
    .orderBy(asc(dunningCases.startedAt))
    .limit(limit);
  for (const { tenantId, caseId } of left)
    await takeOver(tenantId, caseId).catch((error) =>
      log().warn({ err: error, tenantId, caseId }, "an invoice is not taken over from Stripe yet"),
    );
  return left.length;
}
