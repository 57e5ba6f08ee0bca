import type Stripe from "stripe";
import { afterEach, beforeEach, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { customerWith, eventTypes, failure, standIn } from "../../testing/stand-in";

beforeEach(() => setClockForTests("2030-03-04T15:00:00Z"));
afterEach(() => setClockForTests(null));

/** An open invoice of two lines, $100.00 and three at $10.00, with a tenth off and 20 % tax on top: $140.40. */
async function openInvoice(stripe: Stripe) {
  const { customer } = await customerWith(stripe, "pm_card_visa");
  const tax = await stripe.taxRates.create({ display_name: "VAT", percentage: 20, inclusive: false });
  const coupon = await stripe.coupons.create({ percent_off: 10 });
  const price_data = { currency: "usd", unit_amount: 1_000, product_data: { name: "Seats" } };
  const product = await stripe.products.create({ name: "Seats" });
  await stripe.invoiceItems.create({ customer, amount: 10_000, currency: "usd", description: "Setup" });
  await stripe.invoiceItems.create({
    customer,
    price_data: { currency: price_data.currency, unit_amount: price_data.unit_amount, product: product.id },
    quantity: 3,
  });
  const draft = await stripe.invoices.create({
    customer,
    collection_method: "send_invoice",
    days_until_due: 30,
    default_tax_rates: [tax.id],
    discounts: [{ coupon: coupon.id }],
    pending_invoice_items_behavior: "include",
  });
  const invoice = await stripe.invoices.finalizeInvoice(draft.id);
  expect(invoice.total).toBe(14_040);
  const line = (amount: number) => String(invoice.lines.data.find((one) => one.amount === amount)?.id);
  return { customer, invoice, setup: line(10_000), seats: line(3_000) };
}

function seatsOff(invoice: Stripe.Invoice, seats: string, quantity: number): Stripe.CreditNoteCreateParams {
  return { invoice: invoice.id, lines: [{ type: "invoice_line_item", invoice_line_item: seats, quantity }] };
}

test("before it is paid, a note lowers what the invoice asks for; voided, it asks again", async () => {
  const { stripe } = await standIn();
  const { invoice, seats } = await openInvoice(stripe);
  const preview = await stripe.creditNotes.preview(seatsOff(invoice, seats, 1));
  const note = await stripe.creditNotes.create({
    ...seatsOff(invoice, seats, 1),
    reason: "order_change",
    memo: "One less",
  });
  expect(preview.total).toBe(note.total);
  expect(note).toMatchObject({
    type: "pre_payment",
    status: "issued",
    number: `${invoice.number}-CN-01`,
    subtotal: 1_000,
    discount_amount: 100,
    total_excluding_tax: 900,
    total: 1_080,
    pre_payment_amount: 1_080,
    post_payment_amount: 0,
  });
  expect(note.lines.data).toMatchObject([{ quantity: 1, unit_amount: 1_000, taxes: [{ amount: 180 }] }]);
  expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({
    amount_due: 12_960,
    amount_remaining: 12_960,
    pre_payment_credit_notes_amount: 1_080,
    total: 14_040,
  });
  const [payment] = (
    await stripe.invoicePayments.list({ invoice: invoice.id, expand: ["data.payment.payment_intent"] })
  ).data;
  expect(payment).toMatchObject({ amount_requested: 12_960, payment: { payment_intent: { amount: 12_960 } } });
  const paper = Buffer.from(await (await fetch(note.pdf)).arrayBuffer());
  expect(paper.subarray(0, 5).toString()).toBe("%PDF-");
  expect((await stripe.creditNotes.voidCreditNote(note.id)).status).toBe("void");
  expect((await stripe.invoices.retrieve(invoice.id)).amount_due).toBe(14_040);
  await failure(stripe.creditNotes.voidCreditNote(note.id));
  expect((await eventTypes(stripe)).slice(-4)).toEqual([
    "credit_note.created",
    "invoice.updated",
    "credit_note.voided",
    "invoice.updated",
  ]);
});

test("an invoice credited whole is paid by that", async () => {
  const { stripe } = await standIn();
  const { invoice, setup, seats } = await openInvoice(stripe);
  await stripe.creditNotes.create(seatsOff(invoice, seats, 3));
  await stripe.creditNotes.create({
    invoice: invoice.id,
    lines: [{ type: "invoice_line_item", invoice_line_item: setup, amount: 10_000 }],
  });
  expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({
    status: "paid",
    amount_due: 0,
    amount_paid: 0,
    amount_remaining: 0,
    pre_payment_credit_notes_amount: 14_040,
  });
  expect(await eventTypes(stripe)).toEqual(expect.arrayContaining(["invoice.paid", "payment_intent.canceled"]));
});

test("after it is paid, a note gives back what it says: refunded, credited, or outside of Stripe", async () => {
  const { stripe } = await standIn();
  const { customer, invoice, seats } = await openInvoice(stripe);
  const [method] = (await stripe.customers.listPaymentMethods(customer)).data;
  await stripe.invoices.pay(invoice.id, { payment_method: String(method?.id) });
  const short = await failure(stripe.creditNotes.create({ ...seatsOff(invoice, seats, 1), refund_amount: 1_000 }));
  expect(short.message).toContain("must equal the post-payment amount");
  const note = await stripe.creditNotes.create({
    ...seatsOff(invoice, seats, 1),
    refund_amount: 500,
    credit_amount: 400,
    out_of_band_amount: 180,
    expand: ["customer_balance_transaction", "refunds.refund"],
  });
  expect(note).toMatchObject({
    type: "post_payment",
    post_payment_amount: 1_080,
    out_of_band_amount: 180,
    customer_balance_transaction: { amount: -400, type: "credit_note", credit_note: note.id },
    refunds: [{ amount_refunded: 500, refund: { amount: 500, status: "succeeded" }, type: "refund" }],
  });
  expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: -400 });
  expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({
    status: "paid",
    amount_paid: 14_040,
    post_payment_credit_notes_amount: 1_080,
  });
  expect((await failure(stripe.creditNotes.voidCreditNote(note.id))).statusCode).toBe(400);
  const refund = await stripe.refunds.create({ payment_intent: await intentOf(stripe, invoice.id), amount: 1_080 });
  const linked = await stripe.creditNotes.create({ ...seatsOff(invoice, seats, 1), refunds: [{ refund: refund.id }] });
  expect(linked.refunds).toMatchObject([{ refund: refund.id, amount_refunded: 1_080 }]);
});

async function intentOf(stripe: Stripe, invoice: string): Promise<string> {
  const { data } = await stripe.invoicePayments.list({ invoice });
  return String(data[0]?.payment.payment_intent);
}

test("nothing is credited twice, and parts of a line add up to its whole", async () => {
  const { stripe } = await standIn();
  const { invoice, setup } = await openInvoice(stripe);
  const part = (amount: number) =>
    stripe.creditNotes.create({
      invoice: invoice.id,
      lines: [{ type: "invoice_line_item", invoice_line_item: setup, amount }],
    });
  const notes = [await part(3_333), await part(3_333), await part(3_334)];
  expect(notes.reduce((sum, note) => sum + note.total, 0)).toBe(10_800);
  expect(notes.reduce((sum, note) => sum + note.discount_amount, 0)).toBe(1_000);
  expect((await failure(part(1))).param).toBe("lines[0][amount]");
  expect((await failure(stripe.creditNotes.create({ invoice: invoice.id, amount: 3_241 }))).param).toBe("amount");
  expect((await failure(stripe.creditNotes.create({ invoice: invoice.id }))).code).toBe("parameter_missing");
  const rest = await stripe.creditNotes.create({
    invoice: invoice.id,
    lines: [{ type: "custom_line_item", description: "Sorry", quantity: 2, unit_amount: 500 }],
  });
  expect(rest).toMatchObject({ total: 1_000, lines: { data: [{ description: "Sorry", type: "custom_line_item" }] } });
  expect((await stripe.creditNotes.list({ invoice: invoice.id })).data).toHaveLength(4);
  expect((await stripe.creditNotes.listLineItems(rest.id)).data).toHaveLength(1);
  expect((await stripe.creditNotes.update(rest.id, { memo: "Changed", metadata: { a: "1" } })).memo).toBe("Changed");
});

test("drafts cannot be credited", async () => {
  const { stripe } = await standIn();
  const { id } = await stripe.customers.create({});
  const draft = await stripe.invoices.create({ customer: id });
  expect((await failure(stripe.creditNotes.create({ invoice: draft.id, amount: 1 }))).message).toContain("draft");
});
