import { afterEach, beforeEach, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { billedCustomer, draftOver, intentOf, openOver } from "../../testing/billing";
import { browserPost, customerWith, eventTypes, failure, standIn } from "../../testing/stand-in";

beforeEach(() => setClockForTests("2030-03-04T15:00:00Z"));
afterEach(() => setClockForTests(null));

test("an item waits, an invoice takes it, finalised it has a number and an intent, and is paid off session", async () => {
  const { stripe } = await standIn();
  const saved = await customerWith(stripe, "pm_card_visa");
  await stripe.customers.update(saved.customer, {
    invoice_settings: { default_payment_method: saved.payment_method },
    name: "Acme Robotics",
  });
  const item = await stripe.invoiceItems.create({
    customer: saved.customer,
    amount: 2_500,
    currency: "usd",
    description: "Setup",
  });
  expect((await stripe.invoiceItems.list({ pending: true })).data.map(({ id }) => id)).toEqual([item.id]);
  const draft = await stripe.invoices.create({
    customer: saved.customer,
    pending_invoice_items_behavior: "include",
  });
  expect(draft).toMatchObject({
    status: "draft",
    total: 2_500,
    amount_due: 2_500,
    number: null,
    billing_reason: "manual",
  });
  expect(draft.lines.data[0]).toMatchObject({
    amount: 2_500,
    description: "Setup",
    parent: { type: "invoice_item_details", invoice_item_details: { invoice_item: item.id } },
  });
  const open = await stripe.invoices.finalizeInvoice(draft.id, { expand: ["confirmation_secret", "payments"] });
  expect(open).toMatchObject({ status: "open", amount_remaining: 2_500, attempt_count: 0 });
  expect(open.number).toMatch(/^[0-9A-F]{8}-0001$/);
  const payment = open.payments?.data[0];
  expect(payment).toMatchObject({ status: "open", amount_requested: 2_500, is_default: true });
  const intentId = String(payment?.payment.payment_intent);
  expect(open.confirmation_secret?.client_secret).toContain(intentId);
  expect((await stripe.paymentIntents.retrieve(intentId)).status).toBe("requires_confirmation");

  const paid = await stripe.invoices.pay(draft.id);
  expect(paid).toMatchObject({ status: "paid", amount_paid: 2_500, amount_remaining: 0, attempt_count: 1 });
  const found = await stripe.invoicePayments.list({ payment: { type: "payment_intent", payment_intent: intentId } });
  expect(found.data).toMatchObject([{ invoice: draft.id, status: "paid", amount_paid: 2_500 }]);
  expect((await eventTypes(stripe)).slice(-10)).toEqual([
    "invoiceitem.created",
    "invoice.created",
    "payment_intent.created",
    "invoice.finalized",
    "charge.succeeded",
    "payment_intent.succeeded",
    "invoice.updated",
    "invoice.paid",
    "invoice.payment_succeeded",
    "invoice_payment.paid",
  ]);
  expect((await failure(stripe.invoices.pay(draft.id))).message).toBe("Invoice is already paid");
});

test("too much to be charged: it is not made final, by hand or by itself", async () => {
  const { stripe, advance } = await standIn();
  const customer = await billedCustomer(stripe);
  await stripe.customers.createBalanceTransaction(customer, { amount: -500, currency: "usd" });
  const { id, created } = await draftOver(stripe, customer, 100_000_500, { auto_advance: true });
  expect(await failure(stripe.invoices.finalizeInvoice(id))).toMatchObject({ code: "amount_too_large" });
  await advance("2h");
  expect(await stripe.invoices.retrieve(id)).toMatchObject({
    status: "draft",
    number: null,
    automatically_finalizes_at: null,
    last_finalization_error: { code: "amount_too_large", type: "invalid_request_error" },
  });
  expect((await eventTypes(stripe)).at(-1)).toBe("invoice.finalization_failed");
  const found = await stripe.invoices.search({ query: "last_finalization_error_code:'amount_too_large'" });
  expect(found.data).toMatchObject([{ id, created }]);
  // What had been done on the way is undone.
  expect(await stripe.customers.retrieve(customer)).toMatchObject({ next_invoice_sequence: 1, balance: -500 });
});

test("the intent of an invoice is not cancelled or changed behind its back", async () => {
  const { stripe } = await standIn();
  const invoice = await openOver(stripe, await billedCustomer(stripe), 1_000);
  const { id } = await intentOf(stripe, invoice.id);
  expect((await failure(stripe.paymentIntents.cancel(id))).message).toContain(invoice.id);
  expect((await failure(stripe.paymentIntents.update(id, { amount: 2_000 }))).message).toContain(invoice.id);
});

test("confirmed by the browser with the confirmation secret, declined first", async () => {
  const standin = await standIn();
  const { stripe } = standin;
  const { id: customer } = await stripe.customers.create({});
  const draft = await draftOver(stripe, customer, 1_000);
  const open = await stripe.invoices.finalizeInvoice(draft.id, { expand: ["confirmation_secret"] });
  const secret = String(open.confirmation_secret?.client_secret);
  const confirm = (method: string) =>
    browserPost(standin, `/v1/payment_intents/${secret.split("_secret_")[0]}/confirm`, {
      client_secret: secret,
      payment_method: method,
    });
  expect((await confirm("pm_card_visa_chargeDeclined")).body.error?.code).toBe("card_declined");
  expect(await stripe.invoices.retrieve(open.id)).toMatchObject({ status: "open", attempted: true, attempt_count: 1 });
  expect((await eventTypes(stripe)).slice(-2)).toEqual(["invoice.updated", "invoice.payment_failed"]);
  expect((await confirm("pm_card_visa")).body.status).toBe("succeeded");
  expect((await stripe.invoices.retrieve(open.id)).status).toBe("paid");
});
