import fc from "fast-check";
import type Stripe from "stripe";
import { afterEach, beforeEach, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { standIn } from "../../testing/stand-in";

beforeEach(() => setClockForTests("2030-03-04T15:00:00Z"));
afterEach(() => setClockForTests(null));

interface Line {
  amount: number;
  quantity: number | null;
  discountable: boolean;
  rates: number[];
  coupon: number | null;
}

interface Bill {
  lines: Line[];
  rates: number[];
  coupons: number[];
  exempt: boolean;
  balance: number;
}

const RATES = [
  { display_name: "VAT", percentage: 19, inclusive: true },
  { display_name: "Sales tax", percentage: 8.875, inclusive: false },
  { display_name: "County", percentage: 1.25, inclusive: false },
];
const COUPONS: Stripe.CouponCreateParams[] = [
  { percent_off: 33.33, duration: "forever" },
  { amount_off: 777, currency: "usd", duration: "forever" },
  { percent_off: 100, duration: "once" },
];

const rates = fc.subarray([0, 1, 2], { maxLength: 2 });
const bill: fc.Arbitrary<Bill> = fc.record({
  lines: fc.array(
    fc.record({
      amount: fc.oneof(fc.integer({ min: -5_000, max: 50_000 }), fc.constant(0)),
      quantity: fc.option(fc.integer({ min: 0, max: 40 })),
      discountable: fc.boolean(),
      rates,
      coupon: fc.option(fc.nat(1), { freq: 3 }),
    }),
    { minLength: 1, maxLength: 12 },
  ),
  rates,
  coupons: fc.subarray([0, 1, 2], { maxLength: 2 }),
  exempt: fc.boolean(),
  balance: fc.oneof(fc.constant(0), fc.integer({ min: -30_000, max: 30_000 })),
});

function sum(numbers: (number | null | undefined)[]): number {
  return numbers.reduce<number>((total, number) => total + (number ?? 0), 0);
}

/** What every invoice says of itself. */
function checkSums(invoice: Stripe.Invoice, lines: Stripe.InvoiceLineItem[]): void {
  const discounts = lines.flatMap((line) => line.discount_amounts ?? []);
  const taxes = lines.flatMap((line) => line.taxes ?? []);
  const exclusive = sum(taxes.filter((tax) => tax.tax_behavior === "exclusive").map((tax) => tax.amount));
  const gross = sum(lines.map((line) => line.amount));
  expect(invoice.total).toBe(gross - sum(discounts.map((part) => part.amount)) + exclusive);
  expect(invoice.total_excluding_tax).toBe(invoice.total - sum(taxes.map((tax) => tax.amount)));
  expect(sum((invoice.total_discount_amounts ?? []).map((part) => part.amount))).toBe(
    sum(discounts.map((part) => part.amount)),
  );
  expect(sum((invoice.total_taxes ?? []).map((tax) => tax.amount))).toBe(sum(taxes.map((tax) => tax.amount)));
  for (const line of lines) {
    const off = sum((line.discount_amounts ?? []).map((part) => part.amount));
    expect(off).toBeGreaterThanOrEqual(0);
    if (off > 0) expect(line.discountable).toBe(true);
    expect(line.amount - off).toBeGreaterThanOrEqual(Math.min(0, line.amount));
  }
}

/** The members that a preview, a draft and the finalised invoice have to agree about. */
function amounts(invoice: Stripe.Invoice) {
  const { subtotal, subtotal_excluding_tax, total, total_excluding_tax, amount_due, starting_balance } = invoice;
  const taxes = (invoice.total_taxes ?? []).map(({ amount, tax_rate_details }) => [tax_rate_details, amount]);
  const off = (invoice.total_discount_amounts ?? []).map(({ amount }) => amount);
  return { subtotal, subtotal_excluding_tax, total, total_excluding_tax, amount_due, starting_balance, taxes, off };
}

test("total = Σ lines − discounts + tax, the same in preview, draft and when it is final", async () => {
  const { stripe } = await standIn();
  const taxRates = await Promise.all(RATES.map((rate) => stripe.taxRates.create(rate)));
  const coupons = await Promise.all(COUPONS.map((coupon) => stripe.coupons.create(coupon)));
  const ratesOf = (at: number[]) => at.map((index) => taxRates[index]?.id ?? "");
  const choice = (index: number) => ({ coupon: coupons[index]?.id ?? "" });
  await fc.assert(
    fc.asyncProperty(bill, async ({ lines, rates, coupons: common, exempt, balance }) => {
      const customer = await stripe.customers.create({ tax_exempt: exempt ? "exempt" : "none" });
      if (balance !== 0)
        await stripe.customers.createBalanceTransaction(customer.id, { amount: balance, currency: "usd" });
      for (const line of lines)
        await stripe.invoiceItems.create({
          customer: customer.id,
          currency: "usd",
          ...(line.quantity === null
            ? { amount: line.amount }
            : { unit_amount_decimal: String(Math.abs(line.amount) / 100), quantity: line.quantity }),
          discountable: line.discountable,
          tax_rates: ratesOf(line.rates),
          discounts: line.coupon === null ? "" : [choice(line.coupon)],
        } as Stripe.InvoiceItemCreateParams);
      const draft = await stripe.invoices.create({
        customer: customer.id,
        pending_invoice_items_behavior: "include",
        default_tax_rates: ratesOf(rates),
        discounts: common.length > 0 ? common.map(choice) : "",
      });
      expect(draft.lines.has_more).toBe(lines.length > 10);
      const drafted = await stripe.invoices.listLineItems(draft.id, { limit: 5 }).autoPagingToArray({ limit: 100 });
      expect(drafted).toHaveLength(lines.length);
      checkSums(draft, drafted);
      const final = await stripe.invoices.finalizeInvoice(draft.id);
      checkSums(final, await stripe.invoices.listLineItems(draft.id, { limit: 100 }).autoPagingToArray({ limit: 100 }));
      expect(amounts(final)).toEqual(amounts(draft));
      const due = final.total + final.starting_balance;
      expect(final.amount_due).toBe(due < 50 ? 0 : due);
      const change = final.amount_due - due;
      const after = await stripe.customers.retrieve(customer.id);
      expect("balance" in after && after.balance).toBe(-change + 0);
      expect(final.ending_balance).toBe(-change + 0);
    }),
    {
      numRuns: 40,
      // Less than nothing to pay, and more than that owed from before.
      examples: [
        [
          {
            lines: [{ amount: -1, quantity: null, discountable: false, rates: [], coupon: null }],
            rates: [],
            coupons: [],
            exempt: false,
            balance: 51,
          },
        ],
      ],
    },
  );
}, 120_000);

test("what a preview of one-off items says is what is invoiced", async () => {
  const { stripe } = await standIn();
  const rate = await stripe.taxRates.create({ display_name: "Sales tax", percentage: 8.875, inclusive: false });
  const coupon = await stripe.coupons.create({ percent_off: 12.5, duration: "forever" });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 90_000 }), { minLength: 1, maxLength: 5 }), async (given) => {
      const customer = await stripe.customers.create({});
      const items = given.map((amount) => ({ amount, currency: "usd", tax_rates: [rate.id] }));
      const preview = await stripe.invoices.createPreview({
        customer: customer.id,
        invoice_items: items,
        discounts: [{ coupon: coupon.id }],
      });
      expect(preview.id).toMatch(/^upcoming_in_/);
      expect((await stripe.invoices.list({ customer: customer.id })).data).toEqual([]);
      for (const item of items) await stripe.invoiceItems.create({ customer: customer.id, ...item });
      const draft = await stripe.invoices.create({
        customer: customer.id,
        pending_invoice_items_behavior: "include",
        discounts: [{ coupon: coupon.id }],
      });
      expect(amounts(await stripe.invoices.finalizeInvoice(draft.id))).toEqual(amounts(preview));
      expect((await stripe.coupons.retrieve(coupon.id)).times_redeemed).toBeGreaterThan(0);
    }),
    { numRuns: 15 },
  );
}, 60_000);
