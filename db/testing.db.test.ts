import { describe, expect, test } from "vitest";
import { systemSql } from "./client";
import { useTestDatabase } from "./testing";

const { sql } = useTestDatabase();

describe("the database of a test file", () => {
  test("is migrated, and the pools of the app use it", async () => {
    const [ours] = await sql`select current_database() as name, to_regclass('public.tenants')::text as tenants`;
    const [theirs] = await systemSql()`select current_database() as name`;
    expect(theirs?.name).toBe(ours?.name);
    expect(ours?.tenants).toBe("tenants");
  });
});
