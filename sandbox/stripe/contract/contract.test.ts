import { expect, test } from "vitest";
import type { Exchange, Inspector } from "../http/inspector";
import { openContract } from "./contract";
import { watched } from "./testing/watched";
import { describe as inWords } from "./violations";

/** What the contract says of something, in words. */
async function objections(show: (contract: Inspector) => void): Promise<string[]> {
  const found: string[] = [];
  show(await openContract((violation) => found.push(inWords(violation))));
  return found;
}

type Json = Record<string, unknown>;

function changed(exchange: Exchange, change: (body: Json) => void): Exchange {
  const body = JSON.parse(exchange.body) as Json;
  change(body);
  return { ...exchange, body: JSON.stringify(body) };
}

const seen = await watched();
const created = seen.exchange("POST", "/v1/payment_intents");
const retrieved = seen.exchange("GET", "/v1/payment_intents/");
const at = "POST /v1/payment_intents (PaymentIntent.create)";

test("what the stand-in said is right as it is", async () => {
  const all = [created, retrieved, seen.exchange("GET", "/v1/customers"), seen.exchange("DELETE", "/v1/customers/")];
  expect(
    await objections((contract) => {
      for (const exchange of all) contract.answered(exchange);
      contract.emitted(seen.event("charge.succeeded"));
    }),
  ).toEqual([]);
});

test.each<[string, (body: Json) => void, string]>([
  [
    "a status that Stripe does not have",
    (body) => Object.assign(body, { status: "suceeded" }),
    '.status: "suceeded" must be "canceled"',
  ],
  ["a missing field", (body) => delete body.amount_received, ".amount_received: is missing"],
  ["an unknown field", (body) => Object.assign(body, { invoice: null }), ".invoice: null Stripe has no such member"],
  ["part of a cent", (body) => Object.assign(body, { amount: 10.5 }), ".amount: 10.5 must be integer"],
  [
    "null where there is always something",
    (body) => Object.assign(body, { created: null }),
    ".created: null must be integer",
  ],
  [
    "a field far inside",
    (body) => Object.assign(body.amount_details as Json, { tips: 1 }),
    ".amount_details.tips: 1 Stripe has no such member",
  ],
  [
    "an object of another kind",
    (body) => Object.assign(body, { payment_method: { object: "charge", id: "ch_1" } }),
    '.payment_method.object: "charge" must be "payment_method"',
  ],
])("%s is found in an answer", async (_title, change, expected) => {
  const found = await objections((contract) => contract.answered(changed(created, change)));
  expect(found.join("\n")).toContain(`answer of ${at} · payment_intent${expected}`);
});

test("expanded objects are held to their own type", async () => {
  const found = await objections((contract) =>
    contract.answered(changed(retrieved, (body) => Object.assign(body.latest_charge as Json, { paid: "yes" }))),
  );
  expect(found).toEqual([
    'answer of GET /v1/payment_intents/:id (PaymentIntent.retrieve) · charge.paid: "yes" must be boolean',
  ]);
});

test("a list of something else is found", async () => {
  const wrong = changed(seen.exchange("GET", "/v1/customers"), (body) =>
    Object.assign(body, { data: [{ object: "charge" }] }),
  );
  const found = await objections((contract) => contract.answered(wrong));
  expect(found).toContain(
    'answer of GET /v1/customers (Customer.list) · answer.data[0].object: "charge" must be "customer"',
  );
});

test("a deleted object may only come where Stripe sends one", async () => {
  const deleted = seen.exchange("DELETE", "/v1/customers/");
  expect(await objections((contract) => contract.answered({ ...deleted, method: "GET" }))).toEqual([]);
  expect(await objections((contract) => contract.answered({ ...deleted, method: "POST" }))).toEqual([
    "answer of POST /v1/customers/:id (Customer.update) · answer.deleted: true must not be here",
  ]);
});

test("an error without its message, and one with a code that Stripe does not have, are found", async () => {
  const refused = { ...created, status: 400, body: '{"error": {"type": "invalid_request_error", "code": "oops"}}' };
  const found = await objections((contract) => contract.answered(refused));
  expect(found).toContain(`answer of ${at} · answer.error.message: is missing`);
  expect(found.join()).toContain('answer.error.code: "oops" must be');
});

test.each<[string, Exchange["params"], string]>([
  ["an unknown parameter", { colour: "red" }, 'parameters.colour: "red" Stripe has no such member'],
  [
    "an unknown parameter inside another",
    { payment_method_options: { card: { x: "1" } } },
    'card.x: "1" Stripe has no such member',
  ],
  ["part of a cent", { amount: "10.5" }, 'parameters.amount: "10.5" must be text like ^-?\\d+$'],
  ["a choice that is none", { capture_method: "later" }, 'parameters.capture_method: "later" must be "automatic"'],
  ["what is not allowed any more", { payment_method_types: ["card"] }, "parameters.payment_method_types"],
])("%s in a request that was accepted is found", async (_title, params, expected) => {
  const given = { ...created, params: { ...created.params, ...params } };
  const found = await objections((contract) => contract.answered(given));
  expect(found.join("\n")).toContain(`request ${at}`);
  expect(found.join("\n")).toContain(expected);
});

test("a request that names no version may use what the older one had, and nothing else", async () => {
  const older = { ...created, version: null, params: { ...created.params, payment_method_types: ["card"] } };
  expect(await objections((contract) => contract.answered(older))).toEqual([]);
  const promotion = { method: "POST", path: "/v1/promotion_codes", params: { coupon: "half" }, version: null };
  expect(
    await objections((contract) => contract.answered({ ...seen.exchange("GET", "/v1/customers"), ...promotion })).then(
      (found) => found.filter((line) => line.startsWith("request")),
    ),
  ).toEqual([]);
  const wrong = { ...older, params: { ...older.params, colour: "red" } };
  expect(await objections((contract) => contract.answered(wrong))).toHaveLength(1);
});

test("a request that was refused may have asked anything", async () => {
  const body = '{"error": {"type": "invalid_request_error", "message": "no", "code": "parameter_unknown"}}';
  const refused = { ...created, params: { colour: "red" }, status: 400, body };
  expect(await objections((contract) => contract.answered(refused))).toEqual([]);
});

test("an address that Stripe does not have is found", async () => {
  const found = await objections((contract) => contract.answered({ ...created, path: "/v1/payment_intentions" }));
  expect(found).toContain("POST /v1/payment_intentions: Stripe has no such address");
});

test("an event with the object of another, and an event that Stripe does not have, are found", async () => {
  const event = seen.event("charge.succeeded");
  const other = { ...event, data: { object: seen.event("customer.created").data.object } };
  expect(await objections((contract) => contract.emitted(other))).toContain(
    'event charge.succeeded · event.data.object.object: "customer" must be "charge"',
  );
  expect(await objections((contract) => contract.emitted({ ...event, type: "charge.succeded" }))).toEqual([
    "event charge.succeded · event: Stripe has no such object",
  ]);
});

test("old values tell a part, and null for what was not there, but nothing that cannot be", async () => {
  const { data, ...event } = seen.event("customer.created");
  const updated = (old: object) => ({
    ...event,
    type: "customer.updated",
    data: { ...data, previous_attributes: old },
  });
  const before = { invoice_settings: { default_payment_method: null }, metadata: { team: null }, name: null };
  expect(await objections((contract) => contract.emitted(updated(before)))).toEqual([]);
  const wrong = { invoice_settings: { default: "pm_1" }, balance: "0" };
  expect((await objections((contract) => contract.emitted(updated(wrong)))).sort()).toEqual([
    'event customer.updated · event.data.previous_attributes.balance: "0" must be integer or null',
    'event customer.updated · event.data.previous_attributes.invoice_settings.default: "pm_1" Stripe has no such member',
  ]);
});

test("a browser is shown a part of an intent: nothing need be there, but nothing may be wrong", async () => {
  const part = (more: object): Exchange => ({
    ...retrieved,
    publishable: true,
    body: JSON.stringify({ id: "pi_1", object: "payment_intent", ...more }),
  });
  expect(await objections((contract) => contract.answered(part({})))).toEqual([]);
  expect(await objections((contract) => contract.answered(part({ status: "done" })))).toHaveLength(1);
});
