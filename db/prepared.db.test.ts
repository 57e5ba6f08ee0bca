import { eq, inArray, sql as raw } from "drizzle-orm";
import { expect, test } from "vitest";
import { systemScope } from "@/lib/auth/scope";
import { newId } from "@/lib/ids";
import { type Reader, systemDb, withTenant } from "./client";
import { tenants } from "./schema";
import { useTestDatabase } from "./testing";

const { sql } = useTestDatabase();

/** The statements that a connection has prepared and that name the text. */
async function kept(reader: Reader, text: string): Promise<number> {
  const rows = await reader.execute(
    raw.raw(
      `select 1 from pg_prepared_statements where statement like '%${text}%' and statement not like '%pg_prepared%'`,
    ),
  );
  return rows.length;
}

const named = (reader: Reader, name: string) =>
  reader.select({ id: tenants.tenantId }).from(tenants).where(eq(tenants.name, name));

test("a query of a transaction is prepared once, and answered with each call's own values", async () => {
  await sql`insert into tenants (tenant_id, slug, name, currency, created_at)
            values (gen_random_uuid(), 'ada', 'Ada', 'USD', now())`;
  await systemDb().transaction(async (tx) => {
    expect(await named(tx, "Ada")).toHaveLength(1);
    expect(await named(tx, "Bob")).toHaveLength(0);
    expect(await named(tx, "Ada")).toHaveLength(1);
    expect(await kept(tx, `"name" = $1`)).toBe(1);
  });
});

test("so is one behind a savepoint, and one of the tenant's role", async () => {
  await systemDb().transaction(async (tx) => {
    await tx.transaction((inner) => inner.select().from(tenants).where(eq(tenants.slug, "ada")));
    expect(await kept(tx, `"slug" = $1`)).toBe(1);
  });
  await withTenant(systemScope(newId()), async (tx) => {
    expect(await named(tx, "Ada")).toHaveLength(0);
    expect(await kept(tx, `"name" = $1`)).toBe(1);
  });
});

test("a list of any length is not kept, and is answered all the same", async () => {
  await systemDb().transaction(async (tx) => {
    const slugs = ["ada", ...Array.from({ length: 50 }, (_, index) => `none-${index}`)];
    expect(await tx.select().from(tenants).where(inArray(tenants.slug, slugs))).toHaveLength(1);
    expect(await kept(tx, `"slug" in`)).toBe(0);
    expect(
      await tx
        .select()
        .from(tenants)
        .where(inArray(tenants.slug, slugs.slice(0, 50))),
    ).toHaveLength(1);
    expect(await kept(tx, `"slug" in`)).toBe(1);
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
