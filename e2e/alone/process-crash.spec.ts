import { expect, onlyWithStandIn, test } from "../support/alone";
import { Customer } from "../support/customer";
import { database } from "../support/database";
import { attempts, expectSoundLedger, movements } from "../support/ledger";
import { backAgain, kill } from "../support/processes";
import { advance, chargeRequests, clearFaults, paidIntents, setFault } from "../support/stand-in";

onlyWithStandIn("faults on the way to Stripe, and a clock that can be moved");

/** The request that takes this customer's money, and nobody else's. */
const chargeOf = (customer: string) => ({ method: "POST", path: "/v1/payment_intents", customer });
const TWO_SWEEPS = "10m";

async function lowCustomer(): Promise<{ customer: Customer; stripeId: string }> {
  const customer = await Customer.create();
  await customer.saveMethod();
  await customer.turnOn();
  return { customer, stripeId: await customer.stripeCustomerId() };
}

/** One charge at Stripe and one credit in the ledger, and the rule goes on. */
async function expectOneChargeAndCredit(customer: Customer, stripeId: string): Promise<void> {
  // What was killed took others with it for a moment: without the executor time cannot move.
  await expect(() => advance(TWO_SWEEPS)).toPass({ timeout: 30_000 });
  await expect.poll(() => movements(customer.tenantId, "recharge"), { timeout: 20_000 }).toEqual([65_000]);
  expect((await paidIntents(stripeId)).map(({ amount }) => amount)).toEqual([66_885]);
  const { balance, autoRecharge } = await customer.balance();
  expect({ balance, state: autoRecharge.state }).toEqual({ balance: "600.00", state: "active" });
  expect((await attempts(customer.tenantId)).filter(({ state }) => state === "succeeded")).toHaveLength(1);
  await expectSoundLedger(customer.tenantId);
}

/** Holds the customer's balance, so that nobody can credit it, until the work is done; who waited for it is cut off. */
async function withBalanceHeld(tenantId: string, work: () => Promise<void>): Promise<void> {
  await database().begin(async (sql) => {
    await sql`select 1 from ledger_accounts where tenant_id = ${tenantId} and account = 'prepaid' for update`;
    await work();
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where pg_backend_pid() = any(pg_blocking_pids(pid))`;
  });
}

test.afterEach(clearFaults);

test("the app is killed after the reservation, before Stripe has done anything", async () => {
  const { customer, stripeId } = await lowCustomer();
  await setFault({ match: chargeOf(stripeId), do: "reset_before", times: 3 });
  await customer.spend("650.00");
  await expect.poll(async () => (await attempts(customer.tenantId)).length, { timeout: 15_000 }).toBe(1);
  const old = await kill("app");
  await clearFaults();
  await backAgain("app", old);
  await expectOneChargeAndCredit(customer, stripeId);
});

test("the app is killed while Stripe works", async () => {
  const { customer, stripeId } = await lowCustomer();
  await setFault({ match: chargeOf(stripeId), delayMs: 3_000 });
  await customer.spend("650.00");
  await expect.poll(async () => (await chargeRequests(stripeId)).length, { timeout: 15_000 }).toBe(1);
  const old = await kill("app");
  await backAgain("app", old);
  await expectOneChargeAndCredit(customer, stripeId);
});

test("the app is killed after Stripe has answered, before the settlement", async () => {
  const { customer, stripeId } = await lowCustomer();
  // Long enough to take the balance before the answer comes, however slow the machine.
  await setFault({ match: chargeOf(stripeId), delayMs: 5_000 });
  await customer.spend("650.00");
  // Not when Stripe has been asked: its webhook comes before its answer, and could settle first.
  await expect
    .poll(async () => (await attempts(customer.tenantId))[0]?.state, { timeout: 15_000, intervals: [10] })
    .toBe("charging");
  let old = 0;
  await withBalanceHeld(customer.tenantId, async () => {
    await expect.poll(async () => (await chargeRequests(stripeId))[0]?.status, { timeout: 15_000 }).toBe(200);
    old = await kill("app");
    // Asked while the balance is held: once it is let go, the restarted app may settle at once.
    expect(await movements(customer.tenantId, "recharge")).toEqual([]);
  });
  await backAgain("app", old);
  await expectOneChargeAndCredit(customer, stripeId);
});

test("the app is killed right after the settlement", async () => {
  const { customer, stripeId } = await lowCustomer();
  await customer.spend("650.00");
  await expect
    .poll(() => movements(customer.tenantId, "recharge"), { timeout: 15_000, intervals: [10] })
    .toEqual([65_000]);
  const old = await kill("app");
  await backAgain("app", old);
  await expectOneChargeAndCredit(customer, stripeId);
});

test("the network breaks after the charge was made", async () => {
  const { customer, stripeId } = await lowCustomer();
  await setFault({ match: chargeOf(stripeId), do: "reset_after" });
  await customer.spend("650.00");
  await expect.poll(async () => (await paidIntents(stripeId)).length, { timeout: 15_000 }).toBe(1);
  await expectOneChargeAndCredit(customer, stripeId);
});

for (const part of ["inngest", "stripe", "postgres"] as const) {
  test(`${part} is killed and everything goes on`, async () => {
    const { customer, stripeId } = await lowCustomer();
    await customer.spend("650.00");
    const old = await kill(part);
    await backAgain(part, old);
    await expectOneChargeAndCredit(customer, stripeId);
    // No connection of the app is left that leads nowhere.
    const began = performance.now();
    await Promise.all(Array.from({ length: 60 }, () => customer.balance()));
    expect(performance.now() - began).toBeLessThan(8_000);
  });
}
