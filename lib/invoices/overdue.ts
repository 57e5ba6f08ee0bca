import { and, asc, eq, isNull, lte } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { invoices } from "@/db/schema";
import { send } from "@/inngest/client";
import type { AppEvent } from "@/inngest/events";
import { now } from "@/lib/clock";
import { invoiceParams, tell } from "@/lib/dunning/cases";
import type { TenantId } from "@/lib/ids";
import { lockInvoice } from "./rows";

const isUntold = and(eq(invoices.status, "open"), isNull(invoices.overdueToldAt));

async function tellOne(tenantId: TenantId, invoiceId: string): Promise<void> {
  const after: AppEvent[] = [];
  await systemDb().transaction(async (tx) => {
    const row = await lockInvoice(tx, tenantId, invoiceId);
    if (row.status !== "open" || row.overdueToldAt || !row.dueAt || row.dueAt > now()) return;
    await tx
      .update(invoices)
      .set({ overdueToldAt: now() })
      .where(and(eq(invoices.tenantId, tenantId), eq(invoices.invoiceId, row.invoiceId)));
    await tell(tx, after, tenantId, `invoice:${row.invoiceId}`, {
      kind: "invoice_overdue",
      params: { ...invoiceParams(row), dueAt: row.dueAt.toISOString() },
    });
  });
  await send(after);
}

/** Tells once of each invoice that is open after its due date. @returns how many were due to be told of */
export async function tellOverdue(limit: number): Promise<number> {
  const due = await systemDb()
    .select({ tenantId: invoices.tenantId, invoiceId: invoices.invoiceId })
    .from(invoices)
    .where(and(isUntold, lte(invoices.dueAt, now())))
    .orderBy(asc(invoices.dueAt))
    .limit(limit);
  for (const { tenantId, invoiceId } of due) await tellOne(tenantId, invoiceId);
  return due.length;
}

/** When the next open invoice is overdue; null: none will be. */
export async function nextOverdueAt(): Promise<Date | null> {
  const [row] = await systemDb()
    .select({ at: invoices.dueAt })
    .from(invoices)
    .where(isUntold)
    .orderBy(asc(invoices.dueAt))
    .limit(1);
  return row?.at ?? null;
}
