import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { cardTries, paymentMethods } from "@/db/schema";
import { now } from "@/lib/clock";
import { AppError } from "@/lib/errors";
import type { PaymentMethodId, TenantId } from "@/lib/ids";
import { CARD_BUDGET, CARD_BUDGET_DAYS } from "@/lib/recharge/declines";

const DAY_MS = 86_400_000;

/** What is the same for one card wherever it is saved; null: not a card, or not a method of the tenant's. */
export async function fingerprintOf(
  tx: Tx,
  tenantId: TenantId,
  paymentMethodId: PaymentMethodId,
): Promise<string | null> {
  const [method] = await tx
    .select({ fingerprint: paymentMethods.fingerprint })
    .from(paymentMethods)
    .where(and(eq(paymentMethods.tenantId, tenantId), eq(paymentMethods.paymentMethodId, paymentMethodId)));
  return method?.fingerprint ?? null;
}

/**
 * Counts a try of a card for something else than a recharge, within the one budget that all share: cards must not be tried more
 * than 15 times without success in 30 days, by anybody.
 * @param tryId the row that asks for the money
 * @throws AppError card_budget_exhausted before Stripe is asked
 */
export async function takeFromBudget(
  tx: Tx,
  input: { tenantId: TenantId; paymentMethodId: PaymentMethodId; tryId: string; purpose: "subscription" | "invoice" },
): Promise<{ fingerprint: string | null }> {
  const fingerprint = await fingerprintOf(tx, input.tenantId, input.paymentMethodId);
  if (!fingerprint) return { fingerprint };
  const at = now();
  // Whoever counts the same card waits, so that two at once cannot both be the last.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${fingerprint}, 15))`);
  const since = new Date(at.getTime() - CARD_BUDGET_DAYS * DAY_MS).toISOString();
  const tries = await tx.execute(
    sql`select 1 from unpaid_card_tries(${sql.param([fingerprint])}::text[], ${since}::timestamptz)`,
  );
  if (tries.length >= CARD_BUDGET) throw new AppError("card_budget_exhausted");
  await tx.insert(cardTries).values({
    tenantId: input.tenantId,
    tryId: input.tryId,
    fingerprint,
    purpose: input.purpose,
    createdAt: at,
  });
  return { fingerprint };
}

/**
 * Counts a try that was not ours to refuse: Stripe's own, which was declined. Counted once.
 * @param tryId what was tried to be paid
 */
export async function countInBudget(
  tx: Tx,
  input: { tenantId: TenantId; paymentMethodId: PaymentMethodId; tryId: string; purpose: "subscription" | "invoice" },
): Promise<void> {
  const { tenantId, tryId, purpose } = input;
  const fingerprint = await fingerprintOf(tx, tenantId, input.paymentMethodId);
  if (!fingerprint) return;
  await tx.insert(cardTries).values({ tenantId, tryId, fingerprint, purpose, createdAt: now() }).onConflictDoNothing();
}

/** The try was paid, or no card was asked after all: it does not count. */
export async function returnToBudget(tx: Tx, tenantId: TenantId, tryId: string): Promise<void> {
  await tx
    .update(cardTries)
    .set({ succeeded: true })
    .where(and(eq(cardTries.tenantId, tenantId), eq(cardTries.tryId, tryId)));
}
