import { randomUUID } from "node:crypto";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import type { Tx } from "../../db/client";
import * as schema from "../../db/schema";
import { DEMO_PASSWORD } from "../../db/seed/characters";
import { hashPassword } from "../../lib/auth/password";
import { now } from "../../lib/clock";
import { newId, type TenantId, type UserId } from "../../lib/ids";
import { postIn } from "../../lib/ledger/post";
import { toCurrency } from "../../lib/money/currency";
import { negate, toMinor } from "../../lib/money/minor";
import { addMember, createTenant } from "../../lib/tenants/commands";
import { demo } from "./demo";

export interface NewTenant {
  tenantId: TenantId;
  name: string;
  slug: string;
  owner: string;
  member: string;
}

async function newUser(tx: Tx, email: string, name: string): Promise<UserId> {
  const userId = newId<UserId>();
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  const at = now();
  await tx.insert(schema.users).values({ userId, email, name, passwordHash, emailConfirmedAt: at, createdAt: at });
  return userId;
}

/** A tenant of a test's own with an owner and a member, made by the product's own code. @param balanceMinor opening balance, in cents */
export async function newTenant(balanceMinor: number): Promise<NewTenant> {
  const slug = `t-${randomUUID().slice(0, 8)}`;
  const name = `Tenant ${slug}`;
  const owner = `owner@${slug}.test`;
  const member = `member@${slug}.test`;
  const currency = toCurrency("USD");
  const sql = postgres(demo().database.url, { max: 1, onnotice: () => {} });
  try {
    const tenantId = await drizzle(sql, { schema }).transaction(async (tx) => {
      const id = await createTenant(tx, { slug, name, currency, timeZone: "America/New_York" });
      await addMember(tx, id, await newUser(tx, owner, "Owen Owner"), "owner");
      await addMember(tx, id, await newUser(tx, member, "Mary Member"), "member");
      const amountMinor = toMinor(balanceMinor);
      const legs = [
        { account: "prepaid" as const, amountMinor },
        { account: "adjustments" as const, amountMinor: negate(amountMinor) },
      ];
      const opening = {
        kind: "adjustment" as const,
        sourceId: "opening-balance",
        description: "Opening balance",
        legs,
      };
      if (balanceMinor !== 0) await postIn(tx, id, currency, [opening], { enforceFloor: false });
      return id;
    });
    return { tenantId, name, slug, owner, member };
  } finally {
    await sql.end({ timeout: 5 });
  }
}
