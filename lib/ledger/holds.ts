import { and, eq, lte, sql } from "drizzle-orm";
import { systemDb, type Tx } from "@/db/client";
import { ledgerHolds } from "@/db/schema";
import { now } from "@/lib/clock";
import { AppError, invalid } from "@/lib/errors";
import { isId, newId, type TenantId } from "@/lib/ids";
import type { Currency } from "@/lib/money/currency";
import { type Minor, negate } from "@/lib/money/minor";
import { ledgerRefusal } from "./errors";
import { postIn } from "./post";

export type HoldRow = typeof ledgerHolds.$inferSelect;

/**
 * Reserves money: it counts against the floor at once and leaves the balance when captured.
 * @returns the hold; the same one when the source placed it before
 * @throws AppError insufficient_balance · debit_id_reused
 */
export async function placeHold(
  tenantId: TenantId,
  currency: Currency,
  hold: { sourceId: string; amountMinor: Minor; description: string | null; expiresAt: Date },
): Promise<HoldRow> {
  try {
    const rows = await systemDb().execute<{
      hold_id: string;
    }>(sql`select hold_id from ledger_hold_place(${tenantId}::uuid, ${currency},
      ${now().toISOString()}::timestamptz, ${newId()}::uuid, ${hold.sourceId}, ${hold.amountMinor}, ${hold.description}, ${hold.expiresAt.toISOString()}::timestamptz)`);
    return await systemDb().transaction((tx) => find(tx, tenantId, String(rows[0]?.hold_id)));
  } catch (error) {
    throw ledgerRefusal(error);
  }
}

async function end(
  tx: Tx,
  tenantId: TenantId,
  holdId: string,
  state: "captured" | "released" | "expired",
  capturedMinor: Minor | null,
) {
  await tx.execute(
    sql`select ledger_hold_end(${tenantId}::uuid, ${holdId}::uuid, ${now().toISOString()}::timestamptz, ${state}, ${capturedMinor})`,
  );
}

async function find(tx: Tx, tenantId: TenantId, holdId: string): Promise<HoldRow> {
  if (!isId(holdId)) throw new AppError("not_found");
  const [hold] = await tx
    .select()
    .from(ledgerHolds)
    .where(and(eq(ledgerHolds.tenantId, tenantId), eq(ledgerHolds.holdId, holdId)));
  if (!hold) throw new AppError("not_found");
  return hold;
}

/**
 * Settles a hold for its amount or less; the rest is given back. Capturing again for the same amount changes nothing.
 * @throws AppError not_found · hold_not_active (ended otherwise, or more than was held)
 */
export async function captureHold(
  tenantId: TenantId,
  holdId: string,
  amountMinor: Minor | null,
): Promise<HoldRow & { needsRecharge: boolean }> {
  try {
    return await systemDb().transaction(async (tx) => {
      const hold = await find(tx, tenantId, holdId);
      const capturedMinor = amountMinor ?? hold.amountMinor;
      if (hold.state === "captured" && hold.capturedMinor === capturedMinor) return { ...hold, needsRecharge: false };
      if (capturedMinor > hold.amountMinor) throw invalid("amount", "must not be above what is held");
      await end(tx, tenantId, holdId, "captured", capturedMinor);
      const posted = await postIn(
        tx,
        tenantId,
        hold.currency,
        [
          {
            kind: "hold_capture",
            sourceId: holdId,
            description: hold.description,
            legs: [
              { account: "prepaid", amountMinor: negate(capturedMinor) },
              { account: "usage_revenue", amountMinor: capturedMinor },
            ],
          },
        ],
        { enforceFloor: false },
      );
      return { ...(await find(tx, tenantId, holdId)), needsRecharge: posted.needsRecharge };
    });
  } catch (error) {
    throw ledgerRefusal(error);
  }
}

/** Gives a hold back. Releasing again changes nothing. @throws AppError not_found · hold_not_active */
export async function releaseHold(tenantId: TenantId, holdId: string): Promise<HoldRow> {
  try {
    return await systemDb().transaction(async (tx) => {
      const hold = await find(tx, tenantId, holdId);
      if (hold.state === "released") return hold;
      await end(tx, tenantId, holdId, "released", null);
      return find(tx, tenantId, holdId);
    });
  } catch (error) {
    throw ledgerRefusal(error);
  }
}

/** Ends holds whose time is over. @returns how many were ended */
export async function expireHolds(limit = 500): Promise<number> {
  const due = await systemDb()
    .select({ tenantId: ledgerHolds.tenantId, holdId: ledgerHolds.holdId })
    .from(ledgerHolds)
    .where(and(eq(ledgerHolds.state, "active"), lte(ledgerHolds.expiresAt, now())))
    .orderBy(ledgerHolds.expiresAt)
    .limit(limit);
  let ended = 0;
  for (const { tenantId, holdId } of due) {
    try {
      await systemDb().transaction((tx) => end(tx, tenantId, holdId, "expired", null));
      ended++;
    } catch (error) {
      const refusal = ledgerRefusal(error);
      if (!(refusal instanceof AppError && refusal.code === "hold_not_active")) throw refusal;
    }
  }
  return ended;
}
