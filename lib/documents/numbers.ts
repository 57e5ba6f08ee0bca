import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { numberSeries } from "@/db/schema";
import type { TenantId } from "@/lib/ids";

const PREFIXES = { invoice: "INV", credit_note: "CN", receipt: "R", transaction: "TX" } as const;
export type Series = keyof typeof PREFIXES;

/**
 * The next number of a tenant's series, such as `INV-000042`: without gaps, because it is counted up in the transaction that uses
 * it. Take it last in a transaction: it locks the series until the commit.
 */
export async function nextNumber(tx: Tx, tenantId: TenantId, series: Series): Promise<string> {
  const [row] = await tx
    .insert(numberSeries)
    .values({ tenantId, series, last: 1 })
    .onConflictDoUpdate({
      target: [numberSeries.tenantId, numberSeries.series],
      set: { last: sql`${numberSeries.last} + 1` },
    })
    .returning({ last: numberSeries.last });
  return `${PREFIXES[series]}-${String(row?.last).padStart(6, "0")}`;
}
