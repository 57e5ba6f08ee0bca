import { beforeEach, expect, test } from "vitest";
import { systemDb } from "@/db/client";
import { cardTries } from "@/db/schema";
import { useTestDatabase } from "@/db/testing";
import { advanceClockForTests, now } from "@/lib/clock";
import { isId, newId } from "@/lib/ids";
import { useWorld } from "@/sandbox/testing/world";
import { call, company } from "../testing";

const { sql } = useTestDatabase();
const world = useWorld();
beforeEach(() => systemDb().delete(cardTries));

async function tenant() {
  const who = await company();
  const admin = await who.token("admin");
  const reporter = await who.token("service", ["usage:write"]);
  const subscriptionId: string = (await call("GET", "/subscriptions", { token: admin })).body.data[0].id;
  const post = (path: string, body: unknown) => call("POST", path, { token: admin, key: newId(), body });
  const report = (body: unknown) => call("POST", `/subscriptions/${subscriptionId}/usage`, { token: reporter, body });
  return { ...who, admin, subscriptionId, post, report };
}

type Refused = { status: number; body: { code: string; errors: { path: string; message: string }[] } };
const said = ({ status, body: { code, errors } }: Refused) => ({ status, code, paths: errors.map(({ path }) => path) });

test("a single report of usage is told of its own fields", async () => {
  const { report, subscriptionId } = await tenant();
  const one = { metric: "messages", quantity: 5 };
  const early = await report({ ...one, timestamp: "2020-01-01T00:00:00Z" });
  expect(said(early)).toEqual({ status: 422, code: "invalid_request", paths: ["timestamp"] });
  expect((await report({ ...one, id: "u1" })).body).toMatchObject({ recorded: 1, replayed: 0 });
  expect((await report({ ...one, id: "u1" })).body).toMatchObject({ recorded: 0, replayed: 1 });
  const reused = await report({ ...one, quantity: 6, id: "u1" });
  expect(said(reused)).toEqual({ status: 409, code: "usage_id_reused", paths: ["id"] });
  expect(reused.body.detail).toContain("u1");
  const batch = await report({
    events: [
      { ...one, id: "u2" },
      { ...one, metric: "api_calls", id: "u1" },
    ],
  });
  expect(said(batch)).toEqual({ status: 409, code: "usage_id_reused", paths: ["events.1.id"] });
  const capped = await report({ ...one, quantity: 1_000 });
  expect(said(capped)).toEqual({ status: 402, code: "quota_exceeded", paths: ["metric"] });
  const empty = await report({ ...one, id: "" });
  expect(said(empty)).toEqual({ status: 422, code: "invalid_request", paths: ["id"] });
  await sql`update subscriptions set status = 'paused', paused_at = ${now().toISOString()} where subscription_id = ${subscriptionId}`;
  expect(said(await report(one))).toEqual({ status: 409, code: "subscription_paused", paths: [] });
});

test("a body or query that is refused is told in plain words, changes nothing, and leaves its key free", async () => {
  const { token } = await tenant();
  const service = await token("service", ["balance:write"]);
  const member = await token("member");
  const key = newId();
  const debit = (raw: string | undefined) => call("POST", "/balance/debits", { token: service, key, raw });
  const told = ({ status, body: { code, errors } }: Refused) => [
    status,
    code,
    ...errors.map(({ path, message }) => `${path}: ${message}`),
  ];
  const refused: [string | undefined, string][] = [
    [undefined, "amount: is required, or `debits` in its place"],
    ["{}", "amount: is required, or `debits` in its place"],
    ["[]", ": the body must be a JSON object, not an array"],
    ["null", ": the body must be a JSON object, not null"],
    ["5", ": the body must be a JSON object, not a number"],
    ['"amount"', ": the body must be a JSON object, not a string"],
    ['{"amount":"1","amount":"2"}', "amount: is given more than once"],
    ['{"debits":[{"id":"a","amount":"1","id":"b"}]}', "debits.0.id: is given more than once"],
    ['{"amount":"1","debits":[]}', "debits: cannot be given together with `amount`: it is one or the other"],
    ['{"amount":"1","description":""}', "description: must not be empty"],
    ['{"amount":"1","metadata":{"a":5}}', "metadata.a: must be a string, not a number"],
  ];
  for (const [raw, message] of refused) expect(told(await debit(raw))).toEqual([422, "invalid_request", message]);

  const asked = ["limit=x", "limit=5&limit=6", "status=late", "from=today", "page=2"].map(
    (query) => `/invoices?${query}`,
  );
  const answers = await Promise.all(asked.map((target) => call("GET", target, { token: member })));
  expect(answers.map((each) => told(each)[2])).toEqual([
    "limit: must be a whole number",
    "limit: is given more than once",
    "status: must be one or more of draft, open, paid, void, uncollectible, with commas between",
    "from: must be an RFC 3339 time such as 2026-11-21T09:30:00Z",
    "page: is not a field of this request",
  ]);

  expect((await call("GET", "/balance/entries", { token: member })).body.data).toEqual([]);
  expect(
    told(await call("POST", "/balance/adjustments", { token: await token("operator", [], "operator"), key })),
  ).toEqual([422, "invalid_request", "tenantId: is required", "amount: is required", "reason: is required"]);
  expect(await debit('{"amount":"1"}')).toMatchObject({ status: 200, body: { balance: "-1.00", posted: 1 } });
});

test("a payment method that is not the tenant's is refused alike, wherever it is named", async () => {
  const { admin, post } = await tenant();
  const lineItems = [{ description: "Onboarding", quantity: 1, unitAmount: "10.00" }];
  const invoice = (await post("/invoices", { lineItems, finalize: true })).body.id;
  const paymentMethodId = "pm_bogus";
  const answers = [
    await post("/payment-methods", { paymentMethodId }),
    await post("/payment-methods", { paymentMethodId: "bogus" }),
    await post("/subscriptions", { plan: "starter", paymentMethodId }),
    await post(`/invoices/${invoice}/pay`, { paymentMethodId }),
    await call("PUT", "/balance/auto-recharge", { token: admin, body: { paymentMethodId } }),
  ];
  for (const answer of answers)
    expect(said(answer)).toEqual({ status: 404, code: "not_found", paths: ["paymentMethodId"] });
});

test("numbers are refused by their field and the rule that they break", async () => {
  const { admin, post } = await tenant();
  const item = { description: "Onboarding", quantity: 1, unitAmount: "10.00" };
  const first = async (changed: object) =>
    (await post("/invoices", { lineItems: [item, { ...item, ...changed }] })).body;
  const at = (field: string, message: string) => ({ errors: [{ path: `lineItems.1.${field}`, message }] });
  const lineItems = [item, { ...item, unitAmount: "HERE" }];
  const raw = JSON.stringify({ lineItems, memo: '1e30 "' }).replace('"HERE"', "1e+30");
  expect((await call("POST", "/invoices", { token: admin, raw })).body).toMatchObject(
    at("unitAmount", "must be written without an exponent"),
  );
  expect(await first({ unitAmount: "99999999999999999" })).toMatchObject(
    at("unitAmount", "must be at most 10000000000.00"),
  );
  expect(await first({ quantity: "0.0000001" })).toMatchObject(at("quantity", "must have at most 6 decimals"));
  expect(await first({ quantity: "0.000000" })).toMatchObject(at("quantity", "must be above zero"));
  expect(await first({ quantity: 1_000_000_001 })).toMatchObject(at("quantity", "must be at most 1000000000"));
  expect(await first({ quantity: "one" })).toMatchObject(at("quantity", "must be a number such as 2 or 1.5"));
  const huge = await first({ quantity: 1_000_000_000, unitAmount: "9999999.00" });
  expect(huge.errors).toEqual([{ path: "lineItems.1", message: "must come to at most 9999999999.99" }]);
});

test("a range of days has its last day in it, and does not run backwards; a filter is one field", async () => {
  const { tenantId, token, admin } = await tenant();
  const operator = await token("operator", [], "operator");
  const body = { tenantId, amount: "25.00", reason: "Goodwill" };
  await call("POST", "/balance/adjustments", { token: operator, key: newId(), body });
  const today = now().toISOString().slice(0, 10);
  const list = (query: string) => call("GET", `/transactions?${query}`, { token: admin });
  const whole = (await list(`from=${today}&to=${today}`)).body.data;
  expect(whole).toHaveLength(1);
  // The caller's key is nobody else's business.
  expect(isId(whole[0].sourceId)).toBe(true);
  const summary = await call("GET", `/transactions/summary/day?from=${today}&to=${today}`, { token: admin });
  expect(summary.body.data).toMatchObject([{ total: { count: 1, amount: "25.00" } }]);
  expect((await list(`from=${today}T00:00:00Z&to=${today}T00:00:00Z`)).body.data).toEqual([]);
  const backwards = { status: 422, code: "invalid_request", paths: ["from"] };
  for (const path of ["transactions", "transactions/export/csv", "transactions/summary/day", "invoices"])
    expect(said(await call("GET", `/${path}?from=2026-12-01&to=2026-11-01`, { token: admin }))).toEqual(backwards);
  expect(said(await list("type=foo"))).toEqual({ status: 422, code: "invalid_request", paths: ["type"] });
  expect(said(await list("type=payment,foo&status=")).paths).toEqual(["type", "status"]);
});

test("an invoice that Stripe does not take leaves nothing behind, and a draft as it was", async () => {
  const { tenantId, admin, post } = await tenant();
  const hours = { description: "Hours", quantity: 1, unitAmount: "50.00" };
  const lineItems = [hours, { description: "A ship", quantity: 1, unitAmount: "1000000.00" }];
  const atOnce = await post("/invoices", { lineItems, finalize: true });
  expect({ status: atOnce.status, code: atOnce.body.code }).toEqual({ status: 422, code: "invalid_request" });
  expect((await call("GET", "/invoices", { token: admin })).body.data).toEqual([]);

  const { id } = (await post("/invoices", { lineItems })).body;
  const rows = () => sql`select * from invoices where invoice_id = ${id}`;
  const before = await rows();
  advanceClockForTests(60_000);
  expect((await post(`/invoices/${id}/finalize`, {})).status).toBe(422);
  expect(await rows()).toEqual(before);

  const edited = { lineItems: [{ ...hours, unitAmount: "10.00" }] };
  expect((await call("PATCH", `/invoices/${id}`, { token: admin, body: edited })).status).toBe(200);
  advanceClockForTests(60_000);
  expect((await post(`/invoices/${id}/finalize`, {})).body).toMatchObject({ status: "open", total: "10.00" });
  const { data } = await world.stripeSdk.invoices.list();
  const ours = data.filter(({ metadata }) => metadata?.evenkeel_tenant === tenantId);
  expect(ours.map(({ status, total }) => [status, total])).toEqual([["open", 1_000]]);
});
