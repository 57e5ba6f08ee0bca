import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { migrate } from "../../db/migrate";
import { startPostgres } from "../postgres/start";
import { freePort } from "../processes/ports";

declare module "vitest" {
  interface ProvidedContext {
    /** The owner's connection to the test cluster; databases are cloned from `evenkeel_template`. */
    testClusterUrl: string;
  }
}

/** Once per run: a PostgreSQL of its own in the temp folder, and one migrated database that every test file gets a copy of. */
export default async function setup(project: TestProject) {
  const folder = mkdtempSync(path.join(tmpdir(), "evenkeel-test-"));
  const server = await startPostgres({
    dataDir: path.join(folder, "postgres"),
    port: await freePort(),
    settings: { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "300" },
  });
  const sql = postgres(server.url, { max: 1, onnotice: () => {} });
  await sql`create database evenkeel_template`;
  await sql.end();
  await migrate(server.url.replace(/postgres$/, "evenkeel_template"));
  project.provide("testClusterUrl", server.url);

  return async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
