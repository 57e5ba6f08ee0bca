import type Stripe from "stripe";
import { afterEach, expect, test } from "vitest";
import { advanceClockForTests, setClockForTests } from "@/lib/clock";
import { standIn } from "../../testing/stand-in";
import { payer, planOf } from "../../testing/subscribers";

afterEach(() => setClockForTests(null));

const DAY_MS = 86_400_000;

/** Numbers that look random and are the same in every run. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % sides;
  };
}

/** What a customer would be shown of an invoice. */
function shown(invoice: Stripe.Invoice) {
  return {
    total: invoice.total,
    lines: invoice.lines.data.map(({ amount, description, period, quantity, pricing, discount_amounts: off }) => ({
      amount,
      description,
      period,
      quantity,
      price: pricing?.price_details?.price,
      off: (off ?? []).map((part) => part.amount),
    })),
  };
}

test("a preview says what the update at the same moment does, to the cent and to the line", async () => {
  setClockForTests("2030-01-31T10:20:30Z");
  const { stripe } = await standIn();
  const roll = dice(20_300_131);
  const prices = [
    await planOf(stripe, { amount: 1_999, name: "Small" }),
    await planOf(stripe, { amount: 4_950, name: "Middle" }),
    await planOf(stripe, { amount: 12_345, name: "Large" }),
    await planOf(stripe, { amount: 99_999, name: "Large, a year", interval: "year" }),
  ];
  const third = await stripe.coupons.create({ percent_off: 33, duration: "forever" });
  for (let story = 0; story < 4; story++) {
    const customer = await payer(stripe);
    const created = await stripe.subscriptions.create({
      customer,
      items: [{ price: prices[story % 3]?.id ?? "", quantity: 1 + roll(4) }],
      ...(story % 2 === 1 && { discounts: [{ coupon: third.id }] }),
    });
    const item = String(created.items.data[0]?.id);
    for (let change = 0; change < 8; change++) {
      advanceClockForTests(1 + roll(3 * DAY_MS));
      const proration_date = Math.floor((await stripe.customers.create({})).created);
      const changed = {
        items: [{ id: item, price: prices[roll(4)]?.id ?? "", quantity: 1 + roll(6) }],
        proration_behavior: "always_invoice" as const,
        proration_date,
      };
      const previewed = await stripe.invoices
        .createPreview({ subscription: created.id, subscription_details: changed })
        .then(shown);
      const before = (await stripe.subscriptions.retrieve(created.id)).latest_invoice;
      const { latest_invoice: done } = await stripe.subscriptions.update(created.id, {
        ...changed,
        expand: ["latest_invoice"],
      });
      if (!done || typeof done === "string") throw new Error("not expanded");
      if (done.id === before) continue;
      expect(shown(done)).toEqual(previewed);
    }
  }
}, 60_000);

test("what is given back never exceeds what was paid, whatever happens in a period", async () => {
  setClockForTests("2030-04-01T00:00:00Z");
  const { stripe } = await standIn();
  const roll = dice(7);
  const small = await planOf(stripe, { amount: 1_001 });
  const large = await planOf(stripe, { amount: 7_777, name: "Max" });
  for (let story = 0; story < 6; story++) {
    const customer = await payer(stripe);
    const created = await stripe.subscriptions.create({ customer, items: [{ price: small.id }] });
    const item = String(created.items.data[0]?.id);
    for (let change = 0; change < 4; change++) {
      advanceClockForTests(1 + roll(DAY_MS));
      await stripe.subscriptions.update(created.id, {
        items: [{ id: item, price: roll(2) ? small.id : large.id, quantity: 1 + roll(5) }],
        proration_behavior: roll(3) ? "create_prorations" : "none",
      });
    }
    await stripe.subscriptions.cancel(created.id, { prorate: true, invoice_now: true });
    const invoices = await stripe.invoices.list({ subscription: created.id });
    const netMinor = invoices.data.reduce((sum, { total }) => sum + total, 0);
    expect(netMinor).toBeGreaterThanOrEqual(0);
    expect(netMinor).toBeLessThanOrEqual(5 * 7_777);
  }
}, 60_000);
