import Ajv, { type ValidateFunction } from "ajv";
import fc from "fast-check";
import { expect, test } from "vitest";
import { ContractCache } from "./cache";
import { complaints } from "./complaints";
import type { JsonSchema } from "./schema/json-schema";
import { kindOf } from "./schema/kinds";
import { watched } from "./testing/watched";

const cache = await ContractCache.open();
const { events, exchange } = await watched();
const request = exchange("POST", "/v1/payment_intents");

const schemaOf = (name: string): JsonSchema => cache.schema(name) ?? expect.fail(`no schema of ${name}`);
const samples = [
  { name: "params POST /v1/payment_intents", value: request.params as object },
  { name: "response GET /v1/customers", value: JSON.parse(exchange("GET", "/v1/customers").body) as object },
  ...events.flatMap((event) => [event, event.data.object]).map((value) => ({ name: `object ${kindOf(value)}`, value })),
];

const ajv = new Ajv({ strict: false, validateSchema: false });
const compiled = new Map<string, ValidateFunction>();
function ajvOf(name: string): ValidateFunction {
  const validate = compiled.get(name) ?? ajv.compile(schemaOf(name));
  compiled.set(name, validate);
  return validate;
}

const OTHER_VALUES = [null, 0, 1.5, -3, "", "12", "1.5", "true", "automatic", true, {}, [], [1], { object: "charge" }];
const otherwise = fc.oneof(
  fc.record({ do: fc.constant("set" as const), to: fc.constantFrom<unknown>(...OTHER_VALUES) }),
  fc.record({ do: fc.constantFrom("remove" as const, "add" as const) }),
);
type Change = typeof otherwise extends fc.Arbitrary<infer T> ? T : never;

/** Every object and list in a value, itself included. */
function containers(value: unknown): object[] {
  if (typeof value !== "object" || value === null) return [];
  return [value, ...Object.values(value).flatMap(containers)];
}

/** The sample with something in it, anywhere, that may be wrong. */
function changed(value: object, at: number, change: Change): object {
  const copy = structuredClone(value);
  const all = containers(copy).filter((container) => Object.keys(container).length > 0);
  const names = all.flatMap((container) => Object.keys(container).map((name) => [container, name] as const));
  const [container, name] = names[at % names.length] ?? expect.fail("an empty sample");
  if (change.do === "set") Reflect.set(container, name, change.to);
  else if (change.do === "add") Reflect.set(container, `${name}_2`, "x");
  else Reflect.deleteProperty(container, name);
  return copy;
}

test("what was said is right for both", () => {
  for (const { name, value } of samples) {
    expect(complaints(schemaOf(name), value)).toEqual([]);
    expect(ajvOf(name)(value)).toBe(true);
  }
});

test("objects to exactly what Ajv objects to", () => {
  let wrong = 0;
  const anySample = fc.constantFrom(...samples);
  fc.assert(
    fc.property(anySample, fc.nat(), otherwise, ({ name, value }, at, change) => {
      const other = changed(value, at, change);
      const right = ajvOf(name)(other);
      wrong += right ? 0 : 1;
      expect(complaints(schemaOf(name), other).length === 0).toBe(right);
    }),
    { numRuns: 3_000 },
  );
  expect(wrong).toBeGreaterThan(500);
}, 60_000);
