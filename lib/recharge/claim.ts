import type { Tx } from "@/db/client";
import { inOneGo, type Statement } from "@/db/in-one-go";
import { cardTries, rechargeAttempts } from "@/db/schema";
import { type AttemptId, newId } from "@/lib/ids";
import { STRIPE_RETRIES, STRIPE_TIMEOUT_MS } from "@/lib/stripe/client";
import { describe } from "@/lib/transactions/descriptions";
import { type NewTransaction, recordTransaction } from "@/lib/transactions/record";
import type { AttemptRow } from "./attempt";
import type { Charge } from "./decide";
import type { Setup } from "./setup";

/** Longer than a call to Stripe with its repetitions can take: until then whoever charges is presumed alive. */
export const LEASE_MS = STRIPE_TIMEOUT_MS * (STRIPE_RETRIES + 1) + 50_000;

/**
 * Writes the attempt before anything is charged, in the transaction that holds the tenant's lock and read the limits.
 * @param before statements that go to the database with it
 * @returns null when another open attempt has the place (unique index)
 */
export async function claim(
  tx: Tx,
  setup: Setup,
  charge: Charge,
  requestKey: string | null,
  before: Statement[] = [],
): Promise<AttemptRow | null> {
  const { situation: s, rule, stripeCustomerId } = setup;
  if (!stripeCustomerId) throw new Error(`tenant ${rule.tenantId} has a payment method but no customer`);
  const attemptId = newId<AttemptId>();
  const reservation = tx
    .insert(rechargeAttempts)
    .values({
      tenantId: rule.tenantId,
      attemptId,
      state: "reserved",
      trigger: s.trigger,
      episodeId: rule.episodeId,
      isBackup: charge.isBackup,
      currency: s.currency,
      amountMinor: charge.quote.amountMinor,
      feeMinor: charge.quote.feeMinor,
      totalMinor: charge.quote.totalMinor,
      feePolicy: s.feePolicy.kind,
      feeReason: charge.quote.feeReason,
      paymentMethodId: charge.method.paymentMethodId,
      fingerprint: charge.method.fingerprint,
      stripeCustomerId,
      requestKey,
      createdAt: s.now,
      leaseUntil: new Date(s.now.getTime() + LEASE_MS),
    })
    .onConflictDoNothing()
    .returning();
  const [[row]] = await inOneGo(reservation, ...before);
  if (!row) return null;
  const tries = row.fingerprint && {
    tenantId: rule.tenantId,
    tryId: attemptId,
    fingerprint: row.fingerprint,
    purpose: "recharge" as const,
    createdAt: s.now,
  };
  const listed: NewTransaction = {
    tenantId: rule.tenantId,
    type: "payment",
    status: "pending",
    currency: row.currency,
    amountMinor: row.totalMinor,
    feeMinor: row.feeMinor,
    description: describe("topUp"),
    sourceKind: "recharge",
    sourceId: attemptId,
  };
  await recordTransaction(tx, listed, tries ? [tx.insert(cardTries).values(tries)] : []);
  return row;
}
