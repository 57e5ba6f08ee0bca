import { expect, test } from "vitest";
import { chargeOffSession, customerWith, failure, standIn } from "../testing/stand-in";

const CREATE = { method: "POST", path: "/v1/payment_intents" };

test("reset_before: nothing was done", async () => {
  const { stripe, control } = await standIn();
  const saved = await customerWith(stripe, "pm_card_visa");
  // The SDK repeats a reset connection once even when told not to retry.
  await control("POST faults", { match: CREATE, times: 2, do: "reset_before" });
  expect((await failure(chargeOffSession(stripe, saved))).type).toBe("StripeConnectionError");
  expect((await stripe.paymentIntents.list()).data).toEqual([]);
  expect((await chargeOffSession(stripe, saved)).status).toBe("succeeded");
});

test("a fault that names a customer waits for that customer's request", async () => {
  const { stripe, control } = await standIn();
  const [one, other] = [await customerWith(stripe, "pm_card_visa"), await customerWith(stripe, "pm_card_visa")];
  await control("POST faults", { match: { ...CREATE, customer: one.customer }, times: 2, do: "reset_before" });
  expect((await chargeOffSession(stripe, other)).status).toBe("succeeded");
  expect((await failure(chargeOffSession(stripe, one))).type).toBe("StripeConnectionError");
  expect((await chargeOffSession(stripe, one)).status).toBe("succeeded");
});

test("reset_after: the work was done, the same key tells it", async () => {
  const { stripe, control } = await standIn();
  const saved = await customerWith(stripe, "pm_card_visa");
  await control("POST faults", { match: CREATE, times: 2, do: "reset_after" });
  expect((await failure(chargeOffSession(stripe, saved, 900, { idempotencyKey: "lost" }))).type).toBe(
    "StripeConnectionError",
  );
  const [made] = (await stripe.paymentIntents.list()).data;
  expect(made?.status).toBe("succeeded");
  expect((await chargeOffSession(stripe, saved, 900, { idempotencyKey: "lost" })).id).toBe(made?.id);
  const { data } = await control<{ data: { status: number | null; idempotencyKey: string | null }[] }>("GET requests");
  expect(data.filter((request) => request.idempotencyKey === "lost").map((request) => request.status)).toEqual([
    null,
    null,
    200,
  ]);
});

test("timeout_after: silence, and one charge", async () => {
  const { stripe, control } = await standIn();
  const saved = await customerWith(stripe, "pm_card_visa");
  await control("POST faults", { match: { ...CREATE, idempotencyKey: "attempt-*" }, do: "timeout_after" });
  const error = await failure(chargeOffSession(stripe, saved, 900, { idempotencyKey: "attempt-9", timeout: 300 }));
  expect(error.type).toBe("StripeConnectionError");
  expect((await stripe.charges.list()).data).toHaveLength(1);
});

test("a 500 is kept under its key, a 429 and a 409 are not", async () => {
  const { stripe, control } = await standIn();
  await control("POST faults", { match: { path: "/v1/customers" }, do: "status", status: 500 });
  expect(await failure(stripe.customers.create({}, { idempotencyKey: "five" }))).toMatchObject({
    type: "StripeAPIError",
    statusCode: 500,
  });
  const again = await failure(stripe.customers.create({}, { idempotencyKey: "five" }));
  expect([again.statusCode, again.headers?.["idempotent-replayed"]]).toEqual([500, "true"]);

  await control("POST faults", { match: { path: "/v1/customers" }, do: "status", status: 429 });
  expect(await failure(stripe.customers.create({}, { idempotencyKey: "four" }))).toMatchObject({
    type: "StripeRateLimitError",
    code: "rate_limit",
  });
  expect((await stripe.customers.create({}, { idempotencyKey: "four" })).object).toBe("customer");

  await control("POST faults", { match: { path: "/v1/customers" }, do: "status", status: 409 });
  expect(await failure(stripe.customers.create({}))).toMatchObject({ statusCode: 409, code: "idempotency_key_in_use" });
});

test("lock_timeout is repeated by the SDK itself", async () => {
  const { stripe, control } = await standIn({ retries: 1 });
  await control("POST faults", { match: { path: "/v1/customers" }, do: "status", status: 429, code: "lock_timeout" });
  expect((await stripe.customers.create({})).object).toBe("customer");
});

test("a second change to an object that is being changed meets its lock", async () => {
  const { stripe, control } = await standIn();
  const { id } = await stripe.customers.create({});
  await control("POST faults", { match: { path: "/v1/customers/:id" }, delayMs: 300 });
  const slow = stripe.customers.update(id, { description: "first" });
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(await failure(stripe.customers.update(id, { description: "second" }))).toMatchObject({
    statusCode: 429,
    code: "lock_timeout",
  });
  expect((await slow).description).toBe("first");
});

test("what makes no sense is refused", async () => {
  const { control } = await standIn();
  for (const body of [{}, { do: "explode" }, { do: "status" }, { match: { verb: "GET" }, do: "reset_before" }]) {
    await expect(control("POST faults", body)).rejects.toThrow("400");
  }
});

test("reset empties the account and keeps the first endpoint", async () => {
  const { stripe, control } = await standIn({ webhookUrl: "http://127.0.0.1:9/", webhookSecret: "whsec_x" });
  await stripe.customers.create({});
  await control("POST reset");
  expect((await stripe.customers.list()).data).toEqual([]);
  expect((await stripe.events.list()).data).toEqual([]);
  expect((await stripe.webhookEndpoints.list()).data).toHaveLength(1);
});
