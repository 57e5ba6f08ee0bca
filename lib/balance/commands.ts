import { systemDb } from "@/db/client";
import { send } from "@/inngest/client";
import type { TenantScope } from "@/lib/auth/scope";
import { now } from "@/lib/clock";
import { AppError, invalid } from "@/lib/errors";
import type { TenantId } from "@/lib/ids";
import { captureHold as capture, type HoldRow, placeHold as place, releaseHold as release } from "@/lib/ledger/holds";
import { postIn, postNow } from "@/lib/ledger/post";
import { readPrepaid } from "@/lib/ledger/queries";
import type { Posted, Posting } from "@/lib/ledger/types";
import { type Minor, negate, subtract, ZERO } from "@/lib/money/minor";
import { recordTransaction } from "@/lib/transactions/record";
import { currencyOf } from "./currency";
import { namingReused } from "./reused";

/** A batch is one transaction on one balance; more of it would only hold the row longer. */
export const LARGEST_BATCH = 1_000;
const HOLD_DEFAULT_S = 7 * 86_400;
const HOLD_LONGEST_S = 31 * 86_400;

export type DebitInput = {
  sourceId: string;
  amountMinor: Minor;
  description?: string | null;
  metadata?: Record<string, string> | null;
};
export type BalanceNow = { balanceMinor: Minor; heldMinor: Minor; availableMinor: Minor };

const balanceNow = (posted: { balanceMinor: Minor; heldMinor: Minor }): BalanceNow => ({
  balanceMinor: posted.balanceMinor,
  heldMinor: posted.heldMinor,
  availableMinor: subtract(posted.balanceMinor, posted.heldMinor),
});

const debitPosting = (debit: DebitInput): Posting => ({
  kind: "debit",
  sourceId: debit.sourceId,
  description: debit.description ?? null,
  metadata: debit.metadata ?? null,
  legs: [
    { account: "prepaid", amountMinor: negate(debit.amountMinor) },
    { account: "usage_revenue", amountMinor: debit.amountMinor },
  ],
});

async function callForRecharge(tenantId: TenantId, posted: Pick<Posted, "needsRecharge">): Promise<void> {
  if (posted.needsRecharge) await send([{ name: "balance/low", data: { tenantId, trigger: "debit" } }]);
}

/**
 * Takes money for usage: one round trip. `sourceId` is idempotent for ever. Leaves the balance below zero unless a floor is set.
 * @throws AppError insufficient_balance · debit_id_reused · invalid_request
 */
export async function debit(scope: TenantScope, input: DebitInput): Promise<BalanceNow & { replayed: boolean }> {
  const posted = await take(scope.tenantId, [input]);
  return { ...balanceNow(posted), replayed: posted.replayed.length === 1 };
}

async function take(tenantId: TenantId, debits: DebitInput[]): Promise<Posted> {
  const posted = await postNow(tenantId, await currencyOf(tenantId), debits.map(debitPosting), { enforceFloor: true });
  await callForRecharge(tenantId, posted);
  return posted;
}

/**
 * Takes many debits, all or none, in one round trip.
 * @returns the balance after them, how many were new and how many had been posted before
 * @throws AppError insufficient_balance · debit_id_reused naming each id that was posted with another amount · invalid_request
 */
export async function debitBatch(
  scope: TenantScope,
  debits: DebitInput[],
): Promise<BalanceNow & { posted: number; replayed: number }> {
  if (debits.length < 1 || debits.length > LARGEST_BATCH)
    throw invalid("debits", `must have 1 to ${LARGEST_BATCH} items`);
  const posted = await take(scope.tenantId, debits).catch(async (error: unknown) => {
    throw error instanceof AppError && error.code === "debit_id_reused"
      ? await namingReused(scope.tenantId, debits, error)
      : error;
  });
  return { ...balanceNow(posted), posted: debits.length - posted.replayed.length, replayed: posted.replayed.length };
}

export type HoldView = Pick<HoldRow, "holdId" | "state" | "amountMinor" | "capturedMinor" | "createdAt" | "expiresAt"> &
  BalanceNow;

async function holdView(tenantId: TenantId, hold: HoldRow): Promise<HoldView> {
  const account = await readPrepaid(systemDb(), tenantId);
  const { holdId, state, amountMinor, capturedMinor, createdAt, expiresAt } = hold;
  if (!account) throw new Error(`tenant ${tenantId} has no prepaid account`);
  return { holdId, state, amountMinor, capturedMinor, createdAt, expiresAt, ...balanceNow(account) };
}

/** Reserves money for at most 31 days, 7 unless said otherwise. @throws AppError insufficient_balance · debit_id_reused */
export async function placeHold(
  scope: TenantScope,
  input: { amountMinor: Minor; sourceId: string; description?: string | null; expiresInSeconds?: number },
): Promise<HoldView> {
  const seconds = input.expiresInSeconds ?? HOLD_DEFAULT_S;
  if (seconds < 1 || seconds > HOLD_LONGEST_S) throw invalid("expiresInSeconds", `must be 1 to ${HOLD_LONGEST_S}`);
  const hold = await place(scope.tenantId, await currencyOf(scope.tenantId), {
    sourceId: input.sourceId,
    amountMinor: input.amountMinor,
    description: input.description ?? null,
    expiresAt: new Date(now().getTime() + seconds * 1000),
  });
  return holdView(scope.tenantId, hold);
}

/** Settles a hold for the same or less. @throws AppError not_found · hold_not_active · invalid_request */
export async function captureHold(
  scope: TenantScope,
  holdId: string,
  input: { amountMinor?: Minor | null },
): Promise<HoldView> {
  const hold = await capture(scope.tenantId, holdId, input.amountMinor ?? null);
  await callForRecharge(scope.tenantId, hold);
  return holdView(scope.tenantId, hold);
}

/** Gives a hold back. @throws AppError not_found · hold_not_active */
export async function releaseHold(scope: TenantScope, holdId: string): Promise<HoldView> {
  return holdView(scope.tenantId, await release(scope.tenantId, holdId));
}

/**
 * Corrects a balance by hand; operators only (the gate's concern).
 * @param input.amountMinor signed: positive gives, negative takes
 * @param input.sourceId idempotent for ever; the list of transactions names the ledger's transaction as its source
 */
export async function adjust(
  scope: TenantScope,
  input: { tenantId: TenantId; amountMinor: Minor; reason: string; sourceId: string },
): Promise<BalanceNow> {
  if (input.amountMinor === 0) throw invalid("amount", "must not be zero");
  const currency = await currencyOf(input.tenantId);
  const posted = await systemDb().transaction(async (tx) => {
    const result = await postIn(
      tx,
      input.tenantId,
      currency,
      [
        {
          kind: "adjustment",
          sourceId: input.sourceId,
          description: input.reason,
          metadata: { actor: scope.actor },
          legs: [
            { account: "prepaid", amountMinor: input.amountMinor },
            { account: "adjustments", amountMinor: negate(input.amountMinor) },
          ],
        },
      ],
      { enforceFloor: false },
    );
    const [sourceId] = result.ids;
    if (sourceId && result.replayed.length === 0)
      await recordTransaction(tx, {
        tenantId: input.tenantId,
        type: "adjustment",
        status: "succeeded",
        currency,
        amountMinor: input.amountMinor,
        feeMinor: ZERO,
        description: input.reason,
        sourceKind: "adjustment",
        sourceId,
      });
    return result;
  });
  // Also upwards: the look finds that the balance is not low any more and ends the episode, so that the next one is told of again.
  await send([{ name: "balance/low", data: { tenantId: input.tenantId, trigger: "sweep" } }]);
  return balanceNow(posted);
}
