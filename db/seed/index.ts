import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import type { Tx } from "@/db/client";
import * as schema from "@/db/schema";
import { tenants } from "@/db/schema";
import { ensureUser } from "@/lib/auth/users";
import { postIn } from "@/lib/ledger/post";
import { toCurrency } from "@/lib/money/currency";
import { negate, toMinor } from "@/lib/money/minor";
import { addMember, createTenant } from "@/lib/tenants/commands";
import { DEMO_PASSWORD, OPERATOR, type SeedTenant, TENANTS } from "./characters";

async function ensureTenant(tx: Tx, seed: SeedTenant): Promise<void> {
  const { slug, name, timeZone } = seed;
  const currency = toCurrency(seed.currency);
  const [existing] = await tx.select({ tenantId: tenants.tenantId }).from(tenants).where(eq(tenants.slug, slug));
  if (existing) return;
  const tenantId = await createTenant(tx, { slug, name, currency, timeZone });
  for (const person of seed.people) {
    const { email, name, role } = person;
    const { userId } = await ensureUser(tx, { email, name, password: DEMO_PASSWORD });
    await addMember(tx, tenantId, userId, role);
  }
  if (seed.openingBalanceMinor === 0) return;
  const amountMinor = toMinor(seed.openingBalanceMinor);
  const legs = [
    { account: "prepaid" as const, amountMinor },
    { account: "adjustments" as const, amountMinor: negate(amountMinor) },
  ];
  await postIn(
    tx,
    tenantId,
    currency,
    [{ kind: "adjustment", sourceId: "opening-balance", description: "Opening balance", legs }],
    { enforceFloor: false },
  );
}

/**
 * Puts the demo's companies and people into a migrated database. Running it again changes nothing that people changed since.
 * @param databaseUrl the owner's connection
 */
export async function seed(databaseUrl: string): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  try {
    await drizzle(sql, { schema }).transaction(async (tx) => {
      for (const tenant of TENANTS) await ensureTenant(tx, tenant);
      await ensureUser(tx, { ...OPERATOR, password: DEMO_PASSWORD, isOperator: true });
    });
  } finally {
    await sql.end({ timeout: 5 });
  }
}
