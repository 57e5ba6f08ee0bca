import { afterEach, beforeEach, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { customerWith, eventTypes, failure, standIn } from "../../testing/stand-in";

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
