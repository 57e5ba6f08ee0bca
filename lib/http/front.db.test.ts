import { get, type IncomingMessage } from "node:http";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemDb } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { functions } from "@/inngest";
import { jobs } from "@/inngest/listener";
import type { TenantId } from "@/lib/ids";
import { drain } from "./front";
import { company, startFront } from "./testing";

useTestDatabase();
let front: Awaited<ReturnType<typeof startFront>>;
beforeAll(async () => {
  front = await startFront();
});
afterAll(() => drain(front.server));

async function fill(tenantId: TenantId, rows: number): Promise<void> {
  await systemDb().execute(sql`
    insert into transactions (tenant_id, transaction_id, number, type, status, currency, amount_minor, fee_minor, net_minor,
      description, source_kind, source_id, created_at)
    select ${tenantId}::uuid, gen_random_uuid(), 'TX-' || n, 'payment', 'succeeded', 'USD', n, 0, n,
      repeat('a long description ', 50), 'recharge', n::text, '2027-01-01T00:00:00Z'::timestamptz + n * interval '1 minute'
    from generate_series(1, ${rows}) n`);
}

/** What the database does for an export just now; null: there is none. */
async function exporting(): Promise<string | null> {
  const [row] = await systemDb().execute<{ waits: string | null }>(
    sql`select coalesce(wait_event, 'works') as waits from pg_stat_activity
      where application_name = 'evenkeel export' and datname = current_database() and state = 'active'`,
  );
  return row?.waits ?? null;
}

async function ask(method: string, jwt: string): Promise<IncomingMessage> {
  const url = `${front.url}/api/v1/billing/transactions/export/csv`;
  return new Promise((resolve, reject) => {
    get(url, { method, headers: { authorization: `Bearer ${jwt}` } }, resolve).once("error", reject);
  });
}

test("an export is read as fast as its reader reads, and ends with its reader", async () => {
  const { tenantId, token } = await company();
  const rows = 30_000;
  await fill(tenantId, rows);
  const jwt = await token("member");

  const whole = await ask("GET", jwt);
  let text = "";
  for await (const chunk of whole) text += chunk;
  expect(text.trimEnd().split("\n")).toHaveLength(rows + 1);

  const slow = await ask("GET", jwt);
  slow.pause();
  // The database waits for us as we wait for the reader: nothing of the 30 MB piles up in between.
  await expect.poll(exporting, { timeout: 10_000 }).toBe("ClientWrite");
  slow.destroy();
  await expect.poll(exporting, { timeout: 10_000 }).toBeNull();
});

test("of an answer to HEAD nothing is made", async () => {
  const { tenantId, token } = await company();
  await fill(tenantId, 30_000);
  const head = await ask("HEAD", await token("member"));
  expect({ status: head.statusCode, type: head.headers["content-type"] }).toEqual({
    status: 200,
    type: "text/csv; charset=utf-8",
  });
  head.resume();
  await expect.poll(exporting, { timeout: 10_000 }).toBeNull();
});

test("the jobs are answered in front of Next, at their path alone", async () => {
  const { server, url } = await startFront(undefined, jobs);
  try {
    const told = await fetch(`${url}/api/inngest?probe=1`);
    expect({ status: told.status, by: told.headers.get("x-inngest-framework") }).toEqual({ status: 200, by: "nodejs" });
    expect(await told.json()).toMatchObject({ function_count: functions.length });
    expect((await fetch(`${url}/api/inngest`, { method: "POST", body: "no step" })).status).toBe(500);
    expect(await (await fetch(`${url}/api/inngest/other`)).text()).toBe("from Next");
  } finally {
    await drain(server);
  }
});
