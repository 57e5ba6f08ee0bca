import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { systemSql } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { now, setClockForTests } from "@/lib/clock";
import { newId, type TenantId } from "@/lib/ids";
import { beginsAt, takeDue } from "./hand-out";
import { listDue } from "./sweep";

vi.stubEnv("STRIPE_WRITES_PER_SECOND", "10");
useTestDatabase();

beforeEach(async () => {
  setClockForTests("2026-11-02T12:00:00Z");
  await systemSql()`truncate ledger_accounts, stripe_budget cascade`;
});
afterEach(() => setClockForTests(null));

/** Balances of nobody: a name, what is there, and the minimum. */
async function accounts(rows: [name: string, balanceMinor: number, belowMinor: number][]) {
  const made = rows.map(([name, balanceMinor, belowMinor]) => ({
    tenantId: newId<TenantId>(),
    name,
    balanceMinor,
    belowMinor,
  }));
  await systemSql().begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`insert into ledger_accounts (tenant_id, account, currency, balance_minor, recharge_below_minor)
      select id, 'prepaid', 'USD', balance, below from unnest(
        ${made.map((r) => r.tenantId)}::uuid[], ${made.map((r) => r.balanceMinor)}::bigint[], ${made.map((r) => r.belowMinor)}::bigint[]
      ) r (id, balance, below)`;
  });
  const names = new Map(made.map((row) => [row.tenantId, row.name]));
  return (ids: readonly TenantId[]) => ids.map((id) => names.get(id));
}

it("what has the least of its minimum left comes first, the deepest below zero before all", async () => {
  const named = await accounts([
    ["half", 5_000, 10_000],
    ["nearly all", 99_000, 100_000],
    ["enough", 10_000, 10_000],
    ["below zero", -100, 10_000],
    ["a tenth", 10_000, 100_000],
    ["far below zero", -5_000, 10_000],
    ["nothing", 0, 10_000],
    ["below zero, no minimum", -1, 0],
  ]);
  expect(named(await listDue(now(), 100))).toEqual([
    "below zero, no minimum",
    "far below zero",
    "below zero",
    "nothing",
    "a tenth",
    "half",
    "nearly all",
  ]);
  expect(named(await listDue(now(), 2))).toEqual(["below zero, no minimum", "far below zero"]);
});

it("hands out what Stripe takes until the next sweep, and leaves the least urgent for that one", async () => {
  await accounts(Array.from({ length: 3_000 }, (_, n) => [`${n}`, n, 3_000]));
  const first = await takeDue(now());
  expect(first.isAll).toBe(false);
  expect(first.due).toHaveLength(0.93 * 10 * 300);
  expect(first.due).toEqual((await listDue(now(), 3_000)).slice(0, first.due.length));
  const last = beginsAt(first, first.due.length - 1) ?? 0;
  expect(last - now().getTime()).toBeGreaterThan(299_000);
  expect(last - now().getTime()).toBeLessThan(300_000);
});

it("a few begin at once, and those of another instance after them", async () => {
  await accounts(Array.from({ length: 8 }, (_, n) => [`${n}`, n, 100]));
  const [one, other] = await Promise.all([takeDue(now()), takeDue(now())]);
  expect(one.isAll && other.isAll).toBe(true);
  const [early, late] = [one, other].sort((a, b) => a.turns.fromMs - b.turns.fromMs);
  expect(early && beginsAt(early, 7)).toBeNull();
  expect(early && late && late.turns.fromMs - early.turns.fromMs).toBeGreaterThanOrEqual(800);
  expect(late && beginsAt(late, 7)).toBeGreaterThan(now().getTime() + 1_000);
});
