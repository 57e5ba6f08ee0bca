import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { inOneGo, type Statement } from "@/db/in-one-go";
import { transactions } from "@/db/schema";
import type { TransactionStatus, TransactionType } from "@/db/schema/transactions";
import { now } from "@/lib/clock";
import { nextNumber } from "@/lib/documents/numbers";
import { type InvoiceId, newId, type PaymentIntentId, type TenantId, type TransactionId } from "@/lib/ids";
import type { Currency } from "@/lib/money/currency";
import { type Minor, subtract } from "@/lib/money/minor";

/** What a transaction comes from; with the id it is unique per tenant and type. */
export type Source = { sourceKind: "recharge" | "invoice" | "refund" | "adjustment" | "dispute"; sourceId: string };

export type NewTransaction = Source & {
  tenantId: TenantId;
  type: TransactionType;
  status: TransactionStatus;
  currency: Currency;
  /** What the customer pays (positive) or gets back (negative); adjustments carry the sign of the balance's change. */
  amountMinor: Minor;
  feeMinor: Minor;
  description: string;
  invoiceId?: InvoiceId | null;
  stripePaymentIntentId?: PaymentIntentId | null;
  stripeChargeId?: string | null;
};

type Change = {
  status?: TransactionStatus;
  stripePaymentIntentId?: PaymentIntentId | null;
  stripeChargeId?: string | null;
};

const isFinal = (status: TransactionStatus | undefined) => status !== undefined && status !== "pending";

const find = (tx: Tx, tenantId: TenantId, type: TransactionType, source: Source) =>
  tx
    .select({ transactionId: transactions.transactionId })
    .from(transactions)
    .where(
      and(
        eq(transactions.tenantId, tenantId),
        eq(transactions.type, type),
        eq(transactions.sourceKind, source.sourceKind),
        eq(transactions.sourceId, source.sourceId),
      ),
    );

/**
 * Lists a movement of money once, in the transaction that makes it; for the same source again it changes nothing.
 * @param before statements that go to the database with its first one
 */
export async function recordTransaction(
  tx: Tx,
  input: NewTransaction,
  before: Statement[] = [],
): Promise<TransactionId> {
  const [[known]] = await inOneGo(find(tx, input.tenantId, input.type, input), ...before);
  if (known) return known.transactionId;
  const transactionId = newId<TransactionId>();
  const at = now();
  await tx.insert(transactions).values({
    ...input,
    transactionId,
    number: await nextNumber(tx, input.tenantId, "transaction"),
    netMinor: subtract(input.amountMinor, input.feeMinor),
    createdAt: at,
    processedAt: isFinal(input.status) ? at : null,
  });
  return transactionId;
}

/** Notes what became of a listed transaction. A final status gives it its time of processing. */
export function updateTransaction(tx: Tx, tenantId: TenantId, type: TransactionType, source: Source, change: Change) {
  const { status } = change;
  // The same outcome told again does not move the time.
  const processedAt = status && {
    processedAt: sql`case when ${transactions.status} = ${status} then ${transactions.processedAt} else ${isFinal(status) ? now().toISOString() : null}::timestamptz end`,
  };
  return tx
    .update(transactions)
    .set({ ...change, ...processedAt })
    .where(
      and(
        eq(transactions.tenantId, tenantId),
        eq(transactions.type, type),
        eq(transactions.sourceKind, source.sourceKind),
        eq(transactions.sourceId, source.sourceId),
      ),
    );
}
