import { describe, expect, test } from "vitest";
import type { Change } from "./changes";
import { check } from "./checks";
import { type Document, readDescription } from "./description";
import type { FuzzRequest } from "./request";
import type { Answer } from "./wire";

const amount = { type: "object", properties: { amount: { type: "string" } }, required: ["amount"] };
const problem = (description: string) => ({
  description,
  content: { "application/problem+json": { schema: { type: "object" } } },
});
const description = readDescription({
  paths: {
    "/debits": {
      description: "what holds for every method",
      post: {
        requestBody: { content: { "application/json": { schema: amount } } },
        responses: {
          "200": { description: "Done", content: { "application/json": { schema: amount } } },
          "409": problem("`in_use`, `reused`"),
        },
      },
    },
  },
  components: { schemas: { Problem: { type: "object", required: ["status", "code", "requestId"] } } },
} satisfies Document);

const asked: FuzzRequest = {
  operation: description.operations[0] ?? null,
  method: "POST",
  target: "/api/v1/billing/debits",
  headers: {},
  body: Buffer.from("{}"),
  delivery: "length",
  caller: { name: "acme", tenantId: "acme", role: "admin", isAble: true, headers: {} },
  namedTenant: null,
  wrong: null,
};
const answer = (status: number, body: unknown, more: Partial<Answer> = {}): Answer => ({
  status,
  headers: { "content-type": status < 400 ? "application/json" : "application/problem+json", "x-request-id": "r" },
  text: JSON.stringify(body),
  ms: 5,
  ...more,
});
const good = answer(200, { amount: "1.00" });
const refused = answer(409, { status: 409, code: "in_use", requestId: "r" });
const change: Change = { table: "ledger_holds", operation: "INSERT", tenantId: "acme", columns: [], rows: 1 };
const found = (of: Answer | null, changes: Change[] = [], request: Partial<FuzzRequest> = {}) =>
  check({ ...asked, ...request }, of, changes, description).join("; ");

test("nothing is said of what is as it should be", () => {
  expect(found(good, [change])).toBe("");
  expect(found(refused)).toBe("");
  expect(found(null, [], { delivery: "cut" })).toBe("");
});

describe("what is found", () => {
  test.each([
    ["a failure of ours", answer(500, { code: "internal" }), /^500/],
    ["no answer", null, /^no answer$/],
    ["a slow one", { ...good, ms: 6_000 }, /after 6000 ms/],
    ["a stack", answer(409, { ...JSON.parse(refused.text), detail: "x\n    at run (/app/run.js:1:2)" }), /the inside/],
    ["a code that is not documented", answer(409, { status: 409, code: "other", requestId: "r" }), /not documented/],
    ["a status that is not documented", answer(402, { status: 402, code: "x", requestId: "r" }), /not documented/],
    ["another success", answer(201, { amount: "1.00" }), /201 is not documented/],
    ["another body", answer(200, { amount: 1 }), /otherwise than documented/],
    ["a refusal that is none", answer(409, "no"), /no Problem/],
    ["another request's id", answer(409, { status: 409, code: "in_use", requestId: "x" }), /another request's id/],
    ["another status in the body", answer(409, { status: 400, code: "in_use", requestId: "r" }), /says 400/],
    ["a refusal of another kind", { ...refused, headers: { "x-request-id": "r" } }, /a refusal as ""/],
    ["no id", { ...good, headers: { "content-type": "application/json" } }, /without X-Request-Id/],
  ])("%s", (_what, of, expected) => {
    expect(found(of)).toMatch(expected);
  });

  test("a row that changed though it was refused, or broken off, or only asked", () => {
    expect(found(refused, [change])).toMatch(/^refused \(in_use\), but INSERT of 1 in ledger_holds$/);
    expect(found(null, [change], { delivery: "cut" })).toMatch(/cut off/);
    expect(found(good, [change], { method: "GET" })).toMatch(/only asked/);
  });

  test("not what is meant to be kept of a refusal", () => {
    expect(found(refused, [{ ...change, table: "idempotency_keys" }])).toBe("");
    const used = { ...change, table: "api_tokens", operation: "UPDATE", columns: ["last_used_at"] };
    expect(found(refused, [used])).toBe("");
    expect(found(refused, [{ ...used, columns: ["last_used_at", "scopes"] }])).toMatch(/api_tokens/);
  });

  test("another tenant's row, whatever the answer was", () => {
    const others = { ...change, tenantId: "globex" };
    expect(found(good, [others])).toMatch(/another tenant's/);
    const operator = { ...asked.caller, role: "operator" as const };
    expect(found(good, [others], { caller: operator })).toMatch(/another tenant's/);
    expect(found(good, [others], { caller: operator, namedTenant: "globex" })).toBe("");
  });

  test("what was accepted though the description does not allow it", () => {
    expect(found(good, [], { wrong: "the body is not what the description allows" })).toMatch(/accepted although/);
  });
});
