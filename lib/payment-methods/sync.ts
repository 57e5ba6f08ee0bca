import { eq, sql } from "drizzle-orm";
import { systemDb, type Tx } from "@/db/client";
import { tenants } from "@/db/schema/tenants";
import { now } from "@/lib/clock";
import type { PaymentMethodId, StripeCustomerId, TenantId } from "@/lib/ids";
import { type Minor, ZERO } from "@/lib/money/minor";
import { onMethodAdded } from "@/lib/recharge/method-added";
import { creditOf } from "@/lib/stripe/customer-credit";
import { defaultMethodOf, fetchCustomer, setDefaultMethod } from "@/lib/stripe/customers";
import { listMethods } from "@/lib/stripe/payment-methods";
import { waitingSetups } from "@/lib/stripe/setup-intents";
import { claimRunningTrial } from "@/lib/subscriptions/trial";
import { type Mirrored, toRow } from "./mirror";
import { storeRows } from "./mirror-rows";
import { chooseDefault } from "./rules";
import type { PaymentMethod } from "./types";

/** Far more rounds than calls for one tenant can meet. */
const ROUNDS = 20;

/**
 * Makes our rows equal to the customer's methods and credit at Stripe, fetched now; the first usable method becomes the default there too.
 * Methods that were not usable before are reported to auto-recharge. Safe in any order and at the same time.
 */
export async function syncCustomerMethods(tenantId: TenantId): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    const { stripeCustomerId, generation } = await readTenant(systemDb(), tenantId);
    if (!stripeCustomerId) return;
    const seen = await fetchMethods(tenantId, stripeCustomerId);
    const added = await store(tenantId, generation, seen);
    if (!added) continue;
    if (added.length > 0) {
      await claimRunningTrial(tenantId);
      await onMethodAdded(tenantId, added);
    }
    return;
  }
  throw new Error(`payment methods of ${tenantId} changed ${ROUNDS} times while they were fetched`);
}

type Seen = { customerExists: boolean; creditMinor: Minor; rows: Mirrored[]; defaultId: PaymentMethodId | null };

async function fetchMethods(tenantId: TenantId, stripeCustomerId: StripeCustomerId): Promise<Seen> {
  const customer = await fetchCustomer(stripeCustomerId);
  if (!customer) return { customerExists: false, creditMinor: ZERO, rows: [], defaultId: null };
  const [attached, setups] = await Promise.all([listMethods(stripeCustomerId), waitingSetups(stripeCustomerId)]);
  const waiting = new Map(setups.map((setup) => [setup.method.id, setup.method]));
  const methods = [...attached.filter((method) => !waiting.has(method.id)), ...waiting.values()].sort(
    (a, b) => b.created - a.created,
  );
  const at = now();
  const rows = methods.map((method) =>
    toRow(method, { tenantId, stripeCustomerId, waits: waiting.has(method.id) }, at),
  );
  const atStripe = defaultMethodOf(customer);
  const chosen = chooseDefault(atStripe, rows, at);
  if (chosen && chosen !== atStripe) await setDefaultMethod(stripeCustomerId, chosen);
  return { customerExists: true, creditMinor: creditOf(customer), rows, defaultId: chosen };
}

/** The version of the tenant's row stands for the version of what was mirrored: each store makes a new one. */
async function readTenant(db: Pick<Tx, "select">, tenantId: TenantId) {
  const query = db
    .select({ stripeCustomerId: tenants.stripeCustomerId, generation: sql<string>`xmin::text` })
    .from(tenants)
    .where(eq(tenants.tenantId, tenantId));
  const [tenant] = await query;
  return tenant ?? { stripeCustomerId: null, generation: "" };
}

/** @returns methods that were not usable before, or null when something was stored since the fetch began, which may be newer */
async function store(tenantId: TenantId, generation: string, seen: Seen): Promise<PaymentMethod[] | null> {
  return systemDb().transaction(async (tx) => {
    await tx.execute(sql`select 1 from tenants where tenant_id = ${tenantId} for no key update`);
    if ((await readTenant(tx, tenantId)).generation !== generation) return null;
    await tx
      .update(tenants)
      .set({
        stripeCustomerId: seen.customerExists ? sql`stripe_customer_id` : null,
        creditMinor: seen.creditMinor,
      })
      .where(eq(tenants.tenantId, tenantId));
    return storeRows(tx, tenantId, seen.rows, seen.defaultId);
  });
}
