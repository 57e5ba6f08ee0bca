import { afterEach, beforeEach, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { customerWith, failure } from "../../testing/stand-in";
import { page, subscriber } from "./testing/subscriber";

beforeEach(() => setClockForTests("2030-03-04T15:00:00Z"));
afterEach(() => setClockForTests(null));

test("details are changed as far as the configuration allows", async () => {
  const { stripe, customer, open } = await subscriber();
  const session = await open({
    customer_update: { enabled: true, allowed_updates: ["name", "email", "address", "tax_id"] },
  });
  expect((await page(`${session.url}/details`, { email: "nonsense" })).status).toBe(400);
  const saved = await page(`${session.url}/details`, {
    customerName: "Acme Robotics",
    email: "billing@acme.test",
    phone: "+1 555 0100",
    billingCountry: "DE",
    billingAddressLine1: "Hauptstr. 1",
    billingLocality: "Berlin",
    taxIdType: "eu_vat",
    taxIdValue: "DE123456789",
  });
  expect(saved.location).toContain("done=detailsSaved");
  expect(await stripe.customers.retrieve(customer, { expand: ["tax_ids"] })).toMatchObject({
    name: "Acme Robotics",
    email: "billing@acme.test",
    phone: null,
    address: { country: "DE", city: "Berlin" },
    tax_ids: { data: [{ type: "eu_vat", value: "DE123456789" }] },
  });
  expect((await page(session.url)).text).toContain("DE123456789");
});

test("invoices are listed with their pages, which pay what is open", async () => {
  const { stripe, customer, open } = await subscriber();
  await stripe.invoiceItems.create({ customer, amount: 2_500, currency: "usd", description: "Rigging" });
  const draft = await stripe.invoices.create({
    customer,
    collection_method: "send_invoice",
    days_until_due: 30,
    pending_invoice_items_behavior: "include",
  });
  const invoice = await stripe.invoices.finalizeInvoice(draft.id);
  const session = await open({ invoice_history: { enabled: true } });
  const listed = await page(session.url);
  expect(listed.text).toContain(invoice.hosted_invoice_url ?? "-");
  expect(listed.text).toContain("$25.00");
  const url = invoice.hosted_invoice_url ?? "";
  const shown = await page(url);
  for (const text of ["Rigging", "$25.00 due", "Due Apr 3, 2030", "stand-in"]) expect(shown.text).toContain(text);
  const card = { means: "card", cardExpiry: "12/40", cardCvc: "123", billingName: "Olivia" };
  const declined = await page(url, { ...card, cardNumber: "4000000000000002" });
  expect([declined.status, declined.text.includes("declined")]).toEqual([402, true]);
  const asked = await page(url, { ...card, cardNumber: "4000002760003184" });
  expect(asked.location).toMatch(/^\/challenge\/pi_/);
  const answered = await page(new URL(asked.location, url).href, { outcome: "success" });
  const returned = await page(new URL(answered.location, url).href);
  const paid = await page(new URL(returned.location, url).href);
  for (const text of ["Invoice paid", "Paid on Mar 4, 2030", "/receipts/ch_"]) expect(paid.text).toContain(text);
  expect((await stripe.invoices.retrieve(invoice.id)).status).toBe("paid");
  const receipt = /href="([^"]+\/receipts\/[^"]+)"/.exec(paid.text)?.[1] ?? "";
  expect((await page(receipt)).text).toContain("Visa ending in 3184");
});

test("nobody reaches what the configuration has off, or what is another customer's", async () => {
  const { stripe, subscription, open, small } = await subscriber();
  const session = await open({ invoice_history: { enabled: true } });
  for (const path of ["/card", "/details", `/subscriptions/${subscription.id}/cancel`])
    expect((await page(session.url + path, {})).status).toBe(404);
  const other = await customerWith(stripe, "pm_card_visa");
  const configuration = await stripe.billingPortal.configurations.create({
    features: { subscription_cancel: { enabled: true } },
  });
  const theirs = { customer: other.customer, configuration: configuration.id };
  const { url } = await stripe.billingPortal.sessions.create(theirs);
  expect((await page(`${url}/subscriptions/${subscription.id}/cancel`, {})).status).toBe(404);
  expect((await stripe.subscriptions.retrieve(subscription.id)).cancel_at_period_end).toBe(false);
  const flow = { type: "subscription_cancel", subscription_cancel: { subscription: subscription.id } } as const;
  expect((await failure(stripe.billingPortal.sessions.create({ ...theirs, flow_data: flow }))).code).toBe(
    "resource_missing",
  );
  const update = { type: "subscription_update", subscription_update: { subscription: subscription.id } } as const;
  expect((await failure(stripe.billingPortal.sessions.create({ ...theirs, flow_data: update }))).param).toBe(
    "flow_data[type]",
  );
  const wrong = stripe.billingPortal.configurations.create({
    features: {
      subscription_update: {
        enabled: true,
        default_allowed_updates: ["price"],
        products: [{ product: "prod_other", prices: [small.id] }],
      },
    },
  });
  expect((await failure(wrong)).param).toContain("products");
});

test("customers of a test clock live by it in the portal and at checkout", async () => {
  const { stripe, small } = await subscriber();
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: Date.parse("2029-01-31T10:00:00Z") / 1000 });
  const customer = await stripe.customers.create({ test_clock: clock.id, email: "past@acme.test" });
  const session = await stripe.checkout.sessions.create({
    mode: "subscription",
    customer: customer.id,
    line_items: [{ price: small.id, quantity: 1 }],
    success_url: "https://app.test/done",
  });
  const card = { means: "card", cardNumber: "4242424242424242", cardExpiry: "12/40", cardCvc: "123" };
  expect((await page(session.url ?? "", { act: "pay", ...card })).status).toBe(303);
  const [subscription] = (await stripe.subscriptions.list({ customer: customer.id })).data;
  expect(subscription).toMatchObject({ status: "active", test_clock: clock.id });
  const configuration = await stripe.billingPortal.configurations.create({
    features: { subscription_cancel: { enabled: true } },
  });
  const { url } = await stripe.billingPortal.sessions.create({
    customer: customer.id,
    configuration: configuration.id,
  });
  expect((await page(url)).text).toContain("Your plan renews on Feb 28, 2029");
  await page(`${url}/subscriptions/${subscription?.id}/cancel`, {});
  const canceled = await stripe.subscriptions.retrieve(subscription?.id ?? "");
  expect(canceled.canceled_at).toBe(clock.frozen_time);
});
