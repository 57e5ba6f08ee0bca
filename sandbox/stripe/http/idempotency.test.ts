import { afterEach, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { chargeOffSession, customerWith, failure, standIn } from "../testing/stand-in";

afterEach(() => setClockForTests(null));

test("the same key is answered again, and the work is done once", async () => {
  const { stripe } = await standIn();
  const saved = await customerWith(stripe, "pm_card_visa");
  const first = await chargeOffSession(stripe, saved, 4_200, { idempotencyKey: "attempt-1" });
  const second = await chargeOffSession(stripe, saved, 4_200, { idempotencyKey: "attempt-1" });
  expect(second.id).toBe(first.id);
  expect(second.lastResponse.headers["idempotent-replayed"]).toBe("true");
  expect(second.lastResponse.headers["original-request"]).toBe(first.lastResponse.requestId);
  expect(first.lastResponse.headers["idempotent-replayed"]).toBeUndefined();
  expect((await stripe.charges.list()).data).toHaveLength(1);
});

test("twenty at once with one key are one charge", async () => {
  const { stripe } = await standIn();
  const saved = await customerWith(stripe, "pm_card_visa");
  const answers = await Promise.allSettled(
    Array.from({ length: 20 }, () => chargeOffSession(stripe, saved, 4_200, { idempotencyKey: "attempt-2" })),
  );
  const ids = answers.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value.id] : []));
  expect(new Set(ids).size).toBe(1);
  expect((await stripe.charges.list()).data).toHaveLength(1);
});

test("a decline is kept under its key", async () => {
  const { stripe } = await standIn();
  const saved = await customerWith(stripe, "pm_card_chargeCustomerFail");
  const first = await failure(chargeOffSession(stripe, saved, 900, { idempotencyKey: "attempt-3" }));
  const second = await failure(chargeOffSession(stripe, saved, 900, { idempotencyKey: "attempt-3" }));
  expect(second).toMatchObject({ statusCode: 402, charge: first.charge });
  expect(second.headers?.["idempotent-replayed"]).toBe("true");
});

test("a refusal before the work began is not kept", async () => {
  const { stripe } = await standIn();
  const wrong = { amount: 1, currency: "usd" };
  expect((await failure(stripe.paymentIntents.create(wrong, { idempotencyKey: "attempt-4" }))).code).toBe(
    "amount_too_small",
  );
  const right = await stripe.paymentIntents.create({ amount: 100, currency: "usd" }, { idempotencyKey: "attempt-4" });
  expect(right.status).toBe("requires_payment_method");
});

test("other parameters or another address under the same key are refused", async () => {
  const { stripe } = await standIn();
  await stripe.paymentIntents.create({ amount: 100, currency: "usd" }, { idempotencyKey: "attempt-5" });
  const otherAmount = await failure(
    stripe.paymentIntents.create({ amount: 101, currency: "usd" }, { idempotencyKey: "attempt-5" }),
  );
  expect(otherAmount).toMatchObject({ type: "StripeIdempotencyError", statusCode: 400, rawType: "idempotency_error" });
  expect((await failure(stripe.customers.create({}, { idempotencyKey: "attempt-5" }))).type).toBe(
    "StripeIdempotencyError",
  );
  expect((await failure(stripe.customers.create({}, { idempotencyKey: "k".repeat(256) }))).type).toBe(
    "StripeIdempotencyError",
  );
});

test("while the first request is under way, the second is refused with 409", async () => {
  const { stripe, control } = await standIn();
  await control("POST faults", { match: { method: "POST", path: "/v1/customers" }, delayMs: 300 });
  const first = stripe.customers.create({}, { idempotencyKey: "attempt-6" });
  await new Promise((resolve) => setTimeout(resolve, 60));
  const second = await failure(stripe.customers.create({}, { idempotencyKey: "attempt-6" }));
  expect(second).toMatchObject({ type: "StripeAPIError", statusCode: 409, code: "idempotency_key_in_use" });
  expect((await first).object).toBe("customer");
});

test("a key is forgotten after 24 hours of moved time", async () => {
  setClockForTests("2030-03-04T15:00:00Z");
  const { stripe, advance } = await standIn();
  const first = await stripe.customers.create({}, { idempotencyKey: "attempt-7" });
  await advance("23h");
  expect((await stripe.customers.create({}, { idempotencyKey: "attempt-7" })).id).toBe(first.id);
  await advance("1h");
  expect((await stripe.customers.create({}, { idempotencyKey: "attempt-7" })).id).not.toBe(first.id);
});
