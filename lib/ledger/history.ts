import { and, asc, between, eq, inArray, sql } from "drizzle-orm";
import type { Reader } from "@/db/client";
import { ledgerEntries } from "@/db/schema";
import type { TenantId } from "@/lib/ids";
import type { Minor } from "@/lib/money/minor";
import { readPrepaid } from "./queries";
import { type VersionedAccount, versionsAt } from "./versions";

export type BalancePoint = { at: Date; balanceMinor: Minor };

/**
 * Where the balance turned upwards since `from`: the deepest credit of each stretch of `widthMs`, and the entry before it.
 * Between two instants a balance can fall and be refilled; without these a rule that works would be drawn as a level line.
 */
async function turnsSince(db: Reader, account: VersionedAccount, from: Date, widthMs: number): Promise<number[]> {
  const rows = await db.execute<{ version: string }>(sql`
    select distinct on (stretch) version from (
      select e.version, e.balance_after_minor - e.amount_minor as before_minor,
        floor(extract(epoch from e.created_at - ${from.toISOString()}::timestamptz) * 1000 / ${widthMs}::float8) as stretch
      from ledger_transactions t join ledger_entries e on e.transaction_id = t.transaction_id and e.tenant_id = t.tenant_id
      where t.tenant_id = ${account.tenantId} and t.kind in ('recharge', 'adjustment')
        and t.created_at >= ${from.toISOString()}::timestamptz
        and e.account = 'prepaid' and e.currency = ${account.currency} and e.amount_minor > 0
    ) credits order by stretch, before_minor`);
  return rows.map((row) => Number(row.version)).flatMap((version) => [version - 1, version]);
}

/**
 * The balance over time, oldest first, led by the balance at `from`: every entry when they are few, else the last one at or before
 * each of equally spaced instants and what lies between them at the turns. What it costs does not grow with the entries.
 * @param most at most so many points, 10 or more
 */
export async function readHistory(
  db: Reader,
  tenantId: TenantId,
  from: Date,
  to: Date,
  most: number,
): Promise<BalancePoint[]> {
  const account = await readPrepaid(db, tenantId);
  if (!account) return [{ at: from, balanceMinor: 0 as Minor }];
  const entries = (which: ReturnType<typeof inArray>) =>
    db
      .select({
        version: ledgerEntries.version,
        at: ledgerEntries.createdAt,
        balanceMinor: ledgerEntries.balanceAfterMinor,
      })
      .from(ledgerEntries)
      .where(
        and(
          eq(ledgerEntries.tenantId, tenantId),
          eq(ledgerEntries.account, "prepaid"),
          eq(ledgerEntries.currency, account.currency),
          which,
        ),
      )
      .orderBy(asc(ledgerEntries.version));
  const [before = 0] = await versionsAt(db, account, [from]);
  const inside = account.version - before;
  const [start, second] = await entries(inArray(ledgerEntries.version, [before, before + 1]));
  const first = before === 0 ? undefined : start;
  const points =
    inside < most
      ? await entries(between(ledgerEntries.version, before + 1, account.version))
      : await entries(
          inArray(
            ledgerEntries.version,
            // The first movement begins the drawing: an hour of a new account is not one point of a month.
            await chosenVersions(db, account, (before === 0 ? start : second)?.at ?? from, to, before, most - 1),
          ),
        );
  const shown = [{ at: from, balanceMinor: first?.balanceMinor ?? (0 as Minor) }, ...points];
  return shown.map(({ at, balanceMinor }) => ({ at, balanceMinor }));
}

/** At most `most` of the versions after `before`: up to two at the turns of each third of them, the others equally spaced. */
async function chosenVersions(
  db: Reader,
  account: VersionedAccount,
  from: Date,
  to: Date,
  before: number,
  most: number,
): Promise<number[]> {
  const span = Math.max(1, to.getTime() - from.getTime());
  const turns = await turnsSince(db, account, from, Math.ceil(span / (Math.floor(most / 3) - 1)));
  const count = most - turns.length;
  const instants = Array.from({ length: count }, (_, n) => new Date(from.getTime() + (span * n) / (count - 1)));
  const spaced = await versionsAt(db, account, instants);
  return [...new Set([...turns, ...spaced])].filter((version) => version > before);
}
