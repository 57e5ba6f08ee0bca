import { and, asc, eq } from "drizzle-orm";
import type { Reader, Tx } from "@/db/client";
import { invoiceLines, invoices } from "@/db/schema";
import { AppError } from "@/lib/errors";
import { type InvoiceId, isId, type TenantId } from "@/lib/ids";
import type { InvoiceSnapshotLine } from "@/lib/stripe/invoice";

export type InvoiceRow = typeof invoices.$inferSelect;
export type InvoiceLineRow = typeof invoiceLines.$inferSelect;

const one = (tenantId: TenantId, invoiceId: string) =>
  and(eq(invoices.tenantId, tenantId), eq(invoices.invoiceId, invoiceId as InvoiceId));

/** @throws AppError not_found */
export async function readInvoice(db: Reader, tenantId: TenantId, invoiceId: string): Promise<InvoiceRow> {
  if (!isId(invoiceId)) throw new AppError("not_found");
  const [row] = await db.select().from(invoices).where(one(tenantId, invoiceId));
  if (!row) throw new AppError("not_found");
  return row;
}

/** @throws AppError not_found */
export async function lockInvoice(tx: Tx, tenantId: TenantId, invoiceId: string): Promise<InvoiceRow> {
  if (!isId(invoiceId)) throw new AppError("not_found");
  const [row] = await tx.select().from(invoices).where(one(tenantId, invoiceId)).for("update");
  if (!row) throw new AppError("not_found");
  return row;
}

export const readLines = (db: Reader, tenantId: TenantId, invoiceId: InvoiceId): Promise<InvoiceLineRow[]> =>
  db
    .select()
    .from(invoiceLines)
    .where(and(eq(invoiceLines.tenantId, tenantId), eq(invoiceLines.invoiceId, invoiceId)))
    .orderBy(asc(invoiceLines.position));

/** Puts lines in the place of those that are there. */
export async function replaceLines(
  tx: Tx,
  tenantId: TenantId,
  invoiceId: InvoiceId,
  lines: readonly (Omit<InvoiceSnapshotLine, "periodStart" | "periodEnd"> & {
    periodStart: Date | null;
    periodEnd: Date | null;
  })[],
): Promise<void> {
  await tx.delete(invoiceLines).where(and(eq(invoiceLines.tenantId, tenantId), eq(invoiceLines.invoiceId, invoiceId)));
  if (lines.length === 0) return;
  await tx.insert(invoiceLines).values(lines.map((line, position) => ({ tenantId, invoiceId, position, ...line })));
}
