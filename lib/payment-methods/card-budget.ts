import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { cardTries, paymentMethods } from "@/db/schema";
import { now } from "@/lib/clock";
import { AppError } from "@/lib/errors";
import type { PaymentMethodId, TenantId } from "@/lib/ids";
import { CARD_BUDGET, CARD_BUDGET_DAYS } from "@/lib/recharge/declines";

const DAY_MS = 86_400_000;

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
  const [method] = await tx
    .select({ fingerprint: paymentMethods.fingerprint })
    .from(paymentMethods)
    .where(and(eq(paymentMethods.tenantId, input.tenantId), eq(paymentMethods.paymentMethodId, input.paymentMethodId)));
  const fingerprint = method?.fingerprint ?? null;
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

/** The try was paid, or no card was asked after all: it does not count. */
export async function returnToBudget(tx: Tx, tenantId: TenantId, tryId: string): Promise<void> {
  await tx
    .update(cardTries)
    .set({ succeeded: true })
    .where(and(eq(cardTries.tenantId, tenantId), eq(cardTries.tryId, tryId)));
}
