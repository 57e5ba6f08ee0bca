import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { systemDb } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { AppError } from "@/lib/errors";
import { newId, type TenantId } from "@/lib/ids";
import { toCurrency } from "@/lib/money/currency";
import { type Minor, negate, toMinor } from "@/lib/money/minor";
import { openAccount, setFloor } from "./accounts";
import { captureHold, placeHold, releaseHold } from "./holds";
import { postNow } from "./post";
import { readPrepaid } from "./queries";
import type { Posting } from "./types";

const { sql } = useTestDatabase();
const USD = toCurrency("USD");

type Command =
  | { do: "debit"; amounts: number[]; source: number }
  | { do: "credit"; amount: number }
  | { do: "hold"; amount: number }
  | { do: "capture"; nth: number; part: number }
  | { do: "release"; nth: number };

/** The oracle: a dozen lines that know nothing of the database. */
class Oracle {
  balance = 0;
  held = 0;
  readonly sources = new Map<string, number>();
  readonly holds: { amount: number; state: "active" | "captured" | "released"; captured: number | null }[] = [];
  constructor(readonly floor: number | null) {}
  #fits = (extra: number) => this.floor === null || this.balance - this.held - extra >= this.floor;

  debit(items: [string, number][]): string {
    if (items.some(([source, amount]) => this.sources.has(source) && this.sources.get(source) !== amount))
      return "debit_id_reused";
    const fresh = items.filter(([source]) => !this.sources.has(source));
    const sum = fresh.reduce((total, [, amount]) => total + amount, 0);
    if (fresh.length > 0 && !this.#fits(sum)) return "insufficient_balance";
    for (const [source, amount] of fresh) this.sources.set(source, amount);
    this.balance -= sum;
    return "ok";
  }
  credit(amount: number): string {
    this.balance += amount;
    return "ok";
  }
  hold(amount: number): string {
    if (!this.#fits(amount)) return "insufficient_balance";
    this.holds.push({ amount, state: "active", captured: null });
    this.held += amount;
    return "ok";
  }
  capture(nth: number, amount: number): string {
    const hold = this.holds[nth];
    if (!hold) return "not_found";
    if (hold.state === "captured" && hold.captured === amount) return "ok";
    if (amount > hold.amount) return "invalid_request";
    if (hold.state !== "active") return "hold_not_active";
    Object.assign(hold, { state: "captured", captured: amount });
    this.held -= hold.amount;
    this.balance -= amount;
    return "ok";
  }
  release(nth: number): string {
    const hold = this.holds[nth];
    if (!hold) return "not_found";
    if (hold.state === "released") return "ok";
    if (hold.state !== "active") return "hold_not_active";
    hold.state = "released";
    this.held -= hold.amount;
    return "ok";
  }
}

const amount = fc.integer({ min: 1, max: 5_000 });
const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({
    do: fc.constant("debit" as const),
    amounts: fc.array(amount, { minLength: 1, maxLength: 5 }),
    source: fc.integer({ min: 0, max: 8 }),
  }),
  fc.record({ do: fc.constant("credit" as const), amount }),
  fc.record({ do: fc.constant("hold" as const), amount }),
  fc.record({ do: fc.constant("capture" as const), nth: fc.nat(4), part: fc.integer({ min: 1, max: 6_000 }) }),
  fc.record({ do: fc.constant("release" as const), nth: fc.nat(4) }),
);

const debitPosting = (sourceId: string, value: number): Posting => ({
  kind: "debit",
  sourceId,
  legs: [
    { account: "prepaid", amountMinor: negate(toMinor(value)) },
    { account: "usage_revenue", amountMinor: toMinor(value) },
  ],
});

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "ok";
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

class Real {
  readonly holds: string[] = [];
  constructor(readonly tenant: TenantId) {}
  static async open(floor: number | null): Promise<Real> {
    const tenant = newId<TenantId>();
    await systemDb().transaction(async (tx) => {
      await openAccount(tx, tenant, USD);
      if (floor !== null) await setFloor(tx, tenant, floor as Minor);
    });
    return new Real(tenant);
  }
  debit = (items: [string, number][]) =>
    codeOf(
      postNow(
        this.tenant,
        USD,
        items.map(([source, value]) => debitPosting(source, value)),
        { enforceFloor: true },
      ),
    );
  credit = (value: number) =>
    codeOf(
      postNow(
        this.tenant,
        USD,
        [
          {
            kind: "adjustment",
            sourceId: newId(),
            legs: [
              { account: "prepaid", amountMinor: toMinor(value) },
              { account: "adjustments", amountMinor: toMinor(-value) },
            ],
          },
        ],
        { enforceFloor: false },
      ),
    );
  hold = (value: number) =>
    codeOf(
      placeHold(this.tenant, USD, {
        sourceId: newId(),
        amountMinor: toMinor(value),
        description: null,
        expiresAt: new Date("2099-01-01"),
      }).then((hold) => this.holds.push(hold.holdId)),
    );
  capture = (nth: number, value: number) =>
    codeOf(captureHold(this.tenant, this.holds[nth] ?? newId(), toMinor(value)));
  release = (nth: number) => codeOf(releaseHold(this.tenant, this.holds[nth] ?? newId()));
}

const itemsOf = (c: Extract<Command, { do: "debit" }>): [string, number][] =>
  c.amounts.map((value, i) => [`s${c.source}-${i}`, value]);

async function checkInvariants(tenant: TenantId): Promise<void> {
  const [sum] =
    await sql`select coalesce(sum(amount_minor), 0)::int as total from ledger_entries where tenant_id = ${tenant}`;
  expect(sum?.total).toBe(0);
  const broken =
    await sql`select 1 from (select balance_after_minor - amount_minor as before, lag(balance_after_minor, 1, 0) over (partition by account order by version) as previous
    from ledger_entries where tenant_id = ${tenant}) chain where before <> previous`;
  expect(broken).toHaveLength(0);
}

describe("the ledger against an oracle", () => {
  it("agrees on every balance, every hold and every refusal", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.option(fc.integer({ min: -3_000, max: 0 })),
        fc.array(command, { minLength: 1, maxLength: 25 }),
        async (floor, commands) => {
          const oracle = new Oracle(floor);
          const real = await Real.open(floor);
          for (const c of commands) {
            if (c.do === "debit") expect(await real.debit(itemsOf(c))).toBe(oracle.debit(itemsOf(c)));
            else if (c.do === "capture") expect(await real.capture(c.nth, c.part)).toBe(oracle.capture(c.nth, c.part));
            else if (c.do === "release") expect(await real.release(c.nth)).toBe(oracle.release(c.nth));
            else expect(await real[c.do](c.amount)).toBe(oracle[c.do](c.amount));
          }
          expect(await readPrepaid(systemDb(), real.tenant)).toMatchObject({
            balanceMinor: oracle.balance,
            heldMinor: oracle.held,
          });
          await checkInvariants(real.tenant);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("loses and invents nothing when everything happens at once", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 10, maxLength: 40 }), async (commands) => {
        const real = await Real.open(null);
        for (let i = 0; i < 5; i++) await real.hold(1_000);
        const done = await Promise.all(
          commands.map(async (c) => {
            if (c.do === "debit") return { c, code: await real.debit(itemsOf(c)) };
            if (c.do === "credit") return { c, code: await real.credit(c.amount) };
            if (c.do === "capture") return { c, code: await real.capture(c.nth, c.part) };
            if (c.do === "release") return { c, code: await real.release(c.nth) };
            return { c, code: "ok" };
          }),
        );
        const credited = done.reduce(
          (sum, { c, code }) => sum + (c.do === "credit" && code === "ok" ? c.amount : 0),
          0,
        );
        const [taken] =
          await sql`select coalesce(sum(amount_minor), 0)::int as total, count(distinct transaction_id)::int as postings from ledger_entries
          where tenant_id = ${real.tenant} and account = 'usage_revenue'`;
        const [ids] =
          await sql`select count(*)::int as all, count(distinct (kind, source_id))::int as distinct from ledger_transactions where tenant_id = ${real.tenant}`;
        expect(ids?.all).toBe(ids?.distinct);
        expect((await readPrepaid(systemDb(), real.tenant))?.balanceMinor).toBe(credited - taken?.total);
        await checkInvariants(real.tenant);
      }),
      { numRuns: 25 },
    );
  });
});
