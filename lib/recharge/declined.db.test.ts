import { describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { now } from "@/lib/clock";
import { newId } from "@/lib/ids";
import { toMinor } from "@/lib/money/minor";
import { useWorld } from "@/sandbox/testing/world";
import { evaluateTenant } from "./evaluate";
import { topUp } from "./top-up";

const { sql } = useTestDatabase();
const world = useWorld();
const HOUR = 60;
const WEEK = 7 * 24 * HOUR;

const hoursApart = (a?: Date, b?: Date) => ((b?.getTime() ?? 0) - (a?.getTime() ?? 0)) / 3_600_000;

describe("a card that attaches and never charges", () => {
  it("mails at the first decline, tries again after 1 h and 2 h, pauses, and does not try a fourth time in a week", async () => {
    const customer = await world.customer(-5_000);
    await customer.card("pm_card_chargeCustomerFail");
    await customer.rule();
    await world.drain();
    expect(await customer.notices()).toEqual(["declined"]);
    expect(await customer.overview()).toMatchObject({ state: "waiting", reason: "backing_off", balanceMinor: -5_000 });
    await world.pass(WEEK, 30);
    const [third, second, first, ...more] = await customer.attempts();
    expect(more).toHaveLength(0);
    expect(hoursApart(first?.createdAt, second?.createdAt)).toBeCloseTo(1, 0);
    expect(hoursApart(second?.createdAt, third?.createdAt)).toBeCloseTo(2, 0);
    expect(await customer.overview()).toMatchObject({
      state: "paused",
      reason: "paused_declines",
      balanceMinor: -5_000,
    });
    expect(await customer.notices()).toEqual(["declined", "paused"]);

    await customer.card("pm_card_chargeCustomerFail");
    await world.pass(24 * HOUR, 60);
    expect(await customer.attempts()).toHaveLength(3);

    await customer.card("pm_card_visa");
    await world.drain();
    expect(await customer.overview()).toMatchObject({ state: "active", balanceMinor: 60_000 });
    expect(await customer.notices()).toEqual(["declined", "paused", "resumed", "charged"]);
  });
});

describe("the same card added again while the rule backs off", () => {
  it("is not asked sooner, and the third failure still pauses", async () => {
    const customer = await world.customer(-5_000);
    await customer.card("pm_card_chargeCustomerFail");
    await customer.rule();
    await world.drain();
    await customer.card("pm_card_chargeCustomerFail");
    await world.drain();
    expect(await customer.attempts()).toHaveLength(1);
    await world.pass(24 * HOUR, 30);
    expect(await customer.attempts()).toHaveLength(3);
    expect(await customer.overview()).toMatchObject({ state: "paused", reason: "paused_declines" });
    expect(await customer.notices()).toEqual(["declined", "paused"]);
    const decisions = await customer.decisions();
    expect(decisions.filter((d) => d.outcome === "charge").map((d) => d.attemptState)).toEqual([
      "failed",
      "failed",
      "failed",
    ]);
  });
});

describe("a backup method", () => {
  it("is asked in the same episode, once, and pays", async () => {
    const customer = await world.customer(-5_000);
    const failing = await customer.card("pm_card_chargeCustomerFail");
    const backup = await customer.card("pm_card_mastercard");
    await customer.rule({ paymentMethodId: failing, backupPaymentMethodId: backup });
    await world.drain();
    expect(await customer.attempts()).toMatchObject([
      { state: "succeeded", isBackup: true, paymentMethodId: backup },
      { state: "failed", isBackup: false, paymentMethodId: failing },
    ]);
    expect(await customer.paid()).toHaveLength(1);
    expect(await customer.overview()).toMatchObject({ balanceMinor: 60_000, state: "active" });
  });
});

describe("a bank that wants the customer present", () => {
  it("pauses, mails a link, and the same PaymentIntent is finished by it", async () => {
    const customer = await world.customer(-5_000);
    await customer.card("pm_card_authenticationRequired");
    await customer.rule();
    await world.drain();
    const [waiting] = await customer.attempts();
    expect(waiting).toMatchObject({ state: "requires_action", failure: { code: "authentication_required" } });
    expect(await customer.overview()).toMatchObject({ state: "paused", reason: "needs_authentication" });
    expect(await customer.notices()).toEqual(["needs_authentication"]);
    await world.pass(24 * HOUR, 60);
    expect(await customer.attempts()).toHaveLength(1);
    expect(await customer.paid()).toHaveLength(0);
  });

  it("gives way to a new card: the old payment is ended at Stripe before the new one is made", async () => {
    const customer = await world.customer(-5_000);
    await customer.card("pm_card_authenticationRequired");
    await customer.rule();
    await world.drain();
    await customer.card("pm_card_visa");
    await world.drain();
    const [second, first] = await customer.attempts();
    expect(first).toMatchObject({ state: "failed", failure: { code: "canceled" } });
    expect(second).toMatchObject({ state: "succeeded" });
    expect((await world.stripeSdk.paymentIntents.retrieve(first?.stripePaymentIntentId ?? "")).status).toBe("canceled");
    expect(await customer.paid()).toHaveLength(1);
  });

  it("is given up after a week", async () => {
    const customer = await world.customer(-5_000);
    await customer.card("pm_card_authenticationRequired");
    await customer.rule();
    await world.drain();
    await world.pass(WEEK + 60, 60);
    expect(await customer.attempts()).toMatchObject([{ state: "failed", failure: { code: "canceled" } }]);
    expect(await customer.overview()).toMatchObject({ state: "paused", reason: "needs_authentication" });
  });
});

describe("a bank account", () => {
  it("credits nothing until the money has arrived, and nothing else is charged meanwhile", async () => {
    const customer = await world.customer(-5_000);
    await customer.bank("pm_usBankAccount_success");
    await customer.rule();
    await world.drain();
    expect(await customer.overview()).toMatchObject({
      state: "processing",
      balanceMinor: -5_000,
      pendingMinor: 65_000,
    });
    await customer.spend(10_000);
    await world.pass(24 * HOUR, 60);
    await evaluateTenant(customer.tenantId, "sweep");
    expect(await customer.attempts()).toHaveLength(1);
    await world.pass(6 * 24 * HOUR, 60);
    const [, first] = await customer.attempts();
    expect(first ?? (await customer.attempts())[0]).toMatchObject({ state: "succeeded", amountMinor: 65_000 });
    expect((await customer.overview()).balanceMinor).toBeGreaterThanOrEqual(50_000);
  });

  it("a return later takes the credit back, mails, and pauses", async () => {
    const customer = await world.customer(-5_000);
    await customer.bank("pm_usBankAccount_dispute");
    await customer.rule();
    await world.drain();
    await world.pass(14 * 24 * HOUR, 120);
    expect(await customer.overview()).toMatchObject({ balanceMinor: -5_000, state: "paused" });
    expect(await customer.notices()).toContain("payment_returned");
    expect(await customer.attempts()).toMatchObject([{ state: "succeeded", reversedAt: expect.any(Date) }]);
    const [sums] =
      await sql`select sum(amount_minor)::int as total from ledger_entries where tenant_id = ${customer.tenantId} and account in ('stripe', 'fee_revenue')`;
    expect(sums?.total).toBe(0);
  });

  it("a debit that fails in the end counts as a decline", async () => {
    const customer = await world.customer(-5_000);
    await customer.bank("pm_usBankAccount_insufficientFunds");
    await customer.rule();
    await world.drain();
    await world.pass(7 * 24 * HOUR, 120);
    const attempts = await customer.attempts();
    expect(attempts.at(-1)).toMatchObject({ state: "failed" });
    expect((await customer.overview()).balanceMinor).toBe(-5_000);
    expect(await customer.notices()).toContain("declined");
  });
});

describe("a disputed card payment", () => {
  it("is held while open, and comes back when it is won", async () => {
    const customer = await world.customer(-5_000);
    await customer.card("pm_card_createDispute");
    await customer.rule();
    await world.drain();
    await world.pass(60, 10);
    expect((await customer.overview()).balanceMinor).toBeLessThan(60_000);
    const [dispute] = (await world.stripeSdk.disputes.list({ limit: 1 })).data;
    await fetch(`${world.stripe.url}/_sandbox/disputes`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ dispute: dispute?.id, outcome: "won" }),
    });
    await world.drain();
    const entries =
      await sql`select t.kind from ledger_entries e join ledger_transactions t using (tenant_id, transaction_id) where e.tenant_id = ${customer.tenantId} and e.account = 'disputed' order by e.version`;
    expect(entries.map((e) => e.kind)).toEqual(["dispute_opened", "dispute_won"]);
    const [disputed] =
      await sql`select balance_minor::int as balance from ledger_accounts where tenant_id = ${customer.tenantId} and account = 'disputed'`;
    expect(disputed?.balance).toBe(0);
  });
});

describe("a dispute while the next charge is on its way", () => {
  it("keeps what it paused paused when that charge succeeds; a charge that a person asks for ends it", async () => {
    const customer = await world.customer(60_000);
    await customer.card("pm_card_visa");
    await customer.rule();
    await customer.spend(60_000);
    await world.drain();
    const [paid] = await customer.paid();
    await customer.spend(60_000);
    await world.fault({ match: { path: "/v1/payment_intents" }, times: 1, do: "reset_before", delayMs: 1_500 });
    const charging = evaluateTenant(customer.tenantId, "debit");
    await expect.poll(async () => (await customer.attempts())[0]?.state).toBe("charging");
    await fetch(`${world.stripe.url}/_sandbox/disputes`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ charge: paid?.latest_charge, kind: "fraudulent" }),
    });
    await world.drain();
    expect(await customer.attempts()).toMatchObject([{ state: "charging" }, { state: "succeeded" }]);
    expect((await customer.notices()).filter((kind) => kind === "paused")).toHaveLength(1);
    await charging;
    await customer.spend(60_000);
    await world.pass(2 * HOUR, 30);
    expect(await customer.attempts()).toHaveLength(2);
    expect(await customer.overview()).toMatchObject({ state: "paused", reason: "paused_returned" });
    await topUp(customer.scope, { amountMinor: null, requestKey: newId() });
    await world.drain();
    expect(await customer.overview()).toMatchObject({ state: "active", balanceMinor: 60_000 });
  });
});

describe("the budget of a card", () => {
  it("is not asked a sixteenth time in 30 days, by anybody", async () => {
    const customer = await world.customer(0);
    await customer.card("pm_card_chargeCustomerFail");
    const before = (await world.requests("POST", /^\/v1\/payment_intents$/)).length;
    for (let i = 0; i < 20; i++) {
      await topUp(customer.scope, { amountMinor: toMinor(1_000), requestKey: newId() }).catch(() => null);
    }
    const asked = (await world.requests("POST", /^\/v1\/payment_intents$/)).length - before;
    const [tries] =
      await sql`select count(*)::int as n from card_tries where fingerprint = (select fingerprint from payment_methods where tenant_id = ${customer.tenantId}) and not succeeded and created_at > ${new Date(now().getTime() - 30 * 86_400_000)}`;
    expect(asked).toBeLessThanOrEqual(15);
    // What another tenant tried counts for whoever looks: the page says the same as the engine.
    const other = await world.customer(-5_000);
    await other.card("pm_card_chargeCustomerFail");
    await other.rule();
    await world.drain();
    expect(await other.overview()).toMatchObject({ state: "waiting", reason: "card_budget" });
    expect(tries?.n).toBe(15);
    await expect(topUp(customer.scope, { amountMinor: toMinor(1_000), requestKey: newId() })).rejects.toMatchObject({
      code: "card_budget_exhausted",
    });
  });
});
