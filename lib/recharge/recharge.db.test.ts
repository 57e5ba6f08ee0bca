import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { systemDb } from "@/db/client";
import { ledgerEntries, stripeBudget } from "@/db/schema";
import { useTestDatabase } from "@/db/testing";
import { now } from "@/lib/clock";
import { newId } from "@/lib/ids";
import { toMinor } from "@/lib/money/minor";
import { useWorld } from "@/sandbox/testing/world";
import { evaluateTenant } from "./evaluate";
import { topUp } from "./top-up";

useTestDatabase();
const world = useWorld();

describe("the worked example", () => {
  it("−$50, minimum $150, target $600: $668.85 is charged once and the balance is $600.00", async () => {
    const acme = await world.customer();
    await acme.card("pm_card_visa");
    await acme.rule();
    await acme.spend(65_000);
    await world.drain();

    const [intent, ...others] = await acme.paid();
    expect(others).toHaveLength(0);
    expect(intent).toMatchObject({ amount: 66_885, currency: "usd" });
    expect(await acme.overview()).toMatchObject({
      balanceMinor: 60_000,
      pendingMinor: 0,
      state: "active",
      usedDayMinor: 66_885,
    });
    expect(await acme.attempts()).toMatchObject([
      {
        state: "succeeded",
        amountMinor: 65_000,
        feeMinor: 1_885,
        totalMinor: 66_885,
        trigger: "debit",
        stripePaymentIntentId: intent?.id,
      },
    ]);
    expect(await acme.decisions()).toMatchObject([{ outcome: "charge", reason: "charged" }]);
    expect(await acme.notices()).toEqual(["charged"]);
    const fee = await systemDb()
      .select()
      .from(ledgerEntries)
      .where(and(eq(ledgerEntries.tenantId, acme.tenantId), eq(ledgerEntries.account, "fee_revenue")));
    expect(fee).toMatchObject([{ amountMinor: 1_885, balanceAfterMinor: 1_885 }]);
    const [asked] = await world.requests("POST", /^\/v1\/payment_intents$/);
    expect(asked?.idempotencyKey).toBe((await acme.attempts())[0]?.attemptId);
  });
});

describe("when it looks", () => {
  it("finds a lost event within one sweep, and does nothing at the minimum itself", async () => {
    const customer = await world.customer();
    await customer.card("pm_card_visa");
    await customer.rule();
    await customer.spend(45_000);
    await world.pass(5);
    expect(await customer.attempts()).toHaveLength(0);
    await customer.spend(1);
    world.loseEvents();
    await world.pass(5);
    expect(await customer.overview()).toMatchObject({ balanceMinor: 60_000 });
    expect(await customer.attempts()).toMatchObject([{ trigger: "sweep", amountMinor: 45_001 }]);
  });

  it("looks at once when the rule is turned on over a low balance", async () => {
    const customer = await world.customer(-5_000);
    await customer.card("pm_card_visa");
    await world.drain();
    expect(await customer.attempts()).toHaveLength(0);
    await customer.rule();
    await world.drain();
    expect(await customer.attempts()).toMatchObject([{ trigger: "rule_saved", totalMinor: 66_885 }]);
  });

  it("looks at once when the first method is added", async () => {
    const customer = await world.customer(-5_000);
    await customer.rule();
    await world.drain();
    expect(await customer.overview()).toMatchObject({ state: "paused", reason: "no_payment_method" });
    expect(await customer.notices()).toEqual(["blocked"]);
    await customer.card("pm_card_visa");
    await world.drain();
    expect(await customer.overview()).toMatchObject({ balanceMinor: 60_000, state: "active" });
  });

  it("never comes on by itself", async () => {
    const customer = await world.customer(-5_000);
    await customer.card("pm_card_visa");
    for (let i = 0; i < 3; i++) await topUp(customer.scope, { amountMinor: toMinor(1_000), requestKey: newId() });
    await world.pass(10);
    expect(await customer.overview()).toMatchObject({ balanceMinor: -2_000, state: "off" });
  });
});

describe("at once", () => {
  it("200 requests of every kind on one low balance make one charge", async () => {
    const customer = await world.customer(-5_000);
    await customer.card("pm_card_visa");
    await customer.rule();
    world.loseEvents();
    const triggers = ["debit", "sweep", "rule_saved", "retry"] as const;
    await Promise.allSettled(
      Array.from({ length: 200 }, (_, i) => {
        if (i % 5 === 4) return topUp(customer.scope, { amountMinor: null, requestKey: newId() });
        if (i % 25 === 3) return customer.rule();
        return evaluateTenant(customer.tenantId, triggers[i % 4] ?? "sweep");
      }),
    );
    await world.drain();
    expect(await customer.paid()).toHaveLength(1);
    expect(await customer.overview()).toMatchObject({ balanceMinor: 60_000 });
  });

  it("a monthly limit of $1,200 lets two refills of $450 through 50 triggers, and shows the rest as blocked", async () => {
    const customer = await world.customer();
    await customer.card("pm_card_visa");
    await customer.rule({ limits: { maxPerMonthMinor: toMinor(120_000) } });
    for (let refill = 0; refill < 4; refill++) {
      await customer.spend(45_001);
      world.loseEvents();
      await Promise.all(Array.from({ length: 50 }, () => evaluateTenant(customer.tenantId, "debit")));
      await world.drain();
    }
    const paid = await customer.paid();
    expect(paid.map((intent) => intent.amount)).toEqual([46_306, 46_306]);
    expect(await customer.overview()).toMatchObject({
      state: "waiting",
      reason: "max_per_month",
      usedMonthMinor: 92_612,
      nextPossibleAt: new Date("2026-12-01T05:00:00Z"),
    });
    const blocked = (await customer.decisions()).filter((d) => d.reason === "max_per_month");
    expect(blocked.length).toBeGreaterThan(50);
    expect(blocked[0]).toMatchObject({ inputs: { limitMinor: 120_000, usedMonthMinor: 92_612 } });
    expect(await customer.notices()).toEqual(["charged", "charged", "limit_100"]);
    await world.pass(60 * 24 * 29, 60 * 6);
    expect((await customer.paid()).length).toBe(3);
  });
});

describe("the pace", () => {
  const heldUntil = async () => {
    const [row] = await systemDb().select().from(stripeBudget).where(eq(stripeBudget.budget, "charges"));
    return row?.freeAt ?? new Date(0);
  };
  const asked = async () =>
    (await world.requests("POST", /^\/v1\/payment_intents$/)).map((each) => each.idempotencyKey);
  const tooMany = (times: number) =>
    world.fault({ match: { path: "/v1/payment_intents" }, do: "status", status: 429, times });

  it("a charge that Stripe did not look at for too many calls holds the next ones back, and is made at its next turn", async () => {
    const customer = await world.customer(-5_000);
    await customer.card("pm_card_visa");
    await tooMany(1);
    await customer.rule();
    const before = (await asked()).length;
    await world.drain();
    expect((await heldUntil()).getTime()).toBeGreaterThanOrEqual(now().getTime() + 1_000);
    const [attempt, ...more] = await customer.attempts();
    expect(more).toEqual([]);
    expect(attempt).toMatchObject({ state: "succeeded" });
    expect((await asked()).slice(before)).toEqual([attempt?.attemptId, attempt?.attemptId]);
    expect(await customer.paid()).toHaveLength(1);
  });

  it("while Stripe takes nothing at all the outcome is unknown, and the same charge is made later", async () => {
    const customer = await world.customer(-5_000);
    await customer.card("pm_card_visa");
    await tooMany(50);
    await customer.rule();
    await world.drain();
    expect(await customer.attempts()).toMatchObject([{ state: "unknown" }]);
    const held = await heldUntil();
    await world.clearFaults();
    await world.pass(10);
    expect(await customer.attempts()).toMatchObject([{ state: "succeeded" }]);
    expect(await customer.paid()).toHaveLength(1);
    expect((await heldUntil()).getTime()).toBeGreaterThan(held.getTime());
  });
});

describe("brakes", () => {
  it("a dry run decides and records and does not charge; a stopped tenant waits; a release looks at once", async () => {
    const { setBrakes, stopTenant } = await import("./brakes");
    const operator = { tenantId: "" as never, role: "operator" as const, userId: null, actor: "opal", scopes: [] };
    const customer = await world.customer(-5_000);
    await customer.card("pm_card_visa");
    await setBrakes(operator, { dryRun: true });
    await customer.rule();
    await world.drain();
    expect(await customer.decisions()).toMatchObject([
      { outcome: "dry_run", reason: "dry_run", inputs: { totalMinor: 66_885 } },
    ]);
    await setBrakes(operator, { dryRun: false });
    await stopTenant(operator, customer.tenantId, true);
    await evaluateTenant(customer.tenantId, "sweep");
    expect(await customer.overview()).toMatchObject({ state: "stopped", reason: "stopped_tenant" });
    await expect(topUp(customer.scope, { amountMinor: null, requestKey: newId() })).rejects.toMatchObject({
      code: "recharge_stopped",
    });
    expect(await customer.paid()).toHaveLength(0);
    await stopTenant(operator, customer.tenantId, false);
    await world.drain();
    expect(await customer.paid()).toHaveLength(1);
  });

  it("letting go of all is seen by the next sweep, also for a balance that was looked at meanwhile", async () => {
    const { setBrakes } = await import("./brakes");
    const operator = { role: "operator" as const, userId: null, actor: "opal" };
    const customer = await world.customer(-5_000);
    await customer.card("pm_card_visa");
    await setBrakes(operator, { stopAll: true });
    await customer.rule();
    await world.drain();
    expect(await customer.decisions()).toMatchObject([{ outcome: "skip", reason: "stopped_all" }]);
    await setBrakes(operator, { stopAll: false });
    await world.pass(5);
    expect(await customer.paid()).toHaveLength(1);
  });
});

describe("episodes", () => {
  it("a balance filled by an operator and low again is told of again", async () => {
    const customer = await world.customer();
    await customer.rule();
    const lowAgain = async () => {
      await customer.spend(60_000);
      await world.drain();
    };
    await lowAgain();
    await customer.credit(60_000);
    await world.drain();
    await lowAgain();
    expect(await customer.notices()).toEqual(["blocked", "blocked"]);
  });
});
