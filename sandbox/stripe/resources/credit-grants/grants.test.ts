import type Stripe from "stripe";
import { afterEach, beforeEach, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { eventTypes, failure, standIn } from "../../testing/stand-in";

const START = Date.UTC(2030, 2, 4, 15) / 1000;
const DAY = 86_400;

beforeEach(() => setClockForTests("2030-03-04T15:00:00Z"));
afterEach(() => setClockForTests(null));

const usd = (value: number) => ({ type: "monetary" as const, monetary: { currency: "usd", value } });
const EVERYTHING = { scope: { price_type: "metered" as const } };

async function balanceOf(stripe: Stripe, customer: string): Promise<number | undefined> {
  const summary = await stripe.billing.creditBalanceSummaries.retrieve({
    customer,
    filter: { type: "applicability_scope", applicability_scope: { price_type: "metered" } },
  });
  return summary.balances[0]?.available_balance.monetary?.value;
}

async function kinds(stripe: Stripe, customer: string): Promise<(string | undefined)[]> {
  const { data } = await stripe.billing.creditBalanceTransactions.list({ customer });
  return data.map(({ credit, debit }) => credit?.type ?? debit?.type);
}

test("granted, it counts from its effective date until its expiry", async () => {
  const { stripe, advance } = await standIn();
  const { id: customer } = await stripe.customers.create({});
  const grant = await stripe.billing.creditGrants.create({
    customer,
    amount: usd(5_000),
    applicability_config: EVERYTHING,
    name: "Welcome",
    category: "promotional",
    effective_at: START + DAY,
    expires_at: START + 3 * DAY,
    metadata: { why: "welcome" },
  });
  expect(grant).toMatchObject({ priority: 50, category: "promotional", voided_at: null, effective_at: START + DAY });
  expect(await balanceOf(stripe, customer)).toBe(0);
  await advance("2d");
  expect(await balanceOf(stripe, customer)).toBe(5_000);
  await advance("2d");
  expect(await balanceOf(stripe, customer)).toBe(0);
  expect(await kinds(stripe, customer)).toEqual(["credits_expired", "credits_granted"]);
  expect(await eventTypes(stripe)).toEqual([
    "customer.created",
    "billing.credit_grant.created",
    "billing.credit_balance_transaction.created",
    "billing.credit_balance_transaction.created",
  ]);
});

test("an expiry can be moved or taken away while the grant is open", async () => {
  const { stripe, advance } = await standIn();
  const { id: customer } = await stripe.customers.create({});
  const { id } = await stripe.billing.creditGrants.create({
    customer,
    amount: usd(100),
    applicability_config: EVERYTHING,
    expires_at: START + DAY,
  });
  expect((await stripe.billing.creditGrants.update(id, { expires_at: "" })).expires_at).toBeNull();
  await advance("2d");
  expect(await balanceOf(stripe, customer)).toBe(100);
  expect((await failure(stripe.billing.creditGrants.update(id, { expires_at: START }))).param).toBe("expires_at");
  expect((await stripe.billing.creditGrants.expire(id)).expires_at).toBe(START + 2 * DAY);
  expect((await failure(stripe.billing.creditGrants.expire(id))).message).toContain("already been expired");
  expect(await balanceOf(stripe, customer)).toBe(0);
});

test("voided, it is as if it had never been", async () => {
  const { stripe } = await standIn();
  const { id: customer } = await stripe.customers.create({});
  const grant = await stripe.billing.creditGrants.create({
    customer,
    amount: usd(100),
    applicability_config: EVERYTHING,
  });
  expect((await stripe.billing.creditGrants.voidGrant(grant.id)).voided_at).toBe(START);
  expect(await kinds(stripe, customer)).toEqual(["credits_voided", "credits_granted"]);
  expect((await failure(stripe.billing.creditGrants.voidGrant(grant.id))).message).toContain("already been voided");
  const [transaction] = (await stripe.billing.creditBalanceTransactions.list({ credit_grant: grant.id })).data;
  const read = await stripe.billing.creditBalanceTransactions.retrieve(String(transaction?.id), {
    expand: ["credit_grant.customer"],
  });
  expect(read.credit_grant).toMatchObject({ id: grant.id, customer: { id: customer } });
});

test("what makes no sense is refused", async () => {
  const { stripe } = await standIn();
  const { id: customer } = await stripe.customers.create({});
  const grant = (more: Partial<Stripe.Billing.CreditGrantCreateParams>) =>
    failure(
      stripe.billing.creditGrants.create({
        customer,
        amount: usd(100),
        applicability_config: EVERYTHING,
        ...more,
      }),
    );
  expect((await grant({ amount: usd(0) })).param).toBe("amount[monetary][value]");
  expect((await grant({ priority: 101 })).param).toBe("priority");
  expect((await grant({ expires_at: START })).param).toBe("expires_at");
  expect((await grant({ customer: "cus_nobody" })).code).toBe("resource_missing");
  expect(
    (await grant({ applicability_config: { scope: { price_type: "metered", prices: [{ id: "price_1" }] } } })).param,
  ).toBe("applicability_config[scope]");
  expect((await grant({ customer_account: "acct_1" })).code).toBe("standin_unsupported");
});
