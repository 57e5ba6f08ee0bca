import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import type { Tx } from "@/db/client";
import * as schema from "@/db/schema";
import { ensureUser } from "@/lib/auth/users";
import { toCurrency } from "@/lib/money/currency";
import { addMember, createTenant } from "@/lib/tenants/commands";

// Makes the first accounts of an installation; needs DATABASE_URL only. Passwords are made up and printed once.
const USAGE = `npm run account -- tenant --slug acme --name "Acme Inc." --email owner@acme.com --person "Olivia Owner" [--currency USD] [--time-zone America/New_York] [--locale en]
npm run account -- operator --email ops@example.com --person "Opal Operator"`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: Object.fromEntries(
    ["slug", "name", "email", "person", "currency", "time-zone", "locale"].map((name) => [
      name,
      { type: "string" as const },
    ]),
  ),
});

function need(name: string): string {
  const value = values[name];
  if (typeof value === "string" && value) return value;
  console.error(`--${name} is missing\n${USAGE}`);
  process.exit(1);
}

const given = (name: string, otherwise: string) =>
  typeof values[name] === "string" ? String(values[name]) : otherwise;

async function person(tx: Tx, isOperator: boolean) {
  const password = randomBytes(12).toString("base64url");
  const user = await ensureUser(tx, { email: need("email"), name: need("person"), password, isOperator });
  console.log(
    user.isNew
      ? `${need("email")}, password: ${password}`
      : `${need("email")} was there already and keeps the password`,
  );
  return user.userId;
}

const what = positionals[0];
if (what !== "tenant" && what !== "operator") {
  console.error(USAGE);
  process.exit(1);
}
const databaseUrl = process.env.DATABASE_URL;
if (!databaseUrl) {
  console.error("DATABASE_URL is missing");
  process.exit(1);
}
const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
try {
  await drizzle(sql, { schema }).transaction(async (tx) => {
    if (what === "operator") return void (await person(tx, true));
    const tenantId = await createTenant(tx, {
      slug: need("slug"),
      name: need("name"),
      currency: toCurrency(given("currency", "USD")),
      timeZone: given("time-zone", "UTC"),
      locale: given("locale", "en"),
    });
    await addMember(tx, tenantId, await person(tx, false), "owner");
    console.log(`tenant ${need("slug")}: ${tenantId}`);
  });
} finally {
  await sql.end({ timeout: 5 });
}
