import type Stripe from "stripe";
import { afterEach, beforeEach, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { eventTypes, failure, standIn } from "../../testing/stand-in";

beforeEach(() => setClockForTests("2030-03-04T15:00:00Z"));
afterEach(() => setClockForTests(null));

const OWNER = { name: "Jenny Rosen", email: "jenny@acme.test" };
const ACCEPTED = { customer_acceptance: { type: "offline" as const, offline: {} } };

async function debit(stripe: Stripe, iban: string, currency = "eur") {
  const method = await stripe.paymentMethods.create({
    type: "sepa_debit",
    sepa_debit: { iban },
    billing_details: OWNER,
  });
  return stripe.paymentIntents.create({
    amount: 1_000,
    currency,
    allowed_payment_method_types: ["sepa_debit"],
    payment_method: method.id,
    confirm: true,
    mandate_data: ACCEPTED,
  });
}

test("processing, then paid, under a mandate", async () => {
  const { stripe, advance } = await standIn();
  const intent = await debit(stripe, "AT32 1904 3002 3547 3204");
  expect(intent.status).toBe("processing");
  await advance("4m");
  const paid = await stripe.paymentIntents.retrieve(intent.id, { expand: ["latest_charge"] });
  const charge = paid.latest_charge as Stripe.Charge;
  expect([paid.status, charge.payment_method_details?.sepa_debit?.last4]).toEqual(["succeeded", "3204"]);
  const mandate = await stripe.mandates.retrieve(String(charge.payment_method_details?.sepa_debit?.mandate));
  expect(mandate).toMatchObject({ payment_method_details: { type: "sepa_debit" }, type: "single_use" });
  expect(await eventTypes(stripe)).toEqual([
    "payment_intent.created",
    "charge.pending",
    "payment_intent.processing",
    "charge.succeeded",
    "payment_intent.succeeded",
  ]);
});

test("refused by the bank, the intent waits for another method", async () => {
  const { stripe, advance } = await standIn();
  const intent = await debit(stripe, "IT60X0542811101000000123456");
  await advance("1m");
  expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({
    status: "requires_payment_method",
    last_payment_error: { code: "debit_not_authorized", payment_method: { sepa_debit: { country: "IT" } } },
  });
});

test("in euros only, and only for an IBAN with a name and an address", async () => {
  const { stripe } = await standIn();
  expect((await failure(debit(stripe, "AT611904300234573201", "usd"))).code).toBe("standin_unsupported");
  expect((await failure(debit(stripe, "AT000000000000000000"))).param).toBe("sepa_debit[iban]");
  const nameless = stripe.paymentMethods.create({ type: "sepa_debit", sepa_debit: { iban: "AT611904300234573201" } });
  expect((await failure(nameless)).param).toBe("billing_details[name]");
});
