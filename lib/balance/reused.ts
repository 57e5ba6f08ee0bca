import { systemDb } from "@/db/client";
import { type AppError, refusalOf } from "@/lib/errors";
import type { TenantId } from "@/lib/ids";
import { readPrepaidOf } from "@/lib/ledger/queries";
import { type Minor, negate } from "@/lib/money/minor";

/**
 * The refusal of a batch with ids that were used before, naming each. Asked after the fact: the ledger refuses at the first it sees,
 * and what was posted stays as it is.
 * @param refusal to be given if, against all reason, none is found
 */
export async function namingReused(
  tenantId: TenantId,
  debits: readonly { sourceId: string; amountMinor: Minor }[],
  refusal: AppError,
): Promise<AppError> {
  const ids = debits.map((debit) => debit.sourceId);
  const rows = await readPrepaidOf(systemDb(), tenantId, "debit", ids);
  const before = new Map(rows.map((row) => [row.sourceId, negate(row.amountMinor)]));
  const fields = debits.flatMap(({ sourceId, amountMinor }, index) => {
    const isOther = before.has(sourceId) && before.get(sourceId) !== amountMinor;
    return isOther
      ? [{ path: `debits.${index}.id`, message: `${sourceId} was used for a debit of another amount` }]
      : [];
  });
  return fields.length > 0 ? refusalOf("debit_id_reused", fields, refusal) : refusal;
}
