import { and, asc, eq, gt, inArray, isNotNull, isNull, lt } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { subscriptions, tenants } from "@/db/schema";
import { now } from "@/lib/clock";
import type { StripeCustomerId, TenantId } from "@/lib/ids";
import { log } from "@/lib/log";
import { planOfPrice } from "@/lib/plans/sync";
import { listLiveSubscriptions } from "@/lib/stripe/listings";
import type { SubscriptionSnapshot } from "@/lib/stripe/subscription";
import type { SubscriptionRow } from "./end";
import { mirrored, syncSubscription } from "./sync";

const PAGE = 500;

/** `missing_here`: Stripe has it and we do not. `gone_there`: it lives here, and ended or is unknown there. `different`: see fields. */
export const DRIFT_CLASSES = ["missing_here", "gone_there", "different"] as const;
export type Drift = {
  subject: "subscription" | "invoice";
  tenantId: TenantId;
  stripeId: string;
  kind: (typeof DRIFT_CLASSES)[number];
  /** What was another than at Stripe. */
  fields: string[];
  /** Fetched again, and equal now. */
  repaired: boolean;
};

/** Tenants by their customer at Stripe: one query a page. */
export async function tenantsOf(customers: StripeCustomerId[]): Promise<Map<StripeCustomerId, TenantId>> {
  const rows = await systemDb()
    .select({ tenantId: tenants.tenantId, stripeCustomerId: tenants.stripeCustomerId })
    .from(tenants)
    .where(inArray(tenants.stripeCustomerId, [...new Set(customers)]));
  return new Map(rows.flatMap((row) => (row.stripeCustomerId ? [[row.stripeCustomerId, row.tenantId]] : [])));
}

const shown = (value: unknown) => JSON.stringify(value ?? null);

/** The fields in which a row is another than it would be after a sync; instants and objects by what they say. */
export function differing(row: object, wanted: object): string[] {
  return Object.entries(wanted)
    .filter(([field, value]) => field !== "syncedAt" && shown(Reflect.get(row, field)) !== shown(value))
    .map(([field]) => field);
}

/** Notes a difference and fetches what it is about once more. */
export async function repair(drift: Omit<Drift, "repaired">, sync: () => Promise<unknown>): Promise<Drift> {
  const { tenantId, ...rest } = drift;
  try {
    const found = await sync();
    log().warn({ tenantId, ...rest }, "our mirror was not what Stripe has, and was fetched again");
    return { ...drift, repaired: Boolean(found) };
  } catch (error) {
    log().error({ err: error, tenantId, ...rest }, "our mirror is not what Stripe has");
    return { ...drift, repaired: false };
  }
}

type Bought = Awaited<ReturnType<typeof planOfPrice>>;

/** What the prices of a page stand for; each is looked up once in a run. */
async function pricesOf(page: SubscriptionSnapshot[], known: Map<string, Bought>): Promise<Map<string, Bought>> {
  for (const { priceId } of page) if (!known.has(priceId)) known.set(priceId, await planOfPrice(priceId));
  return known;
}

async function rowsOf(page: SubscriptionSnapshot[]): Promise<Map<string | null, SubscriptionRow>> {
  const ids = page.map(({ stripeSubscriptionId }) => stripeSubscriptionId);
  const rows = await systemDb().select().from(subscriptions).where(inArray(subscriptions.stripeSubscriptionId, ids));
  return new Map(rows.map((row) => [row.stripeSubscriptionId, row]));
}

/** Ours that live, and that Stripe did not name. */
async function gone(seen: ReadonlySet<string>, askedAt: Date): Promise<Drift[]> {
  const found: Drift[] = [];
  let after = "";
  for (;;) {
    const rows = await systemDb()
      .select({ tenantId: subscriptions.tenantId, stripeId: subscriptions.stripeSubscriptionId })
      .from(subscriptions)
      .where(
        and(
          isNull(subscriptions.endedAt),
          isNotNull(subscriptions.stripeSubscriptionId),
          gt(subscriptions.stripeSubscriptionId, after),
          lt(subscriptions.syncedAt, askedAt),
        ),
      )
      .orderBy(asc(subscriptions.stripeSubscriptionId))
      .limit(PAGE);
    for (const { tenantId, stripeId } of rows) {
      if (!stripeId || seen.has(stripeId)) continue;
      const drift = { subject: "subscription", tenantId, stripeId, kind: "gone_there", fields: ["status"] } as const;
      found.push(await repair({ ...drift, fields: [...drift.fields] }, () => syncSubscription(stripeId)));
    }
    const last = rows.at(-1)?.stripeId;
    if (rows.length < PAGE || !last) return found;
    after = last;
  }
}

/** Whether a subscription that was missing here is here now: one beside another that lives is refused. */
async function syncMissing(stripeId: string): Promise<boolean> {
  await syncSubscription(stripeId);
  return (await systemDb().$count(subscriptions, eq(subscriptions.stripeSubscriptionId, stripeId))) > 0;
}

/**
 * Compares the subscriptions that live here and at Stripe, in both directions, by Stripe's list; what differs is fetched again.
 * @returns how many Stripe named, the differences, and the newest invoice of each by its tenant
 * @throws Stripe's errors of the list itself
 */
export async function findSubscriptionDrift(): Promise<{
  compared: number;
  drifts: Drift[];
  latestInvoices: Map<string, TenantId>;
}> {
  const askedAt = now();
  const seen = new Set<string>();
  const prices = new Map<string, Bought>();
  const drifts: Drift[] = [];
  const latestInvoices = new Map<string, TenantId>();
  for await (const page of listLiveSubscriptions()) {
    const [owners, rows] = await Promise.all([
      tenantsOf(page.map(({ stripeCustomerId }) => stripeCustomerId)),
      rowsOf(page),
      pricesOf(page, prices),
    ]);
    for (const said of page) {
      const stripeId = said.stripeSubscriptionId;
      const tenantId = owners.get(said.stripeCustomerId);
      const bought = prices.get(said.priceId) ?? null;
      seen.add(stripeId);
      if (!tenantId) continue;
      if (said.latestInvoiceId) latestInvoices.set(said.latestInvoiceId, tenantId);
      const row = rows.get(stripeId);
      // A subscription to something that we do not sell is nobody's plan.
      if (!row && bought)
        drifts.push(
          await repair({ subject: "subscription", tenantId, stripeId, kind: "missing_here", fields: [] }, () =>
            syncMissing(stripeId),
          ),
        );
      if (!row || row.syncedAt >= askedAt) continue;
      const fields = differing(row, mirrored(row, said, bought, askedAt));
      if (fields.length > 0)
        drifts.push(
          await repair({ subject: "subscription", tenantId, stripeId, kind: "different", fields }, () =>
            syncSubscription(stripeId),
          ),
        );
    }
  }
  drifts.push(...(await gone(seen, askedAt)));
  return { compared: seen.size, drifts, latestInvoices };
}
