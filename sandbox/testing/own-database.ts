import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { afterAll, inject } from "vitest";

// Runs before each file of the project "db": by the time the file's imports are evaluated, its database exists.
const clusterUrl = inject("testClusterUrl");
const name = `test_${randomBytes(6).toString("hex")}`;

async function onCluster(statement: string): Promise<void> {
  const sql = postgres(clusterUrl, { max: 1, onnotice: () => {} });
  try {
    await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
}

await onCluster(`create database ${name} template evenkeel_template strategy file_copy`);
process.env.DATABASE_URL = clusterUrl.replace(/postgres$/, name);
afterAll(() => onCluster(`drop database if exists ${name} with (force)`));
