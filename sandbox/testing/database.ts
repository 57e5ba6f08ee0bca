import postgres from "postgres";
import { inject } from "vitest";

async function onCluster(work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres(inject("testClusterUrl"), { max: 1, onnotice: () => {} });
  try {
    await work(sql);
  } finally {
    await sql.end();
  }
}

/** Creates a migrated, otherwise empty database. @returns its address */
export async function createDatabase(name: string): Promise<string> {
  await onCluster((sql) => sql.unsafe(`create database ${name} template evenkeel_template strategy file_copy`));
  return inject("testClusterUrl").replace(/postgres$/, name);
}

export const dropDatabase = (name: string): Promise<void> =>
  onCluster((sql) => sql.unsafe(`drop database if exists ${name} with (force)`));

/** Empties the database of the test file, whoever is connected to it. */
export async function renewDatabase(): Promise<void> {
  const name = new URL(String(process.env.DATABASE_URL)).pathname.slice(1);
  await dropDatabase(name);
  await createDatabase(name);
}
