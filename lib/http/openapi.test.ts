import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { ERROR_CODES } from "@/lib/errors";
import { endpointDoc } from "./docs";
import { openApiDocument } from "./openapi";
import { ENDPOINTS } from "./registry";
import { formsOf } from "./schema-fields";

type Operation = {
  operationId: string;
  security: object[];
  parameters?: { name: string; in: string; required: boolean }[];
  requestBody?: { content: Record<string, { schema: object; example?: unknown }> };
  responses: Record<string, { content?: Record<string, { schema: { $ref?: string } }> }>;
};
const document = JSON.parse(JSON.stringify(openApiDocument(ENDPOINTS))) as {
  openapi: string;
  paths: Record<string, Record<string, Operation | string>>;
  components: { schemas: Record<string, object>; responses: Record<string, object> };
};
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).flatMap(([method, operation]) =>
    typeof operation === "string" ? [] : [{ path, method, operation }],
  ),
);
const ajv = new Ajv2020({ strict: false, validateFormats: false });

test("describes every endpoint once, under an id of its own", () => {
  expect(document.openapi).toBe("3.1.0");
  expect(operations).toHaveLength(ENDPOINTS.length);
  expect(new Set(operations.map((each) => each.operation.operationId)).size).toBe(ENDPOINTS.length);
});

test("every schema is one, and every example fits its schema", () => {
  for (const { operation } of operations) {
    const { schema, example } = operation.requestBody?.content["application/json"] ?? {};
    if (schema)
      expect({ id: operation.operationId, valid: example === undefined || ajv.validate(schema, example) }).toEqual({
        id: operation.operationId,
        valid: true,
      });
    for (const response of Object.values(operation.responses)) {
      for (const { schema: answer } of Object.values(response.content ?? {})) {
        if (answer.$ref) expect(document.components.schemas).toHaveProperty(answer.$ref.split("/").at(-1) ?? "");
        else expect(() => ajv.compile(answer)).not.toThrow();
      }
    }
  }
});

test("answers that do not hang on what an endpoint does are described for all of them", () => {
  for (const { path, operation } of operations.filter(({ operation }) => operation.security.length > 0))
    expect({ path, has: Object.keys(operation.responses) }).toEqual({
      path,
      has: expect.arrayContaining(["401", "403", "404", "422", "429", "500"]),
    });
  for (const [path, { description }] of Object.entries(document.paths))
    expect({ path, description }).toEqual({ path, description: expect.stringContaining("405 `method_not_allowed`") });
  expect(document.paths["/balance/auto-recharge"]?.description).toContain("GET, PUT, HEAD, OPTIONS");
  expect(document.components.responses).toHaveProperty("MethodNotAllowed");
});

test("what is in the path is a parameter, and the key of calls that move money is required", () => {
  for (const { path, method, operation } of operations) {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]);
    expect(operation.parameters?.filter((p) => p.in === "path").map((p) => p.name) ?? []).toEqual(named);
    const endpoint = ENDPOINTS.find((each) => each.path === path && each.method.toLowerCase() === method);
    const key = operation.parameters?.find((p) => p.name === "Idempotency-Key");
    expect({ path, required: key?.required ?? false }).toEqual({ path, required: endpoint?.movesMoney ?? false });
  }
});

test("unknown fields are refused in the description too", () => {
  const post = operations.find(({ operation }) => operation.operationId === "postBalanceDebits")?.operation;
  const debits = post?.requestBody?.content["application/json"]?.schema ?? {};
  expect(ajv.validate(debits, { amount: "1.00" })).toBe(true);
  expect(ajv.validate(debits, { amount: "1.00", nonsense: 1 })).toBe(false);
  expect(ajv.validate(debits, { debits: [{ id: "a", amount: 1 }] })).toBe(true);
  expect(ajv.validate(debits, { debits: [] })).toBe(false);
});

test("the readable page knows every refusal it links to", () => {
  for (const doc of ENDPOINTS.map(endpointDoc))
    for (const code of doc.refusals) expect(Object.keys(ERROR_CODES)).toContain(code);
});

test("fields are listed by path, lists with brackets, alternatives apart", () => {
  const item = {
    type: "object",
    properties: { id: { type: "string" }, note: { anyOf: [{ type: "string" }, { type: "null" }] } },
    required: ["id"],
  };
  expect(
    formsOf({
      anyOf: [
        { type: "object", properties: { rows: { type: "array", items: item } } },
        { type: "object", properties: { n: { type: "integer", default: 20 } } },
      ],
    }),
  ).toEqual([
    [
      { path: "rows", type: "object[]", required: false, description: null },
      { path: "rows[].id", type: "string", required: true, description: null },
      { path: "rows[].note", type: "string | null", required: false, description: null },
    ],
    [{ path: "n", type: "integer", required: false, description: "Default: 20" }],
  ]);
});
