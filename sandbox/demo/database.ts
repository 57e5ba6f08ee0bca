import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import postgres from "postgres";
import { migrate } from "@/db/migrate";

/** Creates the database that the URL names where the server does not have it yet, and brings its tables up to date. */
export async function prepareDatabase(databaseUrl: string, owned: boolean): Promise<void> {
  if (owned) await createDatabase(databaseUrl);
  await migrate(databaseUrl);
}

/** Creates the database that the URL names on its server, unless it is there. */
export async function createDatabase(databaseUrl: string): Promise<void> {
  const url = new URL(databaseUrl);
  const name = url.pathname.slice(1);
  url.pathname = "/postgres";
  const sql = postgres(url.href, { max: 1, onnotice: () => {} });
  try {
    const [found] = await sql`select 1 from pg_database where datname = ${name}`;
    if (!found) await sql`create database ${sql(name)}`;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Fills in the named characters, in a process of its own because it reads the app's configuration. Safe to repeat. */
export const seedDatabase = (env: Record<string, string | undefined>): Promise<void> =>
  runScript("Seeding", "sandbox/demo/seed.ts", env);

/** Brings the plans to Stripe as `npm run plans:sync` does. Safe to repeat. */
export const syncPlans = (env: Record<string, string | undefined>): Promise<void> =>
  runScript("Bringing the plans to Stripe", "scripts/sync-plans.ts", env);

async function runScript(what: string, script: string, env: Record<string, string | undefined>): Promise<void> {
  try {
    await promisify(execFile)(process.execPath, ["--import", "tsx", script], {
      cwd: path.resolve(import.meta.dirname, "../.."),
      env: env as NodeJS.ProcessEnv,
    });
  } catch (error) {
    throw new Error(`${what} failed: ${(error as { stderr?: string }).stderr || error}`);
  }
}
