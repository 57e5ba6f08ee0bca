import Stripe from "stripe";
import { afterEach, beforeEach, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { billedCustomer, draftOver, openOver } from "../../testing/billing";
import { customerWith, failure, standIn } from "../../testing/stand-in";

beforeEach(() => setClockForTests("2030-03-04T15:00:00Z"));
afterEach(() => setClockForTests(null));

test("items by price, by price in place and by unit amount; another quantity, another amount", async () => {
  const { stripe } = await standIn();
  const { id: customer } = await stripe.customers.create({});
  const product = await stripe.products.create({ name: "Robot arm" });
  const price = await stripe.prices.create({ product: product.id, currency: "usd", unit_amount: 1_250 });
  const item = await stripe.invoiceItems.create({ customer, pricing: { price: price.id }, quantity: 3 });
  expect(item).toMatchObject({
    amount: 3_750,
    description: "Robot arm",
    currency: "usd",
    quantity: 3,
    pricing: { type: "price_details", price_details: { price: price.id, product: product.id } },
  });
  expect(String(item.pricing?.unit_amount_decimal)).toBe("1250");
  expect((await stripe.invoiceItems.update(item.id, { quantity: 2 })).amount).toBe(2_500);
  const inPlace = await stripe.invoiceItems.create({
    customer,
    price_data: { currency: "usd", product: product.id, unit_amount_decimal: Stripe.Decimal.from("0.5") },
    quantity: 3,
  });
  expect(inPlace.amount).toBe(2);
  const plain = await stripe.invoiceItems.create({
    customer,
    currency: "usd",
    unit_amount_decimal: Stripe.Decimal.from("33.35"),
    quantity_decimal: Stripe.Decimal.from("2.5"),
  });
  expect(plain).toMatchObject({ amount: 83, quantity: 2 });
  expect(await stripe.customers.retrieve(customer)).toMatchObject({ currency: "usd" });
  const monthly = await stripe.prices.create({
    product: product.id,
    currency: "usd",
    unit_amount: 900,
    recurring: { interval: "month" },
  });
  const create = (params: Stripe.InvoiceItemCreateParams) =>
    failure(stripe.invoiceItems.create({ customer, ...params }));
  expect((await create({ pricing: { price: monthly.id } })).param).toBe("pricing[price]");
  expect((await create({})).code).toBe("parameter_missing");
  expect((await create({ amount: 1, currency: "usd", pricing: { price: price.id } })).message).toContain(
    "only specify one",
  );
  const most = Stripe.Decimal.from("999999999999");
  const tooMuch = await create({ currency: "usd", unit_amount_decimal: most, quantity: 999_999 });
  expect(tooMuch).toMatchObject({ code: "amount_too_large", param: "unit_amount_decimal" });
  expect((await failure(stripe.invoiceItems.update(item.id, { unit_amount_decimal: most }))).statusCode).toBe(400);
  await stripe.invoiceItems.del(plain.id);
  expect((await stripe.invoiceItems.list({ customer, pending: true })).data).toHaveLength(2);
});

test("lines are added, changed, taken away and put back", async () => {
  const { stripe } = await standIn();
  const { id: customer } = await stripe.customers.create({});
  const draft = await draftOver(stripe, customer, 1_000);
  const added = await stripe.invoices.addLines(draft.id, {
    lines: [
      { amount: 200, description: "Travel" },
      { amount: 300, description: "Hotel" },
    ],
    invoice_metadata: { trip: "Oslo" },
  });
  expect(added).toMatchObject({ total: 1_500, metadata: { trip: "Oslo" } });
  const [work, travel, hotel] = added.lines.data;
  const changed = await stripe.invoices.updateLineItem(draft.id, String(travel?.id), {
    amount: 250,
    metadata: { km: "480" },
  });
  expect(changed).toMatchObject({ id: travel?.id, amount: 250, metadata: { km: "480" } });
  const both = await stripe.invoices.updateLines(draft.id, {
    lines: [
      { id: String(work?.id), description: "Design" },
      { id: String(hotel?.id), amount: 400 },
    ],
  });
  expect(both.total).toBe(1_650);
  const less = await stripe.invoices.removeLines(draft.id, {
    lines: [
      { id: String(travel?.id), behavior: "delete" },
      { id: String(hotel?.id), behavior: "unassign" },
    ],
  });
  expect(less.lines.data).toMatchObject([{ description: "Design", amount: 1_000 }]);
  const pending = (await stripe.invoiceItems.list({ customer, pending: true })).data;
  expect(pending).toMatchObject([{ amount: 400, invoice: null }]);
  await stripe.invoices.addLines(draft.id, { lines: [{ invoice_item: String(pending[0]?.id) }] });
  const final = await stripe.invoices.finalizeInvoice(draft.id);
  expect(final.total).toBe(1_400);
  const late = await failure(stripe.invoices.addLines(draft.id, { lines: [{ amount: 1 }] }));
  expect(late.code).toBe("invoice_not_editable");
  expect((await failure(stripe.invoiceItems.update(String(pending[0]?.id), { amount: 5 }))).code).toBe(
    "invoice_not_editable",
  );
});

test("a draft follows its customer, a final invoice does not; only some of it may change", async () => {
  const { stripe } = await standIn();
  const customer = await billedCustomer(stripe);
  const draft = await draftOver(stripe, customer, 1_000, { footer: "Thank you", statement_descriptor: "ACME" });
  await stripe.customers.update(customer, { name: "Acme", address: { city: "Oslo", country: "NO" } });
  expect(await stripe.invoices.retrieve(draft.id)).toMatchObject({
    customer_name: "Acme",
    customer_address: { city: "Oslo", country: "NO", line1: null },
  });
  await stripe.invoices.update(draft.id, {
    custom_fields: [{ name: "PO", value: "4711" }],
    number: "A-1",
    shipping_details: { name: "Mia", address: { city: "Bergen", country: "NO" } },
    payment_settings: { payment_method_types: ["card"] },
  });
  const final = await stripe.invoices.finalizeInvoice(draft.id);
  await stripe.customers.update(customer, { name: "Globex" });
  expect(await stripe.invoices.retrieve(final.id)).toMatchObject({
    customer_name: "Acme",
    number: "A-1",
    shipping_details: { name: "Mia", phone: null, address: { city: "Bergen", line1: null } },
    custom_fields: [{ name: "PO", value: "4711" }],
    footer: "Thank you",
  });
  expect((await stripe.invoices.update(final.id, { metadata: { a: "1" } })).metadata).toEqual({ a: "1" });
  expect(await failure(stripe.invoices.update(final.id, { description: "x" }))).toMatchObject({
    code: "invoice_not_editable",
    param: "description",
  });
});

test("listed by every filter, searched, numbered one after the other", async () => {
  const { stripe } = await standIn();
  const customer = await billedCustomer(stripe);
  const first = await openOver(stripe, customer, 1_000, { metadata: { order: "7" } });
  const second = await openOver(stripe, customer, 2_000, { collection_method: "send_invoice", days_until_due: 3 });
  const other = await draftOver(stripe, (await customerWith(stripe, "pm_card_visa")).customer, 3_000);
  const ids = async (filter: Stripe.InvoiceListParams) => (await stripe.invoices.list(filter)).data.map(({ id }) => id);
  expect(await ids({ customer })).toEqual([second.id, first.id]);
  expect(await ids({ status: "draft" })).toEqual([other.id]);
  expect(await ids({ collection_method: "send_invoice" })).toEqual([second.id]);
  for (const later of [{ days_until_due: 9 }, { due_date: second.created + 9 * 86_400 }])
    expect((await failure(stripe.invoices.update(second.id, later))).code).toBe("invoice_not_editable");
  expect(await ids({ due_date: { lte: second.due_date ?? 0 } })).toEqual([second.id]);
  expect(await ids({ created: { gt: first.created } })).toEqual([]);
  expect(first.number?.replace("-0001", "-0002")).toBe(second.number);
  const found = await stripe.invoices.search({ query: `metadata["order"]:"7" AND status:"open"` });
  expect(found.data.map(({ id }) => id)).toEqual([first.id]);
  expect((await stripe.invoices.search({ query: "total>1500" })).data.map(({ id }) => id)).toEqual([
    other.id,
    second.id,
  ]);
});

test("the PDF of an invoice is a PDF that says what it is", async () => {
  const { stripe } = await standIn();
  const customer = await billedCustomer(stripe);
  const draft = await draftOver(stripe, customer, 1_000);
  expect(draft).toMatchObject({ hosted_invoice_url: null, invoice_pdf: null });
  const open = await stripe.invoices.finalizeInvoice(draft.id);
  expect(open.invoice_pdf).toBe(`${open.hosted_invoice_url}/pdf`);
  const answer = await fetch(String(open.invoice_pdf));
  expect(answer.headers.get("content-type")).toBe("application/pdf");
  expect(answer.headers.get("content-disposition")).toContain(`Invoice-${open.number}.pdf`);
  const bytes = Buffer.from(await answer.arrayBuffer());
  expect(bytes.subarray(0, 5).toString()).toBe("%PDF-");
  expect(bytes.subarray(-6).toString()).toContain("%%EOF");
  expect((await fetch(`${String(open.invoice_pdf).replace(/test_\w+/, "test_nobody")}`)).status).toBe(404);
});
