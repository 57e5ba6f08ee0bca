import { eq, sql } from "drizzle-orm";
import { preparedQuery } from "@/db/client";
import { tenants } from "@/db/schema";
import { AppError } from "@/lib/errors";
import type { TenantId } from "@/lib/ids";
import type { Currency } from "@/lib/money/currency";

const KEEP = 10_000;
const known = new Map<TenantId, Currency>();

const currencyById = preparedQuery((db) =>
  db
    .select({ currency: tenants.currency })
    .from(tenants)
    .where(eq(tenants.tenantId, sql.placeholder("tenantId")))
    .prepare("currency_by_id"),
);

/** A tenant's currency never changes, so it is read once per process: a debit stays one round trip. @throws AppError not_found */
export async function currencyOf(tenantId: TenantId): Promise<Currency> {
  const cached = known.get(tenantId);
  if (cached) return cached;
  const [row] = await currencyById().execute({ tenantId });
  if (!row) throw new AppError("not_found");
  if (known.size >= KEEP) known.clear();
  known.set(tenantId, row.currency);
  return row.currency;
}
