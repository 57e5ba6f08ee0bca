import { and, eq } from "drizzle-orm";
import { systemDb, type Tx } from "@/db/client";
import { invoices, subscriptions, tenants } from "@/db/schema";
import { send } from "@/inngest/client";
import type { AppEvent } from "@/inngest/events";
import { now } from "@/lib/clock";
import { nextNumber } from "@/lib/documents/numbers";
import { invoiceFailed, invoiceSettled } from "@/lib/dunning/cases";
import { env } from "@/lib/env";
import { invariant } from "@/lib/errors";
import { type InvoiceId, newId, type SubscriptionId, type TenantId } from "@/lib/ids";
import type { InvoiceSnapshot } from "@/lib/stripe/invoice";
import { fetchInvoice } from "@/lib/stripe/invoices";
import { bookPayments } from "./book";
import { type InvoiceRow, replaceLines } from "./rows";

/** Percent with decimals → basis points; four decimals are more than our documents show. */
const taxBps = (taxed: boolean) => (taxed ? Math.round(Number(env().TAX_RATE) * 100) : 0);

async function subscriptionOf(tx: Tx, tenantId: TenantId, said: InvoiceSnapshot): Promise<SubscriptionId | null> {
  if (!said.stripeSubscriptionId) return null;
  const [row] = await tx
    .select({ subscriptionId: subscriptions.subscriptionId })
    .from(subscriptions)
    .where(
      and(eq(subscriptions.tenantId, tenantId), eq(subscriptions.stripeSubscriptionId, said.stripeSubscriptionId)),
    );
  return row?.subscriptionId ?? null;
}

function mirrored(said: InvoiceSnapshot, at: Date) {
  return {
    stripeInvoiceId: said.stripeInvoiceId,
    status: said.status,
    reason: said.reason,
    stripeCustomerId: said.stripeCustomerId,
    currency: said.currency,
    subtotalMinor: said.subtotalMinor,
    discountMinor: said.discountMinor,
    taxRateBps: taxBps(said.taxMinor !== 0),
    taxMinor: said.taxMinor,
    totalMinor: said.totalMinor,
    amountDueMinor: said.amountDueMinor,
    amountPaidMinor: said.amountPaidMinor,
    creditedMinor: said.creditedMinor,
    hostedUrl: said.hostedUrl,
    billedTo: said.billedTo,
    dueAt: said.dueAt,
    periodStart: said.periodStart,
    periodEnd: said.periodEnd,
    issuedAt: said.issuedAt,
    paidAt: said.paidAt,
    voidedAt: said.voidedAt,
    markedUncollectibleAt: said.markedUncollectibleAt,
    syncedAt: at,
  };
}

/** The row of an invoice, locked; made when it is first heard of. */
async function rowOf(tx: Tx, tenantId: TenantId, said: InvoiceSnapshot, at: Date): Promise<InvoiceRow> {
  const known = said.invoiceId
    ? eq(invoices.invoiceId, said.invoiceId)
    : eq(invoices.stripeInvoiceId, said.stripeInvoiceId);
  const find = () =>
    tx
      .select()
      .from(invoices)
      .where(and(eq(invoices.tenantId, tenantId), known))
      .for("update");
  const [row] = await find();
  if (row) return row;
  await tx
    .insert(invoices)
    .values({
      tenantId,
      invoiceId: newId<InvoiceId>(),
      subscriptionId: await subscriptionOf(tx, tenantId, said),
      memo: said.memo,
      createdBy: "stripe",
      createdAt: said.createdAt,
      ...mirrored(said, at),
      status: "draft",
    })
    .onConflictDoNothing();
  const [made] = await find();
  invariant(made, "the invoice was written");
  return made;
}

async function write(tx: Tx, after: AppEvent[], tenantId: TenantId, said: InvoiceSnapshot, at: Date): Promise<void> {
  const before = await rowOf(tx, tenantId, said, at);
  if (before.syncedAt > at) return;
  // Ours keeps its own lines: quantities and units are said in more detail there.
  if (!said.invoiceId) await replaceLines(tx, tenantId, before.invoiceId, said.lines);
  const number = before.number ?? (said.status === "draft" ? null : await nextNumber(tx, tenantId, "invoice"));
  const [row] = await tx
    .update(invoices)
    .set({
      ...mirrored(said, at),
      number,
      subscriptionId: before.subscriptionId ?? (await subscriptionOf(tx, tenantId, said)),
    })
    .where(and(eq(invoices.tenantId, tenantId), eq(invoices.invoiceId, before.invoiceId)))
    .returning();
  invariant(row, "the invoice is there");
  await bookPayments(tx, row, said);
  const failed = said.payments.find((payment) => payment.status === "requires_payment_method" && payment.error);
  if (row.status === "open" && failed?.error && said.reason !== "subscription_create")
    await invoiceFailed(tx, after, row, failed.error);
  if (row.status !== "open" && row.status !== "draft") await invoiceSettled(tx, after, row);
}

/**
 * Makes our row equal to what Stripe said of an invoice: its number of ours once it is final, its payments in the ledger and the
 * list, its failure in dunning. Any order and any number end in the same rows.
 * @param at when Stripe was asked: an older answer changes nothing
 * @returns the tenant, or null for a customer that is not ours
 */
export async function applyInvoice(said: InvoiceSnapshot, at: Date): Promise<TenantId | null> {
  const [tenant] = await systemDb()
    .select({ tenantId: tenants.tenantId })
    .from(tenants)
    .where(eq(tenants.stripeCustomerId, said.stripeCustomerId));
  if (!tenant) return null;
  const after: AppEvent[] = [];
  await systemDb().transaction((tx) => write(tx, after, tenant.tenantId, said, at));
  await send(after);
  return tenant.tenantId;
}

/** Asks Stripe what an invoice is now, and makes our row equal. A draft that was deleted there goes here too. @throws Stripe's errors */
export async function syncInvoice(stripeInvoiceId: string): Promise<TenantId | null> {
  const at = now();
  const said = await fetchInvoice(stripeInvoiceId);
  if (said) return applyInvoice(said, at);
  const gone = await systemDb()
    .delete(invoices)
    .where(and(eq(invoices.stripeInvoiceId, stripeInvoiceId), eq(invoices.status, "draft")))
    .returning({ tenantId: invoices.tenantId });
  return gone[0]?.tenantId ?? null;
}
