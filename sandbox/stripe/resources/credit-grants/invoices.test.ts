import type Stripe from "stripe";
import { afterEach, beforeEach, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { customerWith, type StandIn, standIn } from "../../testing/stand-in";

beforeEach(() => setClockForTests("2030-03-04T15:00:00Z"));
afterEach(() => setClockForTests(null));

/** A customer who pays 3 ¢ a call and $10 a month, both with 10 % tax. */
async function caller({ stripe }: StandIn) {
  const { customer, payment_method } = await customerWith(stripe, "pm_card_visa");
  const meter = await stripe.billing.meters.create({
    display_name: "Calls",
    event_name: "calls",
    default_aggregation: { formula: "sum" },
  });
  const { id: product } = await stripe.products.create({ name: "Calls" });
  const monthly = { currency: "usd", product };
  const metered = await stripe.prices.create({
    ...monthly,
    unit_amount: 3,
    recurring: { interval: "month", usage_type: "metered", meter: meter.id },
  });
  const flat = await stripe.prices.create({ ...monthly, unit_amount: 1_000, recurring: { interval: "month" } });
  const { id: rate } = await stripe.taxRates.create({ display_name: "Tax", inclusive: false, percentage: 10 });
  await stripe.subscriptions.create({
    customer,
    default_payment_method: payment_method,
    default_tax_rates: [rate],
    items: [{ price: metered.id }, { price: flat.id }],
  });
  return {
    customer,
    metered,
    use: (value: number) =>
      stripe.billing.meterEvents.create({
        event_name: "calls",
        payload: { stripe_customer_id: customer, value: String(value) },
      }),
    grant: (value: number, more: Partial<Stripe.Billing.CreditGrantCreateParams> = {}) =>
      stripe.billing.creditGrants.create({
        customer,
        amount: { type: "monetary", monetary: { currency: "usd", value } },
        applicability_config: { scope: { price_type: "metered" } },
        ...more,
      }),
    left: async (grant: string) => {
      const { balances } = await stripe.billing.creditBalanceSummaries.retrieve({
        customer,
        filter: { type: "credit_grant", credit_grant: grant },
      });
      return balances[0]?.available_balance.monetary?.value;
    },
  };
}

test("credits pay for what was metered, before tax, by their priority; a flat price is paid by card", async () => {
  const standin = await standIn();
  const { stripe, advance } = standin;
  const { customer, use, grant, left } = await caller(standin);
  const promotional = await grant(500, { category: "promotional" });
  const first = await grant(200, { priority: 1 });
  await use(400);
  await advance("32d");
  const [invoice] = (await stripe.invoices.list({ customer })).data;
  expect(invoice).toMatchObject({ status: "paid", subtotal: 2_200, total: 1_650, amount_paid: 1_650 });
  expect(invoice?.total_pretax_credit_amounts?.map(({ amount, type }) => [type, amount])).toEqual([
    ["credit_balance_transaction", 200],
    ["credit_balance_transaction", 500],
  ]);
  expect([await left(first.id), await left(promotional.id)]).toEqual([0, 0]);
  const line = invoice?.lines.data.find((candidate) => candidate.amount === 1_200);
  expect(line?.pretax_credit_amounts?.map(({ amount }) => amount)).toEqual([200, 500]);
  const { data } = await stripe.billing.creditBalanceTransactions.list({ credit_grant: first.id });
  expect(data[0]?.debit).toMatchObject({
    type: "credits_applied",
    credits_applied: { invoice: invoice?.id, invoice_line_item: line?.id },
  });
});

test("a voided invoice gives its credits back; a grant that was used can be expired, not voided", async () => {
  const standin = await standIn();
  const { stripe, advance } = standin;
  const { customer, use, grant, left } = await caller(standin);
  const { id } = await grant(10_000);
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: "" } });
  const failing = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer });
  const [subscription] = (await stripe.subscriptions.list({ customer })).data;
  await stripe.subscriptions.update(String(subscription?.id), { default_payment_method: failing.id });
  await use(300);
  await advance("32d");
  const [invoice] = (await stripe.invoices.list({ customer })).data;
  expect(invoice).toMatchObject({ status: "open", total: 1_100 });
  expect(await left(id)).toBe(9_100);
  await expect(stripe.billing.creditGrants.voidGrant(id)).rejects.toThrow("have been applied to an invoice");
  await stripe.invoices.voidInvoice(String(invoice?.id));
  expect(await left(id)).toBe(10_000);
  await stripe.billing.creditGrants.expire(id);
  expect(await left(id)).toBe(0);
});

test("a grant for one price leaves the others alone", async () => {
  const standin = await standIn();
  const { stripe, advance } = standin;
  const { customer, metered, use, grant, left } = await caller(standin);
  const { id: product } = await stripe.products.create({ name: "Other" });
  const other = await stripe.prices.create({
    currency: "usd",
    product,
    unit_amount: 1,
    recurring: { interval: "month", usage_type: "metered", meter: String(metered.recurring?.meter) },
  });
  const { id } = await grant(500, { applicability_config: { scope: { prices: [{ id: other.id }] } } });
  await use(100);
  await advance("32d");
  expect((await stripe.invoices.list({ customer })).data[0]).toMatchObject({ total: 1_430 });
  expect(await left(id)).toBe(500);
});
