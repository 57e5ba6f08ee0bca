import { and, asc, eq, gt, gte, inArray, isNotNull, lt, or } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { invoices } from "@/db/schema";
import { now } from "@/lib/clock";
import type { TenantId } from "@/lib/ids";
import { type InvoiceFigures, listInvoiceFigures } from "@/lib/stripe/listings";
import { type Drift, differing, repair, tenantsOf } from "@/lib/subscriptions/drift";
import type { InvoiceRow } from "./rows";
import { syncInvoice } from "./sync";

const PAGE = 500;
/** Older ones are compared while they are open; what is paid or void changes only by a credit note or a refund, which rings. */
const LOOK_BACK_MS = 35 * 86_400_000;

async function rowsOf(stripeIds: string[]): Promise<Map<string | null, InvoiceRow>> {
  if (stripeIds.length === 0) return new Map();
  const rows = await systemDb().select().from(invoices).where(inArray(invoices.stripeInvoiceId, stripeIds));
  return new Map(rows.map((row) => [row.stripeInvoiceId, row]));
}

/** A draft by hand is whole here and half made there. */
const isOwnDraft = (said: InvoiceFigures) => said.invoiceId !== null && said.status === "draft";

async function comparePage(page: InvoiceFigures[], askedAt: Date): Promise<Drift[]> {
  const found: Drift[] = [];
  const [owners, rows] = await Promise.all([
    tenantsOf(page.map(({ stripeCustomerId }) => stripeCustomerId)),
    rowsOf(page.map(({ stripeInvoiceId }) => stripeInvoiceId)),
  ]);
  for (const said of page) {
    const { stripeInvoiceId: stripeId, stripeCustomerId, invoiceId: _, ...figures } = said;
    const tenantId = owners.get(stripeCustomerId);
    if (!tenantId || isOwnDraft(said)) continue;
    const row = rows.get(stripeId);
    if (row && row.syncedAt >= askedAt) continue;
    const fields = row ? differing(row, figures) : [];
    if (row && fields.length === 0) continue;
    const kind = row ? "different" : "missing_here";
    found.push(await repair({ subject: "invoice", tenantId, stripeId, kind, fields }, () => syncInvoice(stripeId)));
  }
  return found;
}

/** Ours that are open or new, and that Stripe did not name. */
async function gone(seen: ReadonlySet<string>, since: Date, askedAt: Date): Promise<Drift[]> {
  const found: Drift[] = [];
  let after = "";
  for (;;) {
    const rows = await systemDb()
      .select({ tenantId: invoices.tenantId, stripeId: invoices.stripeInvoiceId })
      .from(invoices)
      .where(
        and(
          isNotNull(invoices.stripeInvoiceId),
          gt(invoices.stripeInvoiceId, after),
          or(eq(invoices.status, "open"), gte(invoices.createdAt, since)),
          lt(invoices.syncedAt, askedAt),
        ),
      )
      .orderBy(asc(invoices.stripeInvoiceId))
      .limit(PAGE);
    for (const { tenantId, stripeId } of rows)
      if (stripeId && !seen.has(stripeId))
        found.push(
          await repair({ subject: "invoice", tenantId, stripeId, kind: "gone_there", fields: ["status"] }, () =>
            syncInvoice(stripeId),
          ),
        );
    const last = rows.at(-1)?.stripeId;
    if (rows.length < PAGE || !last) return found;
    after = last;
  }
}

/** The newest invoice of each subscription that lives is here, however old it is: no paid period is without its invoice. */
async function missing(latest: ReadonlyMap<string, TenantId>, seen: ReadonlySet<string>): Promise<Drift[]> {
  const left = [...latest.keys()].filter((stripeId) => !seen.has(stripeId));
  const found: Drift[] = [];
  for (let at = 0; at < left.length; at += PAGE) {
    const ids = left.slice(at, at + PAGE);
    const rows = await rowsOf(ids);
    for (const stripeId of ids) {
      const tenantId = latest.get(stripeId);
      if (!tenantId || rows.has(stripeId)) continue;
      found.push(
        await repair({ subject: "invoice", tenantId, stripeId, kind: "missing_here", fields: [] }, () =>
          syncInvoice(stripeId),
        ),
      );
    }
  }
  return found;
}

/**
 * Compares the invoices that are open, and those of the last five weeks, here and at Stripe, in both directions, by Stripe's lists;
 * what differs is fetched again.
 * @param latest the newest invoice of each subscription, which is to be here in any case
 * @throws Stripe's errors of the lists themselves
 */
export async function findInvoiceDrift(
  latest: ReadonlyMap<string, TenantId>,
): Promise<{ compared: number; drifts: Drift[] }> {
  const askedAt = now();
  const since = new Date(askedAt.getTime() - LOOK_BACK_MS);
  const seen = new Set<string>();
  const drifts: Drift[] = [];
  for (const which of ["open", { since }] as const)
    for await (const page of listInvoiceFigures(which)) {
      const fresh = page.filter(({ stripeInvoiceId }) => !seen.has(stripeInvoiceId));
      for (const { stripeInvoiceId } of fresh) seen.add(stripeInvoiceId);
      drifts.push(...(await comparePage(fresh, askedAt)));
    }
  drifts.push(...(await missing(latest, seen)), ...(await gone(seen, since, askedAt)));
  return { compared: seen.size, drifts };
}
