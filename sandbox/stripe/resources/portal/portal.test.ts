import { afterEach, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { customerWith, eventTypes, failure, standIn } from "../../testing/stand-in";

afterEach(() => setClockForTests(null));

test("a session leads to the hosted page, for an hour", async () => {
  setClockForTests("2030-03-04T15:00:00Z");
  const { stripe, url, advance } = await standIn();
  const { customer } = await customerWith(stripe, "pm_card_visa");
  const session = await stripe.billingPortal.sessions.create({ customer, return_url: "http://app.test/billing" });
  expect(session).toMatchObject({
    customer,
    return_url: "http://app.test/billing",
    flow: null,
    url: `${url}/p/session/${session.id}`,
  });
  const page = await fetch(session.url);
  expect(page.status).toBe(200);
  const text = await page.text();
  expect(text).toContain("4242");
  expect(text).toContain("http://app.test/billing");
  expect(text).toMatch(/stand-in/i);
  await advance("2h");
  expect((await fetch(session.url)).status).toBe(404);
});

test("a card typed on the page is saved through a set-up and becomes the default", async () => {
  const { stripe } = await standIn();
  const { id: customer } = await stripe.customers.create({});
  const session = await stripe.billingPortal.sessions.create({
    customer,
    flow_data: { type: "payment_method_update" },
  });
  const fields = { number: "4242 4242 4242 4242", expiry: "12 / 40", cvc: "123", name: "Mia Park" };
  const saved = await fetch(`${session.url}/card`, {
    method: "POST",
    body: new URLSearchParams(fields),
    redirect: "manual",
  });
  expect(saved.status).toBe(303);
  const [method] = (await stripe.paymentMethods.list({ customer })).data;
  expect(method).toMatchObject({
    card: { last4: "4242", exp_month: 12, exp_year: 2040 },
    billing_details: { name: "Mia Park" },
  });
  expect(await stripe.customers.retrieve(customer)).toMatchObject({
    invoice_settings: { default_payment_method: method?.id },
  });
  expect(await eventTypes(stripe)).toEqual(
    expect.arrayContaining(["setup_intent.succeeded", "payment_method.attached", "customer.updated"]),
  );

  const refused = await fetch(`${session.url}/card`, {
    method: "POST",
    body: new URLSearchParams({ ...fields, number: "4000000000000002" }),
    redirect: "manual",
  });
  expect(await refused.text()).toContain("declined");
  expect((await stripe.paymentMethods.list({ customer })).data).toHaveLength(1);
  // The decline was an outcome, so it is written down.
  expect(await eventTypes(stripe)).toContain("setup_intent.setup_failed");
});

test("configurations", async () => {
  const { stripe } = await standIn();
  const made = await stripe.billingPortal.configurations.create({
    features: { payment_method_update: { enabled: true } },
    business_profile: { headline: "Acme" },
    default_return_url: "http://app.test/",
  });
  expect(made).toMatchObject({
    active: true,
    is_default: false,
    business_profile: { headline: "Acme" },
    features: { payment_method_update: { enabled: true }, invoice_history: { enabled: false } },
  });
  const off = await stripe.billingPortal.configurations.update(made.id, { active: false });
  expect(off).toMatchObject({
    active: false,
    business_profile: { headline: "Acme" },
    features: { payment_method_update: { enabled: true } },
  });
  const { id: customer } = await stripe.customers.create({});
  expect((await failure(stripe.billingPortal.sessions.create({ customer, configuration: made.id }))).param).toBe(
    "configuration",
  );
  expect((await failure(stripe.billingPortal.sessions.create({ customer: "cus_none" }))).code).toBe("resource_missing");
  expect(await eventTypes(stripe)).toEqual(
    expect.arrayContaining(["billing_portal.configuration.created", "billing_portal.configuration.updated"]),
  );
});

test("customer sessions describe the Payment Element", async () => {
  const { stripe } = await standIn();
  const { id: customer } = await stripe.customers.create({});
  const session = await stripe.customerSessions.create({
    customer,
    components: {
      payment_element: {
        enabled: true,
        features: { payment_method_redisplay: "enabled", payment_method_remove: "enabled" },
      },
    },
  });
  expect(session.components?.payment_element).toMatchObject({
    enabled: true,
    features: {
      payment_method_redisplay: "enabled",
      payment_method_redisplay_limit: 10,
      payment_method_save: "disabled",
    },
  });
  expect(session.client_secret).toMatch(/^cuss_/);
});
