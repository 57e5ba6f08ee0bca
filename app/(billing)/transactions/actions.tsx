"use server";

import { z } from "zod";
import { answer } from "@/app/answer";
import { typedMinor } from "@/components/money/typed-amount";
import { TransactionRows } from "@/components/transactions/transaction-rows";
import { requireScope } from "@/lib/auth/gate";
import { invalid } from "@/lib/errors";
import { getTenant } from "@/lib/tenants/queries";
import { getTransaction, listTransactions } from "@/lib/transactions/queries";
import { refundTransaction } from "@/lib/transactions/refund";
import { type Asked, readAsked, toFilter } from "./filter";

const PAGE = 25;

const refundSchema = z.strictObject({
  transactionId: z.uuid(),
  typed: z.string().max(40),
  reason: z.string().trim().max(500),
  requestKey: z.uuid(),
});

/** The next rows of the list. */
export async function moreTransactionsAction(asked: Asked, cursor: string) {
  return answer(async () => {
    const scope = await requireScope();
    const { timeZone } = await getTenant(scope);
    const filter = toFilter(readAsked(asked), timeZone);
    const page = await listTransactions(scope, filter, { limit: PAGE, cursor: z.uuid().parse(cursor) });
    return { rows: <TransactionRows rows={page.data} timeZone={timeZone} />, nextCursor: page.nextCursor };
  });
}

/** Gives a payment back, whole or in part. */
export async function refundAction(input: unknown) {
  return answer(async () => {
    const scope = await requireScope("admin");
    const { transactionId, typed, reason, requestKey } = refundSchema.parse(input);
    const { currency } = await getTransaction(scope, transactionId);
    const amountMinor = typedMinor(typed, currency);
    if (amountMinor === null) throw invalid("amount", "not_a_decimal");
    await refundTransaction(scope, transactionId, { amountMinor, reason: reason || null, requestKey });
    return null;
  });
}
