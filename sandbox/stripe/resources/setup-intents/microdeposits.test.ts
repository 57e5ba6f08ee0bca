import type Stripe from "stripe";
import { afterEach, beforeEach, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { browserPost, failure, type StandIn, standIn } from "../../testing/stand-in";

beforeEach(() => setClockForTests("2030-03-04T15:00:00Z"));
afterEach(() => setClockForTests(null));

/** A customer types a bank account into the form and chooses micro-deposits. */
async function waitingSetup(standin: StandIn, accountNumber = "000123456789") {
  const customer = await standin.stripe.customers.create({});
  const intent = await standin.stripe.setupIntents.create({ customer: customer.id });
  const { body } = await browserPost<Stripe.SetupIntent>(standin, `/v1/setup_intents/${intent.id}/confirm`, {
    client_secret: intent.client_secret ?? "",
    "payment_method_data[type]": "us_bank_account",
    "payment_method_data[us_bank_account][account_number]": accountNumber,
    "payment_method_data[us_bank_account][routing_number]": "110000000",
    "payment_method_data[billing_details][name]": "Mia Park",
    "payment_method_options[us_bank_account][verification_method]": "microdeposits",
    "mandate_data[customer_acceptance][type]": "online",
    "mandate_data[customer_acceptance][online][infer_from_client]": "true",
  });
  expect(body).toMatchObject({ status: "requires_action", next_action: { type: "verify_with_microdeposits" } });
  return { customer: customer.id, id: intent.id };
}

test.each([[{ amounts: [32, 45] }], [{ descriptor_code: "SM11AA" }]])(
  "%o verifies, saves and takes the mandate",
  async (proof) => {
    const standin = await standIn();
    const { customer, id } = await waitingSetup(standin);
    expect((await standin.stripe.paymentMethods.list({ customer })).data).toEqual([]);
    const done = await standin.stripe.setupIntents.verifyMicrodeposits(id, proof);
    expect(done.status).toBe("succeeded");
    const mandate = await standin.stripe.mandates.retrieve(String(done.mandate));
    expect(mandate).toMatchObject({ status: "active", type: "multi_use", customer_acceptance: { type: "online" } });
    expect((await standin.stripe.paymentMethods.list({ customer, type: "us_bank_account" })).data).toHaveLength(1);
  },
);

test("wrong amounts are counted, the tenth ends it", async () => {
  const { stripe, ...standin } = await standIn();
  const { id } = await waitingSetup({ stripe, ...standin });
  for (let left = 9; left >= 1; left--) {
    const error = await failure(stripe.setupIntents.verifyMicrodeposits(id, { amounts: [1, 2] }));
    expect(error).toMatchObject({ statusCode: 400, code: "payment_method_microdeposit_verification_amounts_mismatch" });
    expect(error.message).toContain(`${left} attempts remaining`);
  }
  expect((await failure(stripe.setupIntents.verifyMicrodeposits(id, { amounts: [1, 2] }))).code).toBe(
    "payment_method_microdeposit_verification_attempts_exceeded",
  );
  expect((await stripe.setupIntents.retrieve(id)).status).toBe("requires_payment_method");
});

test.each([
  [{ descriptor_code: "SM33CC" }, "payment_method_microdeposit_verification_attempts_exceeded"],
  [{ amounts: [40, 41] }, "payment_method_microdeposit_verification_timeout"],
])("%o ends it", async (proof, code) => {
  const standin = await standIn();
  const { id } = await waitingSetup(standin);
  expect((await failure(standin.stripe.setupIntents.verifyMicrodeposits(id, proof))).code).toBe(code);
  const after = await standin.stripe.setupIntents.retrieve(id);
  expect(after).toMatchObject({ status: "requires_payment_method", last_setup_error: { code } });
});

test("deposits that never arrive, and ones that nobody names, fail by themselves", async () => {
  const standin = await standIn();
  const lost = await waitingSetup(standin, "000666666661");
  const forgotten = await waitingSetup(standin);
  await standin.advance("1d");
  expect((await standin.stripe.setupIntents.retrieve(lost.id)).last_setup_error?.code).toBe(
    "payment_method_microdeposit_failed",
  );
  expect((await standin.stripe.setupIntents.retrieve(forgotten.id)).status).toBe("requires_action");
  await standin.advance("10d");
  expect((await standin.stripe.setupIntents.retrieve(forgotten.id)).last_setup_error?.code).toBe(
    "payment_method_microdeposit_verification_timeout",
  );
});
