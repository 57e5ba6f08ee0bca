import { and, asc, eq, isNull, ne } from "drizzle-orm";
import { type Reader, type Tx, withTenant } from "@/db/client";
import { dunningCases, dunningSteps, tenants } from "@/db/schema";
import type { DunningState } from "@/db/schema/dunning";
import type { AppEvent } from "@/inngest/events";
import type { TenantScope } from "@/lib/auth/scope";
import { now } from "@/lib/clock";
import { env } from "@/lib/env";
import { type InvoiceId, newId, type TenantId } from "@/lib/ids";
import type { InvoiceRow } from "@/lib/invoices/rows";
import type { NoticeContent } from "@/lib/notifications/kinds";
import { notify } from "@/lib/notifications/notify";
import type { Failure } from "@/lib/recharge/declines";
import { type DunningPolicy, timetable } from "./schedule";

export type CaseRow = typeof dunningCases.$inferSelect;
export type StepRow = typeof dunningSteps.$inferSelect;
export type DunningCase = CaseRow & { steps: StepRow[] };

/** Why a case ended whose subscription did. */
export const SUBSCRIPTION_CANCELED = "subscription_canceled";
type CaseOutcome = InvoiceRow["status"] | typeof SUBSCRIPTION_CANCELED;

export function dunningPolicy(): DunningPolicy {
  const { DUNNING_STRATEGY, DUNNING_ATTEMPTS, DUNNING_INTERVAL_DAYS, GRACE_PERIOD_DAYS } = env();
  return {
    strategy: DUNNING_STRATEGY,
    attempts: DUNNING_ATTEMPTS,
    intervalDays: DUNNING_INTERVAL_DAYS,
    graceDays: GRACE_PERIOD_DAYS,
  };
}

/** Tells something about a case once. */
export async function tell(
  tx: Tx,
  after: AppEvent[],
  tenantId: TenantId,
  dedupeKey: string,
  content: NoticeContent,
): Promise<void> {
  const notificationId = await notify(tx, { tenantId, dedupeKey, ...content });
  if (notificationId) after.push({ name: "notification/created", data: { tenantId, notificationId } });
}

export const invoiceParams = (invoice: InvoiceRow) => ({
  invoiceId: invoice.invoiceId,
  number: invoice.number ?? "",
  amountMinor: invoice.amountDueMinor,
});

/**
 * An invoice failed to be paid. The first time its timetable is computed and stored, and never again: the page shows it, the jobs
 * keep it.
 */
export async function invoiceFailed(
  tx: Tx,
  after: AppEvent[],
  invoice: InvoiceRow,
  failure: Failure & { message: string | null },
): Promise<void> {
  const { tenantId, invoiceId } = invoice;
  const [tenant] = await tx.select({ timeZone: tenants.timeZone }).from(tenants).where(eq(tenants.tenantId, tenantId));
  if (!tenant) return;
  const at = now();
  const policy = dunningPolicy();
  const { steps, graceEndsAt } = timetable(failure, at, policy, tenant.timeZone);
  const caseId = newId();
  const [made] = await tx
    .insert(dunningCases)
    .values({
      tenantId,
      caseId,
      invoiceId,
      strategy: policy.strategy,
      state: "active",
      timeZone: tenant.timeZone,
      firstFailureCode: failure.code,
      firstDeclineCode: failure.declineCode,
      startedAt: at,
      graceEndsAt,
    })
    .onConflictDoNothing()
    .returning();
  if (!made) return;
  await tx.insert(dunningSteps).values(steps.map((step, position) => ({ tenantId, caseId, position, ...step })));
  after.push({ name: "dunning/started", data: { tenantId, caseId } });
  await tell(tx, after, tenantId, `dunning:${caseId}:first`, {
    kind: "invoice_failed",
    params: {
      ...invoiceParams(invoice),
      nextTryAt: steps.find(({ kind }) => kind === "attempt")?.dueAt.toISOString() ?? null,
      graceEndsAt: graceEndsAt.toISOString(),
    },
  });
}

/** The running case of an invoice, or null. */
export async function runningCase(
  db: Reader,
  { tenantId, invoiceId }: Pick<InvoiceRow, "tenantId" | "invoiceId">,
): Promise<CaseRow | null> {
  const [row] = await db
    .select()
    .from(dunningCases)
    .where(
      and(eq(dunningCases.tenantId, tenantId), eq(dunningCases.invoiceId, invoiceId), eq(dunningCases.state, "active")),
    );
  return row ?? null;
}

/** Given up after the grace, the case has ended; before it, somebody has taken it off the timetable. */
function stateAfter(invoice: InvoiceRow, running: CaseRow, at: Date): DunningState {
  if (invoice.status === "paid") return "recovered";
  return invoice.status === "uncollectible" && at >= running.graceEndsAt ? "ended" : "canceled";
}

type CaseEnd = { state: DunningState; outcome: CaseOutcome; skipped: string };

async function endCase(tx: Tx, { tenantId, caseId }: CaseRow, at: Date, end: CaseEnd): Promise<void> {
  const { state, outcome, skipped } = end;
  await tx
    .update(dunningCases)
    .set({ state, endedAt: at, outcome })
    .where(and(eq(dunningCases.tenantId, tenantId), eq(dunningCases.caseId, caseId)));
  await tx
    .update(dunningSteps)
    .set({ doneAt: at, outcome: `skipped:${skipped}` })
    .where(
      and(
        eq(dunningSteps.tenantId, tenantId),
        eq(dunningSteps.caseId, caseId),
        isNull(dunningSteps.doneAt),
        state === "ended" ? ne(dunningSteps.kind, "end") : undefined,
      ),
    );
}

/** The subscription ended before what its invoice asks for was delivered: nothing is tried any more, and nobody is reminded. */
export async function endForSubscription(tx: Tx, invoice: InvoiceRow): Promise<void> {
  const running = await runningCase(tx, invoice);
  if (!running) return;
  await endCase(tx, running, now(), {
    state: "canceled",
    outcome: SUBSCRIPTION_CANCELED,
    skipped: SUBSCRIPTION_CANCELED,
  });
}

/** Ends the case of an invoice that is not open any more. The step that ends the plan stays to be done when the grace was in vain. */
export async function invoiceSettled(tx: Tx, after: AppEvent[], invoice: InvoiceRow): Promise<void> {
  const running = await runningCase(tx, invoice);
  if (!running) return;
  const at = now();
  const { tenantId, caseId } = running;
  const state = stateAfter(invoice, running, at);
  await endCase(tx, running, at, { state, outcome: invoice.status, skipped: "settled" });
  const params = invoiceParams(invoice);
  if (state === "recovered")
    await tell(tx, after, tenantId, `dunning:${caseId}:end`, {
      kind: "dunning_recovered",
      params: { ...params, amountMinor: invoice.amountPaidMinor },
    });
  if (state === "ended")
    await tell(tx, after, tenantId, `dunning:${caseId}:end`, {
      kind: "dunning_ended",
      params: { ...params, nextTryAt: null, graceEndsAt: running.graceEndsAt.toISOString() },
    });
}

async function withSteps(db: Reader, row: CaseRow): Promise<DunningCase> {
  const steps = await db
    .select()
    .from(dunningSteps)
    .where(and(eq(dunningSteps.tenantId, row.tenantId), eq(dunningSteps.caseId, row.caseId)))
    .orderBy(asc(dunningSteps.position));
  return { ...row, steps };
}

/** The timetable of an invoice, as it is kept; null: it never failed. */
export async function caseOfInvoice(
  db: Reader,
  { tenantId, invoiceId }: Pick<InvoiceRow, "tenantId" | "invoiceId">,
): Promise<DunningCase | null> {
  const [row] = await db
    .select()
    .from(dunningCases)
    .where(and(eq(dunningCases.tenantId, tenantId), eq(dunningCases.invoiceId, invoiceId)));
  return row ? withSteps(db, row) : null;
}

/** @see caseOfInvoice */
export const caseOf = (scope: TenantScope, invoiceId: InvoiceId): Promise<DunningCase | null> =>
  withTenant(scope, (tx) => caseOfInvoice(tx, { tenantId: scope.tenantId, invoiceId }));

/** The cases that are running, oldest first. */
export async function activeCases(scope: TenantScope): Promise<DunningCase[]> {
  return withTenant(scope, async (tx) => {
    const rows = await tx
      .select()
      .from(dunningCases)
      .where(and(eq(dunningCases.tenantId, scope.tenantId), eq(dunningCases.state, "active")))
      .orderBy(asc(dunningCases.startedAt));
    return Promise.all(rows.map((row) => withSteps(tx, row)));
  });
}
