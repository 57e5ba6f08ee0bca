import { and, eq, ne } from "drizzle-orm";
import { systemDb, type Tx } from "@/db/client";
import { invoices, subscriptions, tenants } from "@/db/schema";
import { send } from "@/inngest/client";
import type { AppEvent } from "@/inngest/events";
import { now } from "@/lib/clock";
import { nextNumber } from "@/lib/documents/numbers";
import {
  endForSubscription,
  invoiceFailed,
  invoiceParams,
  invoiceSettled,
  runningCase,
  tell,
} from "@/lib/dunning/cases";
import { invariant } from "@/lib/errors";
import { type InvoiceId, newId, type SubscriptionId, type TenantId } from "@/lib/ids";
import type { InvoiceSnapshot } from "@/lib/stripe/invoice";
import { fetchInvoice } from "@/lib/stripe/invoices";
import type { SubscriptionRow } from "@/lib/subscriptions/end";
import { bookPayments } from "./book";
import { type InvoiceRow, replaceLines } from "./rows";
import { settlePayments } from "./settle-payments";
import { noteStripesTry } from "./stripes-try";
import { isUndelivered } from "./undelivered";

/** Before the invoice is locked, as whoever ends a subscription does: either sees what the other has written. */
async function subscriptionOf(tx: Tx, tenantId: TenantId, said: InvoiceSnapshot): Promise<SubscriptionRow | null> {
  if (!said.stripeSubscriptionId) return null;
  const [row] = await tx
    .select()
    .from(subscriptions)
    .where(and(eq(subscriptions.tenantId, tenantId), eq(subscriptions.stripeSubscriptionId, said.stripeSubscriptionId)))
    .for("share");
  return row ?? null;
}

/** What we wrote ourselves says more than Stripe's copy of it: lines, amounts before tax, the tax. */
const written = (said: InvoiceSnapshot) => ({
  reason: said.reason,
  subtotalMinor: said.subtotalMinor,
  discountMinor: said.discountMinor,
  taxRate: said.taxRate,
  taxMinor: said.taxMinor,
});

function mirrored(said: InvoiceSnapshot, at: Date) {
  return {
    stripeInvoiceId: said.stripeInvoiceId,
    status: said.status,
    stripeCustomerId: said.stripeCustomerId,
    currency: said.currency,
    ...(!said.invoiceId && written(said)),
    totalMinor: said.totalMinor,
    amountDueMinor: said.amountDueMinor,
    amountPaidMinor: said.amountPaidMinor,
    fromCreditMinor: said.fromCreditMinor,
    creditedMinor: said.creditedMinor,
    chargesAutomatically: said.chargesAutomatically,
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
async function rowOf(
  tx: Tx,
  tenantId: TenantId,
  said: InvoiceSnapshot,
  subscriptionId: SubscriptionId | null,
  at: Date,
): Promise<InvoiceRow> {
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
      subscriptionId,
      memo: said.memo,
      createdBy: "stripe",
      createdAt: said.createdAt,
      ...mirrored(said, at),
      ...written(said),
      status: "draft",
    })
    .onConflictDoNothing();
  const [made] = await find();
  invariant(made, "the invoice was written");
  return made;
}

const isOf = (row: InvoiceRow) => and(eq(invoices.tenantId, row.tenantId), eq(invoices.invoiceId, row.invoiceId));

/** Told once; a case that recovers says so itself. */
async function tellPaid(tx: Tx, after: AppEvent[], before: InvoiceRow, row: InvoiceRow): Promise<void> {
  if (before.status === "paid" || row.status !== "paid" || row.amountPaidMinor === 0) return;
  if ((await runningCase(tx, row)) !== null) return;
  await tell(tx, after, row.tenantId, `invoice:${row.invoiceId}`, {
    kind: "invoice_paid",
    params: { ...invoiceParams(row), amountMinor: row.amountPaidMinor },
  });
}

/**
 * Whether an unpaid invoice is owed: what the customer pays when it likes is not dunned, and a payment that would have begun a
 * subscription, or ended its pause, begins nothing when it fails.
 */
function isDunned(row: InvoiceRow, subscription: SubscriptionRow | null): boolean {
  if (!row.chargesAutomatically || row.withdrawAt || row.reason === "subscription_create") return false;
  return row.reason !== "subscription_update" || subscription?.status !== "paused";
}

async function write(tx: Tx, after: AppEvent[], tenantId: TenantId, said: InvoiceSnapshot, at: Date): Promise<void> {
  const subscription = await subscriptionOf(tx, tenantId, said);
  const before = await rowOf(tx, tenantId, said, subscription?.subscriptionId ?? null, at);
  if (before.syncedAt > at) return;
  if (said.invoiceId && said.status === "draft") {
    // Half made there: our draft is the whole one until it is final.
    await tx.update(invoices).set({ stripeInvoiceId: said.stripeInvoiceId }).where(isOf(before));
    return;
  }
  if (!said.invoiceId) await replaceLines(tx, tenantId, before.invoiceId, said.lines);
  const number = before.number ?? (said.status === "draft" ? null : await nextNumber(tx, tenantId, "invoice"));
  const undelivered = said.status === "open" && subscription !== null && isUndelivered(said, subscription);
  const [row] = await tx
    .update(invoices)
    .set({
      ...mirrored(said, at),
      number,
      finalizeLeaseUntil: null,
      subscriptionId: before.subscriptionId ?? subscription?.subscriptionId ?? null,
      withdrawAt: before.withdrawAt ?? (undelivered ? at : null),
    })
    .where(isOf(before))
    .returning();
  invariant(row, "the invoice is there");
  await bookPayments(tx, row, said);
  await settlePayments(tx, row, said);
  await noteStripesTry(tx, row, said);
  const failed = said.payments.find((payment) => payment.status === "requires_payment_method" && payment.error);
  if (row.status === "open" && failed?.error && isDunned(row, subscription))
    await invoiceFailed(tx, after, row, failed.error);
  if (row.status === "open" && row.withdrawAt) await endForSubscription(tx, row);
  await tellPaid(tx, after, before, row);
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

/** A draft that was deleted at Stripe goes here too, unless it was written here. */
async function forget(stripeInvoiceId: string): Promise<TenantId | null> {
  const draft = and(eq(invoices.stripeInvoiceId, stripeInvoiceId), eq(invoices.status, "draft"));
  const [kept] = await systemDb()
    .update(invoices)
    .set({ stripeInvoiceId: null, finalizeLeaseUntil: null })
    .where(and(draft, ne(invoices.createdBy, "stripe")))
    .returning({ tenantId: invoices.tenantId });
  if (kept) return kept.tenantId;
  const [gone] = await systemDb().delete(invoices).where(draft).returning({ tenantId: invoices.tenantId });
  return gone?.tenantId ?? null;
}

/** Asks Stripe what an invoice is now, and makes our row equal. @throws Stripe's errors */
export async function syncInvoice(stripeInvoiceId: string): Promise<TenantId | null> {
  const at = now();
  const said = await fetchInvoice(stripeInvoiceId);
  return said ? applyInvoice(said, at) : forget(stripeInvoiceId);
}
