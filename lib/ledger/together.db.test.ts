import { beforeEach, expect, test } from "vitest";
import { systemDb } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { newId, type TenantId } from "@/lib/ids";
import { toCurrency } from "@/lib/money/currency";
import { toMinor } from "@/lib/money/minor";
import { openAccount, setFloor } from "./accounts";
import { postNow } from "./post";

const { sql } = useTestDatabase();
const USD = toCurrency("USD");
let tenants: TenantId[];
beforeEach(async () => {
  tenants = Array.from({ length: 40 }, () => newId<TenantId>());
  await systemDb().transaction(async (tx) => {
    for (const tenant of tenants) await openAccount(tx, tenant, USD);
  });
});

const debit = (tenant: TenantId, sourceId: string, amount = 10) =>
  postNow(
    tenant,
    USD,
    [
      {
        kind: "debit",
        sourceId,
        metadata: { job: sourceId },
        legs: [
          { account: "prepaid", amountMinor: toMinor(-amount) },
          { account: "usage_revenue", amountMinor: toMinor(amount) },
        ],
      },
    ],
    { enforceFloor: true },
  );
const balances = async () =>
  (
    await sql<{ balance: number }[]>`
    select balance_minor::int as balance from ledger_accounts
    where tenant_id = any (${tenants}::uuid[]) and account = 'prepaid' order by array_position(${tenants}::uuid[], tenant_id)`
  ).map(({ balance }) => balance);

test("debits of many tenants are few transactions, each told and written as its own", async () => {
  const told = await Promise.all(tenants.map((tenant, i) => debit(tenant, "s", i + 1)));
  expect(told.map(({ balanceMinor }) => balanceMinor)).toEqual(tenants.map((_, i) => -(i + 1)));
  expect(await balances()).toEqual(tenants.map((_, i) => -(i + 1)));
  const written = await sql<{ tenant: TenantId; id: string; job: string; batch: string }[]>`
    select tenant_id as tenant, transaction_id as id, metadata->>'job' as job, xmin::text as batch from ledger_transactions
    where tenant_id = any (${tenants}::uuid[]) order by array_position(${tenants}::uuid[], tenant_id)`;
  expect(written.map(({ tenant }) => tenant)).toEqual(tenants);
  expect(written.map(({ id }) => [id])).toEqual(told.map(({ ids }) => ids));
  expect(new Set(written.map(({ job }) => job))).toEqual(new Set(["s"]));
  expect(new Set(written.map(({ batch }) => batch)).size).toBeLessThan(10);

  const again = await Promise.all(tenants.map((tenant, i) => debit(tenant, "s", i + 1)));
  expect(again.map(({ replayed }) => replayed)).toEqual(tenants.map(() => [0]));
  expect(await balances()).toEqual(tenants.map((_, i) => -(i + 1)));
});

test("who is refused is refused alone", async () => {
  const poor = tenants.filter((_, i) => i % 10 === 9);
  await systemDb().transaction(async (tx) => {
    for (const tenant of poor) await setFloor(tx, tenant, toMinor(0));
  });
  const told = await Promise.allSettled(tenants.map((tenant) => debit(tenant, "s")));
  expect(told.map(({ status }) => status)).toEqual(
    tenants.map((tenant) => (poor.includes(tenant) ? "rejected" : "fulfilled")),
  );
  expect(await balances()).toEqual(tenants.map((tenant) => (poor.includes(tenant) ? 0 : -10)));
  // The others went together all the same.
  const written = await sql<{ batch: string }[]>`
    select distinct xmin::text as batch from ledger_transactions where tenant_id = any (${tenants}::uuid[])`;
  expect(written.length).toBeLessThan(10);
});

test("a source that comes back with another amount is refused alone", async () => {
  await debit(tenants[7] as TenantId, "s", 11);
  const told = await Promise.allSettled(tenants.map((tenant) => debit(tenant, "s")));
  expect(told.flatMap(({ status }, i) => (status === "rejected" ? [i] : []))).toEqual([7]);
  expect(await balances()).toEqual(tenants.map((_, i) => (i === 7 ? -11 : -10)));
});

test("an account that somebody has locked holds up nobody else", async () => {
  const locked = tenants.slice(0, 8);
  const told = new Set<TenantId>();
  let all: Promise<unknown> = Promise.resolve();
  await sql.begin(async (tx) => {
    await tx`select 1 from ledger_accounts where tenant_id = any (${locked}::uuid[]) order by tenant_id for update`;
    const asked = tenants.map((tenant) => debit(tenant, "s").then(() => told.add(tenant)));
    all = Promise.all(asked);
    await Promise.all(asked.slice(locked.length));
    expect(told.size).toBe(tenants.length - locked.length);
  });
  await all;
  expect(await balances()).toEqual(tenants.map(() => -10));
});
