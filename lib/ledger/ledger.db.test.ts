import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { systemDb } from "@/db/client";
import { ledgerAccounts, ledgerEntries } from "@/db/schema";
import { useTestDatabase } from "@/db/testing";
import { advanceClockForTests, now, setClockForTests } from "@/lib/clock";
import { newId, type TenantId } from "@/lib/ids";
import { toCurrency } from "@/lib/money/currency";
import { negate, toMinor } from "@/lib/money/minor";
import { openAccount, setFloor, setRechargeThreshold } from "./accounts";
import { captureHold, expireHolds, placeHold, releaseHold } from "./holds";
import { postNow } from "./post";
import { listPrepaidEntries, readPrepaid } from "./queries";
import type { Posting } from "./types";

const { sql } = useTestDatabase();
const USD = toCurrency("USD");
let tenant: TenantId;

const debit = (sourceId: string, amount: number): Posting => ({
  kind: "debit",
  sourceId,
  legs: [
    { account: "prepaid", amountMinor: negate(toMinor(amount)) },
    { account: "usage_revenue", amountMinor: toMinor(amount) },
  ],
});
const credit = (amount: number): Posting => ({
  kind: "adjustment",
  sourceId: newId(),
  legs: [
    { account: "prepaid", amountMinor: toMinor(amount) },
    { account: "adjustments", amountMinor: negate(toMinor(amount)) },
  ],
});
const post = (...postings: Posting[]) => postNow(tenant, USD, postings, { enforceFloor: true });
const balance = async () => (await readPrepaid(systemDb(), tenant))?.balanceMinor;

beforeEach(async () => {
  setClockForTests("2026-11-01T00:00:00Z");
  tenant = newId<TenantId>();
  await systemDb().transaction((tx) => openAccount(tx, tenant, USD));
});

describe("posting", () => {
  it("moves the balance, below zero too, and keeps the chain", async () => {
    await post(credit(10_000));
    expect(await post(debit("d1", 15_000))).toMatchObject({ balanceMinor: -5_000, needsRecharge: false, replayed: [] });
    const entries = await listPrepaidEntries(systemDb(), tenant, USD, { limit: 10, beforeVersion: null });
    expect(entries.map((e) => [e.version, e.amountMinor, e.balanceAfterMinor])).toEqual([
      [2, -15_000, -5_000],
      [1, 10_000, 10_000],
    ]);
  });

  it("posts a source once, whatever the number of calls at once", async () => {
    const all = await Promise.all(Array.from({ length: 30 }, () => post(debit("same", 100))));
    expect(all.filter((p) => p.replayed.length === 0)).toHaveLength(1);
    expect(await balance()).toBe(-100);
  });

  it("refuses a source that comes again with another amount, and the whole batch with it", async () => {
    await post(debit("d1", 100));
    await expect(post(debit("d2", 50), debit("d1", 101))).rejects.toMatchObject({ code: "debit_id_reused" });
    expect(await balance()).toBe(-100);
  });

  it("writes a batch of 1,000 in one call, the repeated ones once", async () => {
    const batch = Array.from({ length: 1_000 }, (_, i) => debit(`b${i}`, i + 1));
    expect(await post(...batch)).toMatchObject({ balanceMinor: -500_500, replayed: [] });
    expect((await post(debit("b1000", 1), ...batch.slice(0, 500))).replayed).toHaveLength(500);
    expect(await balance()).toBe(-500_501);
  });

  it("keeps a floor to the cent under parallel debits", async () => {
    await post(credit(1_000));
    await systemDb().transaction((tx) => setFloor(tx, tenant, toMinor(0)));
    const results = await Promise.allSettled(Array.from({ length: 20 }, (_, i) => post(debit(`f${i}`, 150))));
    expect(results.filter((r) => r.status === "fulfilled")).toHaveLength(6);
    expect(results.find((r) => r.status === "rejected")).toMatchObject({ reason: { code: "insufficient_balance" } });
    expect(await balance()).toBe(100);
  });

  it("says when the balance is below the recharge threshold, strictly", async () => {
    await post(credit(1_000));
    await systemDb().transaction((tx) => setRechargeThreshold(tx, tenant, toMinor(500)));
    expect((await post(debit("a", 500))).needsRecharge).toBe(false);
    expect((await post(debit("b", 1))).needsRecharge).toBe(true);
  });
});

describe("the database itself", () => {
  const insert = (version: number, amount: number, after: number, transactionId = newId()) =>
    sql`insert into ledger_entries (tenant_id, account, currency, version, transaction_id, amount_minor, balance_after_minor, created_at)
        values (${tenant}, 'prepaid', 'USD', ${version}, ${transactionId}, ${amount}, ${after}, ${now()})`;

  it("refuses an entry that does not sum to zero, breaks the chain, or has no account behind it", async () => {
    await expect(insert(1, 100, 100)).rejects.toMatchObject({ code: "EK010" });
    const id = newId();
    const pair = (
      after: number,
    ) => sql`insert into ledger_entries (tenant_id, account, currency, version, transaction_id, amount_minor, balance_after_minor, created_at)
      values (${tenant}, 'prepaid', 'USD', 1, ${id}, 100, ${after}, ${now()}), (${tenant}, 'adjustments', 'USD', 1, ${id}, -100, -100, ${now()})`;
    await expect(pair(90)).rejects.toMatchObject({ code: "EK011" });
    await expect(pair(100)).rejects.toMatchObject({ code: "EK012" });
  });

  it("refuses to change or delete what was written, and balances without entries", async () => {
    await post(debit("d", 100));
    await expect(sql`update ledger_entries set amount_minor = 1 where tenant_id = ${tenant}`).rejects.toMatchObject({
      code: "EK014",
    });
    await expect(sql`delete from ledger_transactions where tenant_id = ${tenant}`).rejects.toMatchObject({
      code: "EK014",
    });
    await expect(sql`update ledger_accounts set balance_minor = 0 where tenant_id = ${tenant}`).rejects.toMatchObject({
      code: "EK013",
    });
  });
});

describe("holds", () => {
  const hold = async (amount: number, sourceId = newId()) => {
    const expiresAt = new Date(now().getTime() + 3_600_000);
    return (await placeHold(tenant, USD, { sourceId, amountMinor: toMinor(amount), description: null, expiresAt }))
      .holdId;
  };
  const held = async () => (await readPrepaid(systemDb(), tenant))?.heldMinor;

  it("captures less than was held and gives the rest back, once", async () => {
    await post(credit(1_000));
    const id = await hold(400);
    expect(await held()).toBe(400);
    await captureHold(tenant, id, toMinor(250));
    await captureHold(tenant, id, toMinor(250));
    expect([await balance(), await held()]).toEqual([750, 0]);
    await expect(captureHold(tenant, id, toMinor(100))).rejects.toMatchObject({ code: "hold_not_active" });
    await expect(releaseHold(tenant, id)).rejects.toMatchObject({ code: "hold_not_active" });
  });

  it("never captures more than was held", async () => {
    const id = await hold(400);
    await expect(captureHold(tenant, id, toMinor(401))).rejects.toMatchObject({ code: "invalid_request" });
    expect([await balance(), await held()]).toEqual([0, 400]);
  });

  it("counts against the floor, and the same source holds once", async () => {
    await post(credit(1_000));
    await systemDb().transaction((tx) => setFloor(tx, tenant, toMinor(0)));
    const first = await hold(700, "order-1");
    expect(await hold(700, "order-1")).toBe(first);
    await expect(hold(301)).rejects.toMatchObject({ code: "insufficient_balance" });
    await expect(post(debit("d", 301))).rejects.toMatchObject({ code: "insufficient_balance" });
    await releaseHold(tenant, first);
    await post(debit("d", 301));
    expect([await balance(), await held()]).toEqual([699, 0]);
  });

  it("expires", async () => {
    await hold(400);
    await expireHolds();
    expect(await held()).toBe(400);
    advanceClockForTests(3_600_000);
    expect(await expireHolds()).toBeGreaterThan(0);
    expect(await held()).toBe(0);
  });

  it("ends in exactly one way when captured, released and expired at once", async () => {
    for (let round = 0; round < 10; round++) {
      const id = await hold(100);
      await Promise.allSettled([captureHold(tenant, id, null), releaseHold(tenant, id), captureHold(tenant, id, null)]);
    }
    const [account] = await systemDb()
      .select()
      .from(ledgerAccounts)
      .where(eq(ledgerAccounts.tenantId, tenant))
      .orderBy(ledgerAccounts.account);
    const captured = await systemDb().$count(ledgerEntries, eq(ledgerEntries.tenantId, tenant));
    expect(account).toMatchObject({ account: "prepaid", heldMinor: 0, balanceMinor: -100 * (captured / 2) });
  });
});
