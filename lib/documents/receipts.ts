import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { receipts } from "@/db/schema";
import { now } from "@/lib/clock";
import { type AttemptId, newId, type TenantId } from "@/lib/ids";
import { nextNumber } from "./numbers";

/** The statement that finds a top-up's receipt: one row, or none. */
export const receiptOf = (tx: Tx, tenantId: TenantId, attemptId: AttemptId) =>
  tx
    .select({ number: receipts.number })
    .from(receipts)
    .where(and(eq(receipts.tenantId, tenantId), eq(receipts.attemptId, attemptId)));

/** Gives a top-up that was paid and has none its receipt, with the next number of the tenant's receipts. */
export async function issueReceipt(tx: Tx, tenantId: TenantId, attemptId: AttemptId): Promise<void> {
  const number = await nextNumber(tx, tenantId, "receipt");
  await tx.insert(receipts).values({ tenantId, receiptId: newId(), number, attemptId, issuedAt: now() });
}
