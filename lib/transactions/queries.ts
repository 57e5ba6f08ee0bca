import { and, desc, eq, gte, ilike, inArray, lt, or, type SQL, sql } from "drizzle-orm";
import { type Tx, withTenant } from "@/db/client";
import { refunds, transactions } from "@/db/schema";
import type { RefundState, TransactionStatus, TransactionType } from "@/db/schema/transactions";
import type { TenantScope } from "@/lib/auth/scope";
import { AppError, invalid } from "@/lib/errors";
import { isId, type TransactionId } from "@/lib/ids";
import type { Minor } from "@/lib/money/minor";
import { type Page, type PageRequest, toPage } from "@/lib/paging";

export type Transaction = Omit<typeof transactions.$inferSelect, "tenantId">;

/** A refund of a payment, as its page shows it. */
export type RefundOf = {
  refundId: string;
  state: RefundState;
  amountMinor: Minor;
  principalMinor: Minor;
  feeMinor: Minor;
  reason: string | null;
  failureReason: string | null;
  createdAt: Date;
  completedAt: Date | null;
};

/** A transaction as its page shows it. */
export type TransactionDetail = Transaction & {
  refunds: RefundOf[];
  /** The payment that a refund is of. */
  refundOf: Pick<Transaction, "transactionId" | "number"> | null;
};

export type TransactionFilter = {
  type?: TransactionType[];
  status?: TransactionStatus[];
  /** Created from this instant on, and before that. */
  from?: Date;
  to?: Date;
  /** Part of the number or the description, or the whole of an id. */
  search?: string;
};

const escapeLike = (text: string) => text.replace(/[\\%_]/g, "\\$&");

function searched(text: string): SQL | undefined {
  const pattern = `%${escapeLike(text)}%`;
  return or(
    ilike(transactions.number, pattern),
    ilike(transactions.description, pattern),
    eq(transactions.sourceId, text),
    eq(transactions.stripePaymentIntentId, text as never),
    eq(transactions.stripeChargeId, text),
    isId(text) ? eq(transactions.transactionId, text as TransactionId) : undefined,
  );
}

/** The condition of a filter, for lists and exports alike, so that they show the same. */
export function filtered(scope: TenantScope, filter: TransactionFilter): SQL | undefined {
  return and(
    eq(transactions.tenantId, scope.tenantId),
    filter.type?.length ? inArray(transactions.type, filter.type) : undefined,
    filter.status?.length ? inArray(transactions.status, filter.status) : undefined,
    filter.from ? gte(transactions.createdAt, filter.from) : undefined,
    filter.to ? lt(transactions.createdAt, filter.to) : undefined,
    filter.search ? searched(filter.search) : undefined,
  );
}

/** Transactions, newest first; the cursor is the last one shown. @throws AppError invalid_request for a cursor not given out */
export async function listTransactions(
  scope: TenantScope,
  filter: TransactionFilter,
  page: PageRequest,
): Promise<Page<Transaction>> {
  const { cursor } = page;
  if (cursor !== null && !isId(cursor)) throw invalid("cursor", "is not one that this list gave out");
  const after = cursor
    ? sql`(${transactions.createdAt}, ${transactions.transactionId}) < (select t.created_at, t.transaction_id from transactions t where t.tenant_id = ${scope.tenantId} and t.transaction_id = ${cursor}::uuid)`
    : undefined;
  const rows = await withTenant(scope, (tx) =>
    tx
      .select()
      .from(transactions)
      .where(and(filtered(scope, filter), after))
      .orderBy(desc(transactions.createdAt), desc(transactions.transactionId))
      .limit(page.limit + 1),
  );
  return toPage(rows, page.limit, (row) => row.transactionId);
}

/** How many rows a filter finds. */
export const countTransactions = (scope: TenantScope, filter: TransactionFilter): Promise<number> =>
  withTenant(scope, (tx) => tx.$count(transactions, filtered(scope, filter)));

async function refundedBy(tx: Tx, refund: typeof transactions.$inferSelect): Promise<TransactionDetail["refundOf"]> {
  const [payment] = await tx
    .select({ transactionId: transactions.transactionId, number: transactions.number })
    .from(refunds)
    .innerJoin(
      transactions,
      and(eq(transactions.tenantId, refunds.tenantId), eq(transactions.transactionId, refunds.transactionId)),
    )
    .where(and(eq(refunds.tenantId, refund.tenantId), eq(refunds.refundId, refund.sourceId)));
  return payment ?? null;
}

/** One transaction with the refunds of it, or the payment that it gives back. @throws AppError not_found, also for another tenant's */
export async function getTransaction(scope: TenantScope, transactionId: string): Promise<TransactionDetail> {
  if (!isId(transactionId)) throw new AppError("not_found");
  return withTenant(scope, async (tx) => {
    const [row] = await tx
      .select()
      .from(transactions)
      .where(
        and(eq(transactions.tenantId, scope.tenantId), eq(transactions.transactionId, transactionId as TransactionId)),
      );
    if (!row) throw new AppError("not_found");
    const given = await tx
      .select()
      .from(refunds)
      .where(and(eq(refunds.tenantId, scope.tenantId), eq(refunds.transactionId, row.transactionId)))
      .orderBy(desc(refunds.createdAt));
    return { ...row, refunds: given, refundOf: row.sourceKind === "refund" ? await refundedBy(tx, row) : null };
  });
}
