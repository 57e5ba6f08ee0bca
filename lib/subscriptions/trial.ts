import { and, eq, inArray, isNotNull, isNull } from "drizzle-orm";
import { systemDb, type Tx } from "@/db/client";
import { paymentMethods, subscriptions, trialClaims } from "@/db/schema";
import { now } from "@/lib/clock";
import { env } from "@/lib/env";
import type { SubscriptionId, TenantId } from "@/lib/ids";

const DAY_MS = 86_400_000;

/** How long a trial is when nothing else is asked for. */
export const trialDays = (): number => env().TRIAL_DAYS;

export const trialEndAfter = (days: number): Date => new Date(now().getTime() + days * DAY_MS);

async function fingerprintsOf(tx: Tx, tenantId: TenantId): Promise<string[]> {
  const rows = await tx
    .select({ fingerprint: paymentMethods.fingerprint })
    .from(paymentMethods)
    .where(and(eq(paymentMethods.tenantId, tenantId), isNotNull(paymentMethods.fingerprint)));
  return rows.flatMap(({ fingerprint }) => (fingerprint ? [fingerprint] : []));
}

/** Whether the tenant, or any card it ever saved, has had a trial. */
export async function hadTrial(tx: Tx, tenantId: TenantId): Promise<boolean> {
  const own = await tx.$count(
    subscriptions,
    and(eq(subscriptions.tenantId, tenantId), isNotNull(subscriptions.trialEnd)),
  );
  if (own > 0) return true;
  const fingerprints = await fingerprintsOf(tx, tenantId);
  if (fingerprints.length === 0) return false;
  return (await tx.$count(trialClaims, inArray(trialClaims.fingerprint, fingerprints))) > 0;
}

/** Notes that the tenant's cards are having their trial: none of them begins another one, with whomever. */
export async function claimTrial(tenantId: TenantId, subscriptionId: SubscriptionId): Promise<void> {
  await systemDb().transaction(async (tx) => {
    const fingerprints = await fingerprintsOf(tx, tenantId);
    if (fingerprints.length === 0) return;
    await tx
      .insert(trialClaims)
      .values(fingerprints.map((fingerprint) => ({ fingerprint, tenantId, subscriptionId, claimedAt: now() })))
      .onConflictDoNothing();
  });
}

/** A method came while a trial runs: its card is having the trial too. */
export async function claimRunningTrial(tenantId: TenantId): Promise<void> {
  const [running] = await systemDb()
    .select({ subscriptionId: subscriptions.subscriptionId })
    .from(subscriptions)
    .where(
      and(eq(subscriptions.tenantId, tenantId), eq(subscriptions.status, "trialing"), isNull(subscriptions.endedAt)),
    );
  if (running) await claimTrial(tenantId, running.subscriptionId);
}

/** How many days the tenant may try a plan that it does not have yet; 0: it is paid at once. */
export async function trialOffer(tenantId: TenantId): Promise<number> {
  const days = trialDays();
  if (days === 0) return 0;
  return (await systemDb().transaction((tx) => hadTrial(tx, tenantId))) ? 0 : days;
}
