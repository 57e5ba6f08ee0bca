import { describe, expect, test } from "vitest";
import { systemSql, tenantSql } from "./client";
import { useTestDatabase } from "./testing";

const { sql } = useTestDatabase();

describe("the database of a test file", () => {
  test("is migrated, and the pools of the app use it", async () => {
    const [ours] = await sql`select current_database() as name, to_regclass('public.tenants')::text as tenants`;
    const [theirs] = await systemSql()`select current_database() as name`;
    expect(theirs?.name).toBe(ours?.name);
    expect(ours?.tenants).toBe("tenants");
  });

  test("has the role of tenant requests, which sees nothing without a scope", async () => {
    await sql`insert into tenants (tenant_id, slug, name, currency, created_at)
              values (gen_random_uuid(), 'seen-by-nobody', 'Nobody', 'USD', now())`;
    expect(await tenantSql()`select * from tenants`).toHaveLength(0);
    expect(await sql`select * from tenants`).toHaveLength(1);
  });
});
