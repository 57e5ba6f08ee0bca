import { and, asc, eq, isNotNull, lte } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { invoices } from "@/db/schema";
import { now } from "@/lib/clock";
import { AppError, invalid, invariant } from "@/lib/errors";
import type { TenantId } from "@/lib/ids";
import { log } from "@/lib/log";
import { chargeStepOf } from "@/lib/money/currency";
import { ensureCustomer } from "@/lib/payment-methods/customer";
import { LEASE_MS } from "@/lib/recharge/claim";
import { issueManualInvoice, type ManualInvoice } from "@/lib/stripe/issue-invoice";
import { ensureTaxRate } from "@/lib/stripe/tax-rates";
import { dueOf } from "./drafts";
import { refuseInvoice } from "./refusals";
import { type InvoiceRow, lockInvoice, readInvoice, readLines } from "./rows";
import { applyInvoice } from "./sync";

/** So many lines Stripe is told one by one; a longer invoice is one sum there, and its lines stand on our document. */
const LINES_AT_STRIPE = 100;
/** A long invoice takes a call per line: until then whoever finalises is presumed alive. */
const FINALIZE_LEASE_MS = LEASE_MS * 2;

const leaseUntil = () => new Date(now().getTime() + FINALIZE_LEASE_MS);

type Begun = { row: InvoiceRow; before: InvoiceRow };

/** From here on the draft cannot be edited. @returns the draft, and as it was; null when it was finalised before */
async function begin(tenantId: TenantId, invoiceId: string): Promise<Begun | null> {
  return systemDb().transaction(async (tx) => {
    const row = await lockInvoice(tx, tenantId, invoiceId);
    if (row.createdBy === "stripe") throw new AppError("invoice_not_draft", "Stripe finalises it by itself");
    if (row.status !== "draft") return null;
    if (row.finalizeLeaseUntil && row.finalizeLeaseUntil > now())
      throw new AppError("change_in_progress", "the invoice is being made final");
    if (!row.finalizeLeaseUntil && row.dueAt && row.dueAt <= now())
      throw invalid("dueDate", "has passed: choose a later one first");
    const [begun] = await tx
      .update(invoices)
      .set({
        // The due date is fixed with the first try, and so is the instant after which Stripe may know the invoice.
        dueAt: dueOf(row),
        finalizeLeaseUntil: leaseUntil(),
        ...(!row.finalizeLeaseUntil && { syncedAt: now() }),
      })
      .where(and(eq(invoices.tenantId, tenantId), eq(invoices.invoiceId, row.invoiceId)))
      .returning();
    invariant(begun, "the invoice is there");
    return { row: begun, before: row };
  });
}

/**
 * How Stripe is told of it. In currencies whose steps it does not know for taxes, and for long invoices, the tax is a line of its
 * own there, so that the total is ours to the smallest unit.
 */
async function asStripeTakesIt(row: InvoiceRow): Promise<Pick<ManualInvoice, "lines" | "taxRateId">> {
  const lines = await readLines(systemDb(), row.tenantId, row.invoiceId);
  const isLong = lines.length > LINES_AT_STRIPE;
  const shown = isLong
    ? [{ description: `${lines.length} items`, amountMinor: row.subtotalMinor }]
    : lines.map(({ description, amountMinor }) => ({ description, amountMinor }));
  if (row.taxMinor === 0) return { lines: shown, taxRateId: null };
  if (!isLong && chargeStepOf(row.currency) === 1)
    return { lines: shown, taxRateId: await ensureTaxRate(String(Number(row.taxRate))) };
  const percent = `${Number(row.taxRate)} %`;
  return { lines: [...shown, { description: `Tax (${percent})`, amountMinor: row.taxMinor }], taxRateId: null };
}

async function issue(row: InvoiceRow): Promise<void> {
  invariant(row.dueAt, "the due date was fixed");
  const stripeCustomerId = await ensureCustomer(row.tenantId);
  const said = await issueManualInvoice({
    tenantId: row.tenantId,
    invoiceId: row.invoiceId,
    stripeCustomerId,
    currency: row.currency,
    ...(await asStripeTakesIt(row)),
    dueAt: row.dueAt,
    memo: row.memo,
    since: row.createdAt,
    triedAt: row.syncedAt,
  });
  if (said.totalMinor !== row.totalMinor)
    log().error(
      { tenantId: row.tenantId, invoiceId: row.invoiceId, ours: row.totalMinor, stripe: said.totalMinor },
      "an invoice came to another total at Stripe",
    );
  await applyInvoice(said, now());
}

const isThisDraft = ({ tenantId, invoiceId }: InvoiceRow) =>
  and(eq(invoices.tenantId, tenantId), eq(invoices.invoiceId, invoiceId), eq(invoices.status, "draft"));

/** Ends the lease: from now on it can be gone on with. */
async function release(row: InvoiceRow): Promise<void> {
  await systemDb().update(invoices).set({ finalizeLeaseUntil: now() }).where(isThisDraft(row));
}

/** Ends the lease and lets it be edited again: nothing of it is at Stripe, and it is what it was before the first try. */
async function takeBack({ row, before }: Begun): Promise<void> {
  const { dueAt, syncedAt } = before.finalizeLeaseUntil ? row : before;
  await systemDb().update(invoices).set({ finalizeLeaseUntil: null, dueAt, syncedAt }).where(isThisDraft(row));
}

/**
 * Makes a draft final: it gets its number, and can be paid. What broke in the middle is gone on with by asking again, or by
 * {@link resumeFinalizing}.
 * @throws AppError not_found · invoice_not_draft · invalid_request · change_in_progress · stripe_unavailable
 */
export async function finalizeInvoice(tenantId: TenantId, invoiceId: string): Promise<InvoiceRow> {
  const begun = await begin(tenantId, invoiceId);
  if (!begun) return readInvoice(systemDb(), tenantId, invoiceId);
  try {
    await issue(begun.row).catch(refuseInvoice);
  } catch (error) {
    // What Stripe does not take as it is can be edited; whatever else happened, it may be half made there.
    if (error instanceof AppError && error.code === "invalid_request") await takeBack(begun);
    else await release(begun.row);
    throw error;
  }
  return readInvoice(systemDb(), tenantId, invoiceId);
}

const isUnfinished = and(eq(invoices.status, "draft"), isNotNull(invoices.finalizeLeaseUntil));

/** Goes on with what somebody began to finalise and did not end. @returns how many were looked at */
export async function resumeFinalizing(limit: number): Promise<number> {
  const due = await systemDb()
    .select({ tenantId: invoices.tenantId, invoiceId: invoices.invoiceId })
    .from(invoices)
    .where(and(isUnfinished, lte(invoices.finalizeLeaseUntil, now())))
    .orderBy(asc(invoices.finalizeLeaseUntil))
    .limit(limit);
  for (const { tenantId, invoiceId } of due)
    await finalizeInvoice(tenantId, invoiceId).catch((error) =>
      log().warn({ err: error, tenantId, invoiceId }, "an invoice is not final yet"),
    );
  return due.length;
}

/** When the next one is due to be gone on with; null: there is none. */
export async function nextFinalizeAt(): Promise<Date | null> {
  const [row] = await systemDb()
    .select({ at: invoices.finalizeLeaseUntil })
    .from(invoices)
    .where(isUnfinished)
    .orderBy(asc(invoices.finalizeLeaseUntil))
    .limit(1);
  return row?.at ?? null;
}
