import { and, asc, eq, isNull, lte } from "drizzle-orm";
import { systemDb, type Tx } from "@/db/client";
import { creditWithdrawals } from "@/db/schema";
import { now } from "@/lib/clock";
import { newId, type TenantId } from "@/lib/ids";
import { log } from "@/lib/log";
import { type Minor, min, ZERO } from "@/lib/money/minor";
import { syncCustomerMethods } from "@/lib/payment-methods/sync";
import { LEASE_MS } from "@/lib/recharge/claim";
import { creditGivenSince, fetchCredit, takeCredit } from "@/lib/stripe/customer-credit";
import type { SubscriptionRow } from "./end";
import { readSubscription } from "./queries";

type WithdrawalRow = typeof creditWithdrawals.$inferSelect;

const isOne = ({ tenantId, withdrawalId }: WithdrawalRow) =>
  and(eq(creditWithdrawals.tenantId, tenantId), eq(creditWithdrawals.withdrawalId, withdrawalId));

/**
 * Writes down, in the transaction that ends a paused subscription, that the pause's credit is to be taken back: an end now gives
 * nothing back, with a pause before it or without.
 */
export async function oweCredit(tx: Tx, before: SubscriptionRow, after: SubscriptionRow): Promise<void> {
  if (before.status !== "paused" || !before.pausedAt || !after.endedAt) return;
  const at = now();
  await tx
    .insert(creditWithdrawals)
    .values({
      tenantId: before.tenantId,
      withdrawalId: newId(),
      subscriptionId: before.subscriptionId,
      pausedAt: before.pausedAt,
      createdAt: at,
      leaseUntil: at,
    })
    .onConflictDoNothing();
}

/** Whether credit is still to be taken back: nothing is bought with it meanwhile. */
export async function owesCredit(tx: Tx, tenantId: TenantId): Promise<boolean> {
  const open = and(eq(creditWithdrawals.tenantId, tenantId), isNull(creditWithdrawals.completedAt));
  return (await tx.$count(creditWithdrawals, open)) > 0;
}

/** Takes it for as long as it can take: the WHERE is the lock. */
async function take(row: WithdrawalRow): Promise<WithdrawalRow | null> {
  const at = now();
  const [taken] = await systemDb()
    .update(creditWithdrawals)
    .set({ leaseUntil: new Date(at.getTime() + LEASE_MS) })
    .where(and(isOne(row), isNull(creditWithdrawals.completedAt), lte(creditWithdrawals.leaseUntil, at)))
    .returning();
  return taken ?? null;
}

/** What is left of what the pause gave: an invoice by hand may have used some of it meanwhile. */
async function amountLeft(
  stripeSubscriptionId: string,
  stripeCustomerId: NonNullable<SubscriptionRow["stripeCustomerId"]>,
  pausedAt: Date,
): Promise<Minor> {
  const credit = (await fetchCredit(stripeCustomerId)) ?? ZERO;
  return min(credit, await creditGivenSince(stripeSubscriptionId, pausedAt));
}

async function withdraw(row: WithdrawalRow): Promise<void> {
  const { tenantId, withdrawalId } = row;
  const { stripeSubscriptionId, stripeCustomerId, currency } = await readSubscription(
    systemDb(),
    tenantId,
    row.subscriptionId,
  );
  let amountMinor = row.amountMinor ?? ZERO;
  if (row.amountMinor === null && stripeSubscriptionId && stripeCustomerId) {
    amountMinor = await amountLeft(stripeSubscriptionId, stripeCustomerId, row.pausedAt);
    await systemDb().update(creditWithdrawals).set({ amountMinor }).where(isOne(row));
  }
  if (amountMinor > 0 && stripeCustomerId) await takeCredit({ stripeCustomerId, withdrawalId, amountMinor, currency });
  await systemDb().update(creditWithdrawals).set({ completedAt: now() }).where(isOne(row));
  await syncCustomerMethods(tenantId);
}

/**
 * Takes back at Stripe what pauses gave and nobody used before the plan ended.
 * @param tenantId only that one's @returns how many were due
 */
export async function withdrawCredits(limit: number, tenantId?: TenantId): Promise<number> {
  const due = await systemDb()
    .select()
    .from(creditWithdrawals)
    .where(
      and(
        isNull(creditWithdrawals.completedAt),
        lte(creditWithdrawals.leaseUntil, now()),
        tenantId === undefined ? undefined : eq(creditWithdrawals.tenantId, tenantId),
      ),
    )
    .orderBy(asc(creditWithdrawals.leaseUntil))
    .limit(limit);
  for (const row of due) {
    const taken = await take(row);
    if (!taken) continue;
    await withdraw(taken).catch((error) =>
      log().warn({ err: error, tenantId: row.tenantId }, "the credit of a pause is not taken back yet"),
    );
  }
  return due.length;
}

/** When the next one is looked at; null: there is none. */
export async function nextCreditWithdrawalAt(): Promise<Date | null> {
  const [row] = await systemDb()
    .select({ at: creditWithdrawals.leaseUntil })
    .from(creditWithdrawals)
    .where(isNull(creditWithdrawals.completedAt))
    .orderBy(asc(creditWithdrawals.leaseUntil))
    .limit(1);
  return row?.at ?? null;
}
