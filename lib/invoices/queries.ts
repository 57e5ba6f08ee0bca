import { and, asc, desc, eq, gte, ilike, inArray, lt, or, type SQL, sql } from "drizzle-orm";
import { type Tx, withTenant } from "@/db/client";
import { invoiceLines, invoicePayments, invoices, transactions } from "@/db/schema";
import type { InvoiceStatus } from "@/db/schema/invoices";

import type { TenantScope } from "@/lib/auth/scope";
import { caseOfInvoice, type DunningCase } from "@/lib/dunning/cases";
import { env } from "@/lib/env";
import { invalid, invariant } from "@/lib/errors";
import { type InvoiceId, isId, type TenantId } from "@/lib/ids";
import { type Minor, toMinor, ZERO } from "@/lib/money/minor";
import { type Page, type PageRequest, toPage } from "@/lib/paging";
import type { Transaction } from "@/lib/transactions/queries";
import { type CreditNoteRow, notesOf } from "./credit-note-rows";
import type { PaymentRow } from "./payment-rows";
import { type InvoiceLineRow, type InvoiceRow, readInvoice } from "./rows";

export type { InvoiceStatus };

export type Invoice = Omit<
  InvoiceRow,
  "requestKey" | "syncedAt" | "finalizeLeaseUntil" | "overdueToldAt" | "withdrawAt"
> & {
  lines: InvoiceLineRow[];
  /** Given back of what was paid. */
  refundedMinor: Minor;
  /** Where the API has its PDF. */
  pdfUrl: string;
};

/** An invoice as its page shows it. */
export type InvoiceDetail = Invoice & {
  /** Newest first. */
  payments: PaymentRow[];
  /** What Stripe collected without being asked by us, by itself or through the link, and what failed through the link. */
  collected: Transaction[];
  creditNotes: CreditNoteRow[];
  /** The timetable of its failure; null: it never failed. */
  dunning: DunningCase | null;
};

export type InvoiceFilter = {
  status?: InvoiceStatus[];
  /** Created from this instant on, and before that. */
  from?: Date;
  to?: Date;
  /** Part of the number or memo, or the whole of an id. */
  search?: string;
};

/** More tries than the budget of a card allows are not shown. */
const PAYMENTS_SHOWN = 50;

const escapeLike = (text: string) => text.replace(/[\\%_]/g, "\\$&");

function searched(text: string): SQL | undefined {
  const pattern = `%${escapeLike(text)}%`;
  return or(
    ilike(invoices.number, pattern),
    ilike(invoices.memo, pattern),
    eq(invoices.stripeInvoiceId, text),
    isId(text) ? eq(invoices.invoiceId, text as InvoiceId) : undefined,
  );
}

async function refundedOf(tx: Tx, tenantId: TenantId, ids: InvoiceId[]): Promise<Map<string, Minor>> {
  const rows = await tx
    .select({ invoiceId: transactions.invoiceId, minor: sql<string>`sum(${transactions.refundedMinor})` })
    .from(transactions)
    .where(
      and(eq(transactions.tenantId, tenantId), inArray(transactions.invoiceId, ids), eq(transactions.type, "payment")),
    )
    .groupBy(transactions.invoiceId);
  return new Map(rows.map((row) => [String(row.invoiceId), toMinor(Number(row.minor))]));
}

async function whole(tx: Tx, tenantId: TenantId, rows: InvoiceRow[]): Promise<Invoice[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.invoiceId);
  const lines = await tx
    .select()
    .from(invoiceLines)
    .where(and(eq(invoiceLines.tenantId, tenantId), inArray(invoiceLines.invoiceId, ids)))
    .orderBy(asc(invoiceLines.invoiceId), asc(invoiceLines.position));
  const byInvoice = new Map<InvoiceId, InvoiceLineRow[]>();
  for (const line of lines) {
    const ofInvoice = byInvoice.get(line.invoiceId);
    if (ofInvoice) ofInvoice.push(line);
    else byInvoice.set(line.invoiceId, [line]);
  }
  const refunded = await refundedOf(tx, tenantId, ids);
  const base = env().BILLING_URL.replace(/\/$/, "");
  return rows.map(
    ({ requestKey: _, syncedAt: __, finalizeLeaseUntil: ___, overdueToldAt: ____, withdrawAt: _____, ...row }) => ({
      ...row,
      lines: byInvoice.get(row.invoiceId) ?? [],
      refundedMinor: refunded.get(row.invoiceId) ?? ZERO,
      pdfUrl: `${base}/api/v1/billing/invoices/${row.invoiceId}/pdf`,
    }),
  );
}

/** Invoices, newest first; the cursor is the last one shown. @throws AppError invalid_request for a cursor not given out */
export async function listInvoices(
  scope: TenantScope,
  filter: InvoiceFilter,
  page: PageRequest,
): Promise<Page<Invoice>> {
  const { cursor } = page;
  if (cursor !== null && !isId(cursor)) throw invalid("cursor", "is not one that this list gave out");
  const after = cursor
    ? sql`(${invoices.createdAt}, ${invoices.invoiceId}) < (select i.created_at, i.invoice_id from invoices i where i.tenant_id = ${scope.tenantId} and i.invoice_id = ${cursor}::uuid)`
    : undefined;
  return withTenant(scope, async (tx) => {
    const rows = await tx
      .select()
      .from(invoices)
      .where(
        and(
          eq(invoices.tenantId, scope.tenantId),
          filter.status?.length ? inArray(invoices.status, filter.status) : undefined,
          filter.from ? gte(invoices.createdAt, filter.from) : undefined,
          filter.to ? lt(invoices.createdAt, filter.to) : undefined,
          filter.search ? searched(filter.search) : undefined,
          after,
        ),
      )
      .orderBy(desc(invoices.createdAt), desc(invoices.invoiceId))
      .limit(page.limit + 1);
    return toPage(await whole(tx, scope.tenantId, rows), page.limit, (row) => row.invoiceId);
  });
}

/** Payments of an invoice that none of the tries stands for. */
async function collectedByStripe(tx: Tx, invoice: InvoiceRow, tries: PaymentRow[]): Promise<Transaction[]> {
  const rows = await tx
    .select()
    .from(transactions)
    .where(
      and(
        eq(transactions.tenantId, invoice.tenantId),
        eq(transactions.invoiceId, invoice.invoiceId),
        eq(transactions.type, "payment"),
      ),
    )
    .orderBy(desc(transactions.createdAt));
  const isOurs = (row: Transaction) =>
    tries.some(
      (one) =>
        one.stripePaymentIntentId === row.stripePaymentIntentId &&
        // One intent lives through many tries: ours may have failed before somebody paid by the link.
        (one.trigger === "stripe" ? row.status === "failed" : row.status !== "succeeded" || one.state === "succeeded"),
    );
  return rows.filter((row) => !isOurs(row));
}

/** One invoice with its payments, credit notes and timetable. @throws AppError not_found, also for another tenant's */
export async function getInvoice(scope: TenantScope, invoiceId: string): Promise<InvoiceDetail> {
  return withTenant(scope, async (tx) => {
    const row = await readInvoice(tx, scope.tenantId, invoiceId);
    const [invoice] = await whole(tx, scope.tenantId, [row]);
    invariant(invoice, "one row is one invoice");
    const payments = await tx
      .select()
      .from(invoicePayments)
      .where(and(eq(invoicePayments.tenantId, scope.tenantId), eq(invoicePayments.invoiceId, row.invoiceId)))
      .orderBy(desc(invoicePayments.createdAt), desc(invoicePayments.paymentId))
      .limit(PAYMENTS_SHOWN);
    return {
      ...invoice,
      payments,
      collected: await collectedByStripe(tx, row, payments),
      creditNotes: await notesOf(tx, scope.tenantId, row.invoiceId),
      dunning: await caseOfInvoice(tx, row),
    };
  });
}
