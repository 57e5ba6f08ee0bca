import { beforeEach, describe, expect, test } from "vitest";
import { systemDb } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { newId, type TenantId } from "@/lib/ids";
import { toCurrency } from "@/lib/money/currency";
import { toMinor } from "@/lib/money/minor";
import { openAccount } from "./accounts";
import { postNow } from "./post";
import { readPrepaid } from "./queries";
import type { Posting } from "./types";

const { sql } = useTestDatabase();
const USD = toCurrency("USD");
let tenant: TenantId;
beforeEach(async () => {
  tenant = newId<TenantId>();
  await systemDb().transaction((tx) => openAccount(tx, tenant, USD));
});

const debit = (sourceId: string, amount: number): Posting => ({
  kind: "debit",
  sourceId,
  legs: [
    { account: "prepaid", amountMinor: toMinor(-amount) },
    { account: "usage_revenue", amountMinor: toMinor(amount) },
  ],
});
const post = (...postings: Posting[]) => postNow(tenant, USD, postings, { enforceFloor: true });

/** As another process does it: its own call, in nobody's lane. */
const take = (source: string, amount: number) =>
  sql`select * from ledger_take(${tenant}, 'USD', now(), true, ${newId()}, 'debit', ${source}, null, null, 'usage_revenue', ${amount})`;
const batch = (...sources: string[]) =>
  sql`select * from ledger_post(${tenant}, 'USD', now(), true, ${sources.map(() => newId())}::uuid[], ${sources.map(() => "debit")}::text[],
    ${sources}::text[], ${sources.map(() => null)}::text[], ${sources.map(() => null)}::text[], ${sources.map(() => null)}::uuid[],
    ${sources.flatMap((_, i) => [i + 1, i + 1])}::int[], ${sources.flatMap(() => ["prepaid", "usage_revenue"])}::text[],
    ${sources.flatMap(() => [-10, 10])}::bigint[])`;

async function expectSound(): Promise<void> {
  const wrong = await sql`
    select account, version from (
      select account, version, amount_minor, balance_after_minor,
        lag(balance_after_minor, 1, 0) over chain as before, lag(version, 1, 0) over chain as last
      from ledger_entries where tenant_id = ${tenant} window chain as (partition by account order by version)
    ) entries where balance_after_minor <> before + amount_minor or version <> last + 1`;
  expect(wrong).toEqual([]);
  const [sums] =
    await sql`select (select coalesce(sum(amount_minor), 0)::int from ledger_entries where tenant_id = ${tenant}) as entries,
    (select sum(balance_minor)::int from ledger_accounts where tenant_id = ${tenant}) as accounts`;
  expect(sums).toEqual({ entries: 0, accounts: 0 });
}

describe("callers in one process", () => {
  test("wait together, and each is told of its own", async () => {
    const sources = Array.from({ length: 200 }, () => newId());
    const told = await Promise.all(sources.map((source, i) => post(debit(source, i + 1))));
    const entries = await sql<{ source: string; after: number; batch: string }[]>`
      select t.source_id as source, e.balance_after_minor::int as after, t.xmin::text as batch from ledger_transactions t
      join ledger_entries e using (tenant_id, transaction_id) where tenant_id = ${tenant} and e.account = 'prepaid'`;
    const after = new Map(entries.map((entry) => [entry.source, entry.after]));
    expect(told.map(({ balanceMinor }) => balanceMinor)).toEqual(sources.map((source) => after.get(source)));
    expect(new Set(entries.map((entry) => entry.batch)).size).toBeLessThan(20);
    await expectSound();
  });

  test("one that is refused leaves the others alone", async () => {
    await post(debit("known", 10));
    const told = await Promise.allSettled(
      ["a", "known", "b", "c"].map((source) => post(debit(source, source === "known" ? 11 : 10))),
    );
    expect(told.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled", "fulfilled"]);
    expect((await readPrepaid(systemDb(), tenant))?.balanceMinor).toBe(-40);
    await expectSound();
  });
});

describe("callers in many processes", () => {
  test("one after the other, whatever they call and however often they repeat", async () => {
    const sources = Array.from({ length: 40 }, (_, i) => `s${i}`);
    const shuffled = (n: number) => sources.map((_, i) => sources[(i * n) % sources.length] ?? "");
    await Promise.all([
      ...shuffled(7).map((source) => take(source, 10)),
      ...shuffled(11).map((source) => take(source, 10)),
      ...[3, 9, 13].map((n) => batch(...new Set(shuffled(n).slice(0, 25)))),
      ...shuffled(17).map((source) => post(debit(source, 10))),
    ]);
    expect((await readPrepaid(systemDb(), tenant))?.balanceMinor).toBe(-400);
    await expectSound();
  });

  test("the same source with another amount is refused and takes nothing", async () => {
    await take("a", 10);
    await expect(take("a", 11)).rejects.toMatchObject({ code: "EK002" });
    expect([...(await take("a", 10))]).toMatchObject([{ balance_minor: "-10", duplicates: [1] }]);
    await expectSound();
  });

  test("nothing is taken for nothing, and nobody gives by taking", async () => {
    for (const amount of [0, -10]) await expect(take("a", amount)).rejects.toMatchObject({ code: "EK004" });
    expect((await readPrepaid(systemDb(), tenant))?.version).toBe(0);
  });
});

test("a balance that was changed behind the ledger's back stops what would build on it", async () => {
  await post(debit("a", 10));
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`update ledger_accounts set balance_minor = 0 where tenant_id = ${tenant} and account = 'prepaid'`;
  });
  await expect(take("b", 10)).rejects.toMatchObject({ code: "EK011" });
  await expect(batch("b", "c")).rejects.toMatchObject({ code: "EK011" });
});

test("the tenant's role may post to its own tenant only", async () => {
  const other = newId<TenantId>();
  await systemDb().transaction((tx) => openAccount(tx, other, USD));
  const takeOf = (of: TenantId) =>
    sql.begin(async (tx) => {
      await tx`set local role evenkeel_tenant`;
      await tx`select set_config('app.tenant_id', ${tenant}, true)`;
      return tx`select * from ledger_take(${of}, 'USD', now(), true, ${newId()}, 'debit', ${newId()}, null, null, 'usage_revenue', 10)`;
    });
  expect([...(await takeOf(tenant))]).toHaveLength(1);
  await expect(takeOf(other)).rejects.toMatchObject({ code: "EK004" });
});
