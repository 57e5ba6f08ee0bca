import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { receipts } from "@/db/schema";
import { now } from "@/lib/clock";
import { type AttemptId, newId, type TenantId } from "@/lib/ids";
import { nextNumber } from "./numbers";

/** Gives a top-up that was paid its receipt, once, with the next number of the tenant's receipts. */
export async function issueReceipt(tx: Tx, tenantId: TenantId, attemptId: AttemptId): Promise<void> {
  const [known] = await tx
    .select({ number: receipts.number })
    .from(receipts)
    .where(and(eq(receipts.tenantId, tenantId), eq(receipts.attemptId, attemptId)));
  if (known) return;
  const number = await nextNumber(tx, tenantId, "receipt");
  await tx.insert(receipts).values({ tenantId, receiptId: newId(), number, attemptId, issuedAt: now() });
}
