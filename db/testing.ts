import postgres from "postgres";
import { afterAll } from "vitest";
import { closePools } from "./client";

export interface TestDatabase {
  /** The owner's connection string; `DATABASE_URL` holds the same. */
  url: string;
  /** The owner's connections, beside the pools of `db/client`: arrange and look at rows without the code under test. */
  sql: postgres.Sql;
}

/**
 * Call once at the top of a `*.db.test.ts` file. The file has a migrated, otherwise empty database of its own, and
 * `DATABASE_URL` and the rest of the configuration name it before the file's imports are evaluated. Pools are closed
 * after the last test.
 */
export function useTestDatabase(): TestDatabase {
  // biome-ignore lint/style/noProcessEnv: tests are told here what lib/env will read
  const url = process.env.DATABASE_URL;
  if (!url || /not-a-database-test$/.test(url)) throw new Error("useTestDatabase() works in *.db.test.ts files only");
  const sql = postgres(url, { max: 4, onnotice: () => {} });
  afterAll(async () => {
    await closePools();
    await sql.end({ timeout: 5 });
  });
  return { url, sql };
}
