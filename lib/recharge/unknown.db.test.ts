import { afterEach, describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { newId } from "@/lib/ids";
import { toMinor } from "@/lib/money/minor";
import { useWorld } from "@/sandbox/testing/world";
import { evaluateTenant } from "./evaluate";
import { topUp } from "./top-up";

const { sql } = useTestDatabase();
const world = useWorld();
const CREATE = { method: "POST", path: "/v1/payment_intents" };

afterEach(() => world.clearFaults());

/** A customer at −$50.00 with a card and the worked example's rule, not looked at yet. */
async function low() {
  const customer = await world.customer(-5_000);
  await customer.card("pm_card_visa");
  await customer.rule();
  world.loseEvents();
  return customer;
}

describe("an outcome nobody heard of", () => {
  it.each(["reset_after", "reset_before"] as const)(
    "%s: stays unknown, charges nothing else, and ends in one charge within two sweeps",
    async (fault) => {
      const customer = await low();
      await world.fault({ match: CREATE, times: 10, do: fault });
      await evaluateTenant(customer.tenantId, "debit");
      expect(await customer.attempts()).toMatchObject([{ state: "unknown" }]);
      expect(await customer.overview()).toMatchObject({
        state: "charging",
        reason: "outcome_unknown",
        pendingMinor: 65_000,
      });
      await world.clearFaults();
      world.loseEvents();
      await expect(topUp(customer.scope, { amountMinor: toMinor(1_000), requestKey: newId() })).rejects.toMatchObject({
        code: "recharge_in_progress",
      });
      await world.pass(10);
      expect(await customer.paid()).toHaveLength(1);
      expect(await customer.overview()).toMatchObject({ balanceMinor: 60_000, state: "active" });
      expect(await customer.attempts()).toMatchObject([{ state: "succeeded" }]);
      const keys = new Set(
        (await world.requests("POST", /^\/v1\/payment_intents$/)).slice(-3).map((r) => r.idempotencyKey),
      );
      expect(keys).toContain((await customer.attempts())[0]?.attemptId);
    },
  );

  it("counts against the limits from when it was charged, not from when it was first tried", async () => {
    const customer = await world.customer(-5_000);
    await customer.card("pm_card_visa");
    await customer.rule({ limits: { minIntervalMinutes: 240, maxChargesPerDay: 1 } });
    world.loseEvents();
    await world.fault({ match: CREATE, times: 10, do: "reset_before" });
    await evaluateTenant(customer.tenantId, "debit");
    await world.clearFaults();
    await world.pass(180, 180);
    expect(await customer.paid()).toHaveLength(1);
    await customer.spend(50_000);
    // 25 hours after it was reserved, 22 hours after it was charged.
    await world.pass(22 * 60, 60);
    expect(await customer.paid()).toHaveLength(1);
    expect(await customer.overview()).toMatchObject({ reason: "max_charges_per_day" });
    await world.pass(3 * 60, 60);
    expect(await customer.paid()).toHaveLength(2);
  });

  it("answers of 500 and 429 are not failures either", async () => {
    for (const status of [500, 429, 409]) {
      const customer = await low();
      await world.fault({ match: CREATE, times: 2, do: "status", status });
      await evaluateTenant(customer.tenantId, "debit");
      expect((await customer.attempts()).map((a) => a.state)).toEqual([expect.stringMatching(/unknown|succeeded/)]);
      await world.clearFaults();
      await world.pass(10);
      expect(await customer.paid()).toHaveLength(1);
      // An error that Stripe stored under the key is looked up, given up, and followed by a new attempt.
      expect(await customer.attempts()).toHaveLength(status === 500 ? 2 : 1);
      expect(await customer.overview()).toMatchObject({ balanceMinor: 60_000 });
    }
  });

  it("is not charged again after the rule was turned off, and given up once it cannot arrive any more", async () => {
    const customer = await low();
    await world.fault({ match: CREATE, times: 10, do: "reset_before" });
    await evaluateTenant(customer.tenantId, "debit");
    await customer.rule({ enabled: false });
    await world.clearFaults();
    await world.pass(10);
    expect(await customer.attempts()).toMatchObject([{ state: "unknown" }]);
    await world.pass(70);
    expect(await customer.attempts()).toMatchObject([{ state: "failed", failure: { code: "abandoned" } }]);
    expect(await customer.paid()).toHaveLength(0);
  });

  it("a day later the key is not trusted any more: it is looked up, never sent again", async () => {
    const customer = await low();
    await world.fault({ match: CREATE, times: 100, do: "reset_before" });
    await evaluateTenant(customer.tenantId, "debit");
    const [attempt] = await customer.attempts();
    await sql`update recharge_attempts set lease_until = now() + interval '10 years' where attempt_id = ${attempt?.attemptId ?? ""}`;
    await world.pass(60 * 25, 60);
    await sql`update recharge_attempts set lease_until = '2026-01-01' where attempt_id = ${attempt?.attemptId ?? ""}`;
    await world.clearFaults();
    await world.pass(10);
    const [second, first] = await customer.attempts();
    expect(first).toMatchObject({ attemptId: attempt?.attemptId, state: "failed", failure: { code: "abandoned" } });
    expect(second).toMatchObject({ state: "succeeded" });
    expect(await customer.paid()).toHaveLength(1);
  });
});

describe("a process that died", () => {
  it("after the reservation: the attempt goes on under its own id", async () => {
    const customer = await low();
    const died = newId();
    await sql`insert into recharge_attempts (tenant_id, attempt_id, state, trigger, currency, amount_minor, fee_minor, total_minor, fee_policy, payment_method_id, stripe_customer_id, created_at, lease_until)
      select t.tenant_id, ${died}, 'reserved', 'debit', 'USD', 65000, 1885, 66885, 'percent', p.payment_method_id, t.stripe_customer_id, '2026-11-01', '2026-11-01'
      from tenants t join payment_methods p on p.tenant_id = t.tenant_id where t.tenant_id = ${customer.tenantId}`;
    await world.pass(10);
    expect(await customer.attempts()).toMatchObject([{ attemptId: died, state: "succeeded" }]);
    expect(await customer.paid()).toHaveLength(1);
    expect(await customer.overview()).toMatchObject({ balanceMinor: 60_000 });
  });

  it("after Stripe had answered: credited once by webhook or resolver, whichever comes first", async () => {
    const customer = await low();
    await evaluateTenant(customer.tenantId, "debit");
    const [attempt] = await customer.attempts();
    // What the dead process would have left behind: charged at Stripe, not a word of it here, the ledger untouched so far.
    const other = await low();
    await world.fault({ match: CREATE, times: 10, do: "reset_after" });
    await evaluateTenant(other.tenantId, "debit");
    await sql`update recharge_attempts set state = 'charging' where tenant_id = ${other.tenantId}`;
    await world.clearFaults();
    await world.drain();
    await world.pass(10);
    expect(await other.paid()).toHaveLength(1);
    expect(await other.overview()).toMatchObject({ balanceMinor: 60_000 });
    expect(attempt).toMatchObject({ state: "succeeded" });
  });
});

describe("webhooks", () => {
  const rowsOf = async (tenantId: string) => ({
    entries:
      await sql`select account, version, amount_minor::int, balance_after_minor::int from ledger_entries where tenant_id = ${tenantId} order by account, version`,
    attempts: await sql`select state, total_minor::int from recharge_attempts where tenant_id = ${tenantId}`,
    notices: await sql`select kind from notifications where tenant_id = ${tenantId} order by kind`,
  });

  async function story() {
    const customer = await low();
    await evaluateTenant(customer.tenantId, "debit");
    await customer.spend(50_000);
    await world.drain();
    await world.pass(20);
    return rowsOf(customer.tenantId);
  }

  it("three times, shuffled, or not at all: the same rows", async () => {
    const expected = await story();
    expect(expected.entries.length).toBeGreaterThan(6);
    await world.fault({ webhooks: { duplicate: 3, shuffle: true } });
    expect(await story()).toEqual(expected);
    await world.clearFaults();
    await world.fault({ webhooks: { drop: 1_000 } });
    expect(await story()).toEqual(expected);
  });
});
