import { eq, inArray, sql as raw } from "drizzle-orm";
import postgres from "postgres";
import { expect, test } from "vitest";
import { systemScope } from "@/lib/auth/scope";
import { newId } from "@/lib/ids";
import { type Reader, systemDb, withTenant } from "./client";
import { prepared } from "./prepared";
import { tenants } from "./schema";
import { useTestDatabase } from "./testing";

useTestDatabase();

/** The statements that a connection has prepared and that name the text. */
async function kept(reader: Reader, text: string): Promise<number> {
  const rows = await reader.execute(
    raw.raw(`select 1 from pg_prepared_statements where statement like '%${text}%' and statement not like '%pg_prepared%'`),
  );
  return rows.length;
}

const named = (reader: Reader, name: string) =>
  reader.select({ id: tenants.tenantId }).from(tenants).where(eq(tenants.name, name));

test("a query of a transaction is prepared once, and answered with each call's own values", async () => {
  await systemDb()
    .insert(tenants)
    .values({ tenantId: newId<"TenantId">(), slug: "ada", name: "Ada", currency: "USD", createdAt: new Date() });
  await systemDb().transaction(async (tx) => {
    expect(await named(tx, "Ada")).toHaveLength(1);
    expect(await named(tx, "Bob")).toHaveLength(0);
    expect(await named(tx, "Ada")).toHaveLength(1);
    expect(await kept(tx, `"tenants"."name" = $1`)).toBe(1);
  });
});

test("so is one behind a savepoint, and one of the tenant's role", async () => {
  await systemDb().transaction(async (tx) => {
    await tx.transaction((inner) => inner.select().from(tenants).where(eq(tenants.slug, "ada")));
    expect(await kept(tx, `"tenants"."slug" = $1`)).toBe(1);
  });
  const tenantId = newId<"TenantId">();
  await withTenant(systemScope(tenantId), async (tx) => {
    await tx.select().from(tenants).where(eq(tenants.currency, "USD"));
    expect(await kept(tx, `"tenants"."currency" = $1`)).toBe(1);
  });
});

test("a list of any length is not kept, and is answered all the same", async () => {
  await systemDb().transaction(async (tx) => {
    const slugs = ["ada", ...Array.from({ length: 50 }, (_, index) => `none-${index}`)];
    expect(await tx.select().from(tenants).where(inArray(tenants.slug, slugs))).toHaveLength(1);
    expect(await kept(tx, `"tenants"."slug" in`)).toBe(0);
    expect(await tx.select().from(tenants).where(inArray(tenants.slug, slugs.slice(0, 50)))).toHaveLength(1);
    expect(await kept(tx, `"tenants"."slug" in`)).toBe(1);
  });
});

test("a failure inside takes the transaction back, as without", async () => {
  const before = await systemDb().select().from(tenants);
  const failing = systemDb().transaction(async (tx) => {
    await tx.update(tenants).set({ name: "Eve" }).where(eq(tenants.slug, "ada"));
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  expect(await systemDb().select().from(tenants)).toEqual(before);
});

test("what asks for no preparing is not prepared", async () => {
  const client = prepared(postgres(process.env.DATABASE_URL ?? "", { max: 1, onnotice: () => {} }));
  await client.unsafe("select $1::int as never_kept", [1], { prepare: false });
  await client.unsafe("select 1 as without_values");
  const found = await client`select 1 from pg_prepared_statements where statement ~ 'never_kept|without_values' and statement !~ 'pg_prep'`;
  expect(found).toHaveLength(0);
  await client.end();
});
