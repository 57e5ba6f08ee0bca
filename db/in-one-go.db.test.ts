import { eq, sql as raw } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { systemDb, type Tx } from "./client";
import { inOneGo } from "./in-one-go";
import { tenants } from "./schema";
import { useTestDatabase } from "./testing";

const { sql } = useTestDatabase();

beforeAll(async () => {
  await sql`insert into tenants (tenant_id, slug, name, currency, created_at)
            values (gen_random_uuid(), 'ada', 'Ada', 'USD', now()), (gen_random_uuid(), 'bob', 'Bob', 'USD', now())`;
});

const named = (tx: Tx, slug: string) => tx.select({ name: tenants.name }).from(tenants).where(eq(tenants.slug, slug));
const name = (tx: Tx, slug: string, as: ReturnType<typeof raw> | string) =>
  tx.update(tenants).set({ name: as }).where(eq(tenants.slug, slug));
const names = async () => (await sql`select name from tenants order by slug`).map((row) => row.name as string);

test("each statement sees what those before it did, and the answers come in order", async () => {
  const [before, , after, other] = await systemDb().transaction((tx) =>
    inOneGo(named(tx, "ada"), name(tx, "ada", "Ada Lovelace"), named(tx, "ada"), named(tx, "bob")),
  );
  expect([before, after, other]).toEqual([[{ name: "Ada" }], [{ name: "Ada Lovelace" }], [{ name: "Bob" }]]);
});

test("when one fails nothing is kept, neither of those before it nor of those behind it", async () => {
  const failing = systemDb().transaction(async (tx) => {
    await inOneGo(name(tx, "ada", "before"), name(tx, "bob", raw`(1 / 0)::text`), name(tx, "ada", "behind"));
  });
  await expect(failing).rejects.toMatchObject({ cause: { code: "22012" } });
  expect(await names()).toEqual(["Ada Lovelace", "Bob"]);
});
