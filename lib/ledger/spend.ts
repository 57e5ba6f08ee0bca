import { and, asc, eq, gt } from "drizzle-orm";
import type { Reader } from "@/db/client";
import { ledgerAccounts, ledgerEntries } from "@/db/schema";
import type { TenantId } from "@/lib/ids";
import { type Minor, subtract, ZERO } from "@/lib/money/minor";
import { versionsAt } from "./versions";

/**
 * What was spent (debits, captured holds, usage over a quota) since an instant, and when the first of it was. All of it and nothing
 * else is on `usage_revenue`, so it is what that account grew by: reading it does not take longer with more of it.
 */
export async function readSpend(
  db: Reader,
  tenantId: TenantId,
  since: Date,
): Promise<{ spentMinor: Minor; firstAt: Date | null }> {
  const [account] = await db
    .select()
    .from(ledgerAccounts)
    .where(and(eq(ledgerAccounts.tenantId, tenantId), eq(ledgerAccounts.account, "usage_revenue")));
  if (!account) return { spentMinor: ZERO, firstAt: null };
  const [before = 0] = await versionsAt(db, account, [since]);
  const [first] = await db
    .select()
    .from(ledgerEntries)
    .where(
      and(
        eq(ledgerEntries.tenantId, tenantId),
        eq(ledgerEntries.account, "usage_revenue"),
        eq(ledgerEntries.currency, account.currency),
        gt(ledgerEntries.version, before),
      ),
    )
    .orderBy(asc(ledgerEntries.version))
    .limit(1);
  if (!first) return { spentMinor: ZERO, firstAt: null };
  const earlierMinor = subtract(first.balanceAfterMinor, first.amountMinor);
  return { spentMinor: subtract(account.balanceMinor, earlierMinor), firstAt: first.createdAt };
}
