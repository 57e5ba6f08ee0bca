import { and, eq } from "drizzle-orm";
import { systemDb, type Tx } from "@/db/client";
import { invoiceLines, invoices, tenants } from "@/db/schema";
import type { TenantScope } from "@/lib/auth/scope";
import { now } from "@/lib/clock";
import { env } from "@/lib/env";
import { AppError, invalid, invariant } from "@/lib/errors";
import { type InvoiceId, newId } from "@/lib/ids";
import { parseAmount, toDecimalString } from "@/lib/money/amount";
import type { Currency } from "@/lib/money/currency";
import { toMinor } from "@/lib/money/minor";
import { type PricedLine, priceLines, type WrittenLine } from "./lines";
import { type InvoiceRow, lockInvoice, readLines, replaceLines } from "./rows";

/** Without a due date an invoice is due so many days after it is final. */
export const DUE_DAYS = 30;
const DAY_MS = 86_400_000;

export type DraftInput = { lines: WrittenLine[]; dueAt: Date | null; memo: string | null };

/** The most that Stripe takes for an invoice, and for a line of it: twelve digits. */
const MOST_MINOR = toMinor(999_999_999_999);

function priced(lines: readonly WrittenLine[], currency: Currency) {
  const most = toDecimalString(MOST_MINOR, currency);
  for (const [index, { quantity, unitMinor }] of lines.entries())
    if (Number(quantity) * unitMinor > MOST_MINOR) throw invalid(`lineItems.${index}`, `must come to at most ${most}`);
  const result = priceLines(lines, currency, env().TAX_RATE);
  if (result.totalMinor <= 0) throw invalid("lineItems", "must come to more than zero");
  if (result.totalMinor > MOST_MINOR) throw invalid("lineItems", `must come to at most ${most}, tax included`);
  return result;
}

function checkDue(dueAt: Date | null | undefined): void {
  if (dueAt && dueAt <= now()) throw invalid("dueDate", "must be in the future");
}

const amountsOf = (lines: readonly WrittenLine[], currency: Currency) => {
  const { subtotalMinor, taxMinor, totalMinor } = priced(lines, currency);
  return { subtotalMinor, taxRate: env().TAX_RATE, taxMinor, totalMinor, amountDueMinor: totalMinor };
};

const asRows = (lines: readonly PricedLine[]) =>
  lines.map((line) => ({ ...line, periodStart: null, periodEnd: null, isProration: false }));

/**
 * Writes an invoice by hand: ours alone until it is finalised.
 * @param requestKey asking again by it answers the same draft
 * @throws AppError invalid_request
 */
export async function createDraft(
  scope: TenantScope,
  input: DraftInput,
  requestKey: string | null,
): Promise<InvoiceRow> {
  checkDue(input.dueAt);
  return systemDb().transaction(async (tx) => {
    const [tenant] = await tx.select().from(tenants).where(eq(tenants.tenantId, scope.tenantId)).for("key share");
    if (!tenant) throw new AppError("not_found");
    const at = now();
    const [made] = await tx
      .insert(invoices)
      .values({
        tenantId: scope.tenantId,
        invoiceId: newId<InvoiceId>(),
        status: "draft",
        reason: "manual",
        stripeCustomerId: tenant.stripeCustomerId,
        currency: tenant.currency,
        ...amountsOf(input.lines, tenant.currency),
        memo: input.memo,
        dueAt: input.dueAt,
        createdBy: scope.actor,
        requestKey,
        createdAt: at,
        syncedAt: at,
      })
      .onConflictDoNothing()
      .returning();
    if (made) {
      const { lines } = priced(input.lines, tenant.currency);
      await replaceLines(tx, scope.tenantId, made.invoiceId, asRows(lines));
      return made;
    }
    const [known] = await tx
      .select()
      .from(invoices)
      .where(and(eq(invoices.tenantId, scope.tenantId), eq(invoices.requestKey, requestKey ?? "")));
    invariant(known, "the invoice of this request is there");
    return known;
  });
}

/** The draft, locked, as long as nobody has begun to finalise it. @throws AppError not_found · invoice_not_draft */
async function lockDraft(tx: Tx, scope: TenantScope, invoiceId: string): Promise<InvoiceRow> {
  const row = await lockInvoice(tx, scope.tenantId, invoiceId);
  if (row.status !== "draft" || row.finalizeLeaseUntil) throw new AppError("invoice_not_draft");
  if (row.createdBy === "stripe") throw new AppError("invoice_not_draft", "drafts of subscriptions are made by Stripe");
  return row;
}

async function writtenLines(tx: Tx, row: InvoiceRow): Promise<WrittenLine[]> {
  const lines = await readLines(tx, row.tenantId, row.invoiceId);
  return lines.map(({ description, quantity, unitAmount }) => {
    const unitMinor = parseAmount(unitAmount.replace(/0+$/, "").replace(/\.$/, ""), row.currency);
    invariant(typeof unitMinor === "number", "a line's price was read in the invoice's currency");
    return { description, quantity, unitMinor };
  });
}

/** Changes what is given of a draft. @throws AppError not_found · invoice_not_draft · invalid_request */
export async function updateDraft(scope: TenantScope, invoiceId: string, input: Partial<DraftInput>): Promise<void> {
  checkDue(input.dueAt);
  await systemDb().transaction(async (tx) => {
    const row = await lockDraft(tx, scope, invoiceId);
    if (input.lines)
      await replaceLines(tx, row.tenantId, row.invoiceId, asRows(priced(input.lines, row.currency).lines));
    await tx
      .update(invoices)
      .set({
        ...amountsOf(input.lines ?? (await writtenLines(tx, row)), row.currency),
        ...(input.dueAt !== undefined && { dueAt: input.dueAt }),
        ...(input.memo !== undefined && { memo: input.memo }),
        syncedAt: now(),
      })
      .where(and(eq(invoices.tenantId, row.tenantId), eq(invoices.invoiceId, row.invoiceId)));
  });
}

/** Throws a draft away; it had no number. @throws AppError not_found · invoice_not_draft */
export async function deleteDraft(scope: TenantScope, invoiceId: string): Promise<void> {
  await systemDb().transaction(async (tx) => {
    const row = await lockDraft(tx, scope, invoiceId);
    const ofInvoice = and(eq(invoiceLines.tenantId, row.tenantId), eq(invoiceLines.invoiceId, row.invoiceId));
    await tx.delete(invoiceLines).where(ofInvoice);
    await tx.delete(invoices).where(and(eq(invoices.tenantId, row.tenantId), eq(invoices.invoiceId, row.invoiceId)));
  });
}

/** When a draft is due that is finalised now. */
export const dueOf = (row: InvoiceRow): Date => row.dueAt ?? new Date(now().getTime() + DUE_DAYS * DAY_MS);
