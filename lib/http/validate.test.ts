import { describe, expect, test } from "vitest";
import { z } from "zod";
import { AppError, type FieldError } from "@/lib/errors";
import { toCurrency } from "@/lib/money/currency";
import { description, externalId, instant, metadata, oneOrMore } from "./fields";
import { pageQuery } from "./lists";
import { moneyIn } from "./money";
import { schemaJson } from "./openapi";
import { ENDPOINTS } from "./registry";
import type { JsonSchema } from "./schema-fields";
import { validate } from "./validate";

/** What is said about input, a line for each field: `path: message`. */
function said(work: () => unknown): string[] {
  try {
    work();
    return [];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    expect(error.code).toBe("invalid_request");
    return (error.options.fields ?? []).map(({ path, message }) => `${path}: ${message}`);
  }
}
const about = (schema: z.ZodType, input: unknown) => said(() => validate(schema, input));

const usd = moneyIn(toCurrency("USD"));

describe("one field", () => {
  const long = "x".repeat(501);
  test.each<[z.ZodType, unknown, string]>([
    [z.string(), undefined, "is required"],
    [z.enum(["a", "b"]), undefined, "is required"],
    [usd.positive(), undefined, "is required"],
    [instant, undefined, "is required"],
    [z.strictObject({}), undefined, "is required"],
    [z.string(), 5, "must be a string, not a number"],
    [z.string(), null, "must be a string, not null"],
    [z.string(), true, "must be a string, not true"],
    [z.string(), [], "must be a string, not an array"],
    [z.string(), {}, "must be a string, not an object"],
    [z.boolean(), "yes", "must be true or false, not a string"],
    [z.int(), "1", "must be a whole number, not a string"],
    [z.int(), 1.5, "must be a whole number"],
    [z.number(), "1", "must be a number, not a string"],
    [z.strictObject({}), [], "must be an object, not an array"],
    [z.array(z.string()), {}, "must be an array, not an object"],
    [z.tuple([z.int(), z.int()]), 5, "must be an array, not a number"],
    [z.record(z.string(), z.string()), "a", "must be an object, not a string"],
    [
      z.union([z.string(), z.number(), z.boolean()]),
      {},
      "must be a string or a number or true or false, not an object",
    ],
    [description, "", "must not be empty"],
    [description, "  ", "must not be empty"],
    [description, long, "must be at most 500 characters"],
    [z.string().min(3), "a", "must be at least 3 characters"],
    [z.string().length(1), "ab", "must be exactly 1 character"],
    [z.array(z.int()).min(1), [], "must not be empty"],
    [z.array(z.int()).min(2), [1], "must have at least 2 items"],
    [z.array(z.int()).max(1), [1, 2], "must have at most 1 item"],
    [z.tuple([z.int(), z.int()]), [1], "must have at least 2 items"],
    [z.tuple([z.int(), z.int()]), [1, 2, 3], "must have at most 2 items"],
    [z.int().min(1), 0, "must be at least 1"],
    [z.int().max(365), 366, "must be at most 365"],
    [z.number().positive(), 0, "must be greater than 0"],
    [z.number().lt(5), 5, "must be less than 5"],
    [z.number().multipleOf(5), 6, "must be a multiple of 5"],
    [z.date().min(new Date(0)), new Date(-1), "must not be before 1970-01-01T00:00:00.000Z"],
    [z.enum(["a", "b", "c"]), "d", "must be one of a, b, c"],
    [z.literal("a"), "d", "must be a"],
    [z.uuid(), "x", "must be a UUID"],
    [z.email(), "x", "must be an email address"],
    [z.url(), "x", "must be a URL such as https://example.com"],
    [z.iso.datetime(), "x", "must be an RFC 3339 time such as 2026-11-21T09:30:00Z"],
    [z.iso.date(), "x", "must be a date such as 2026-11-21"],
    [z.string().startsWith("pm_"), "x", 'must start with "pm_"'],
    [z.string().regex(/^a$/), "x", "must match the pattern /^a$/"],
    [z.cuid2(), "!", "must be of the format cuid2"],
    // What schemas say themselves stays.
    [usd.positive(), { wrong: true }, 'must be a decimal such as "50.00"'],
    [usd.positive(), "1.234", "must have at most 2 decimals in USD"],
    [instant, "yesterday", "must be an RFC 3339 time such as 2026-11-21T09:30:00Z"],
    [instant, 5, "must be an RFC 3339 time such as 2026-11-21T09:30:00Z"],
    [externalId, "a\nb", "must not contain control characters"],
    [oneOrMore(["a", "b"]), "c", "must be one or more of a, b, with commas between"],
  ])("%# of %o", (schema, input, message) => {
    expect(about(z.strictObject({ field: schema }), { field: input })).toEqual([`field: ${message}`]);
    if (input !== undefined)
      expect(about(z.strictObject({ list: z.array(schema) }), { list: [input] })).toEqual([`list.0: ${message}`]);
  });

  test("names of free choice", () => {
    const named = z.strictObject({ metadata });
    const long = "k".repeat(41);
    expect(about(named, { metadata: { [long]: "v", b: "v".repeat(501), c: 1 } })).toEqual([
      `metadata.${long}: as a name must be at most 40 characters`,
      "metadata.b: must be at most 500 characters",
      "metadata.c: must be a string, not a number",
    ]);
  });

  test("all that is wrong is told at once", () => {
    const schema = z.strictObject({ a: z.string(), b: z.strictObject({ c: z.int() }), d: z.int().optional() });
    expect(about(schema, { b: { c: null, x: 1 }, d: "5", y: 1 })).toEqual([
      "a: is required",
      "b.c: must be a whole number, not null",
      "b.x: is not a field of this request",
      "d: must be a whole number, not a string",
      "y: is not a field of this request",
    ]);
  });
});

test.each<[unknown, string]>([
  [[], "an array"],
  [[{ amount: "1.00" }], "an array"],
  [null, "null"],
  [5, "a number"],
  ["amount", "a string"],
  [true, "true"],
])("a body that is %j is no object", (input, kind) => {
  const message = `: the body must be a JSON object, not ${kind}`;
  for (const { body } of ENDPOINTS) expect(about(body?.(usd) ?? z.strictObject({}), input)).toEqual([message]);
});

describe("of several forms", () => {
  const bodyOf = (path: string) => {
    const body = ENDPOINTS.find((each) => each.method === "POST" && each.path === path)?.body;
    return body?.(usd) ?? expect.unreachable(`${path} has no body`);
  };
  const either = "cannot be given together with";
  test.each<[string, unknown, string[]]>([
    ["/balance/debits", {}, ["amount: is required, or `debits` in its place"]],
    [
      "/balance/debits",
      { x: 1 },
      ["amount: is required, or `debits` in its place", "x: is not a field of this request"],
    ],
    ["/balance/debits", { description: "Render job" }, ["amount: is required"]],
    ["/balance/debits", { amount: "0" }, ["amount: must be greater than zero"]],
    ["/balance/debits", { amount: "1", debits: [] }, [`debits: ${either} \`amount\`: it is one or the other`]],
    ["/balance/debits", { amount: "1", debits: [1] }, [`debits: ${either} \`amount\`: it is one or the other`]],
    [
      "/balance/debits",
      { amount: "x", debits: [{ id: "a", amount: "1" }] },
      [`amount: ${either} \`debits\`: it is one or the other`],
    ],
    [
      "/balance/debits",
      { debits: [{ id: "a", amount: "1" }], description: "All" },
      [`description: ${either} \`debits\`: it is one or the other`],
    ],
    ["/balance/debits", { debits: {} }, ["debits: must be an array, not an object"]],
    ["/balance/debits", { debits: [] }, ["debits: must not be empty"]],
    [
      "/balance/debits",
      { debits: [{}, 5] },
      ["debits.0.id: is required", "debits.0.amount: is required", "debits.1: must be an object, not a number"],
    ],
    [
      "/subscriptions/{id}/usage",
      {},
      ["metric: is required, or `events` in its place", "quantity: is required, or `events` in its place"],
    ],
    ["/subscriptions/{id}/usage", { metric: "messages" }, ["quantity: is required"]],
    [
      "/subscriptions/{id}/usage",
      { metric: "messages", quantity: 1, events: [] },
      [`events: ${either} \`metric\` and \`quantity\`: it is one or the other`],
    ],
    ["/payment-methods/{id}/verify", {}, ["amounts: is required, or `descriptorCode` in its place"]],
    ["/payment-methods/{id}/verify", { amounts: [1, 100] }, ["amounts.1: must be at most 99"]],
    ["/payment-methods/{id}/verify", { descriptorCode: 5 }, ["descriptorCode: must be a string, not a number"]],
  ])("%s %j", (path, input, messages) => {
    expect(about(bodyOf(path), input)).toEqual(messages);
  });
});

test("of a hundred thousand fields too many a thousand are told, in one go", () => {
  const many = Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`f${at}`, 1]));
  for (const { body } of ENDPOINTS) {
    if (!(body?.(usd) instanceof z.ZodUnion)) continue;
    const since = performance.now();
    expect(about(body(usd), { ...many, amount: "1", debits: [], metric: "x", events: [] })).toHaveLength(1_000);
    expect(performance.now() - since).toBeLessThan(10_000);
  }
});

test.each<[Record<string, string>, string[]]>([
  [{ limit: "abc" }, ["limit: must be a whole number"]],
  [{ limit: "1.5" }, ["limit: must be a whole number"]],
  [{ limit: "Infinity" }, ["limit: must be a whole number"]],
  [{ limit: "0" }, ["limit: must be at least 1"]],
  [{ limit: "101" }, ["limit: must be at most 100"]],
  [{ cursor: "" }, ["cursor: must not be empty"]],
  [{ cursor: "x".repeat(501) }, ["cursor: must be at most 500 characters"]],
  [{ page: "2" }, ["page: is not a field of this request"]],
])("the query %j", (query, messages) => {
  expect(about(pageQuery, query)).toEqual(messages);
});

describe("no refusal speaks as the validator does", () => {
  const ITS_WORDS = /expected|received|invalid|too small|too big|unrecognized|undefined|nan\b/i;
  const LONG = "x".repeat(5_000);
  const WRONG = [
    null,
    "",
    " ",
    "x",
    LONG,
    "\u0007",
    0,
    -1,
    1.5,
    10 ** 300,
    true,
    [],
    [null],
    [{}],
    {},
    { x: 1 },
    { "": 1 },
  ];

  /** The input with each part that the schema knows replaced by each wrong value, and left out. */
  function* wrongOf(schema: JsonSchema): Generator<unknown> {
    yield* WRONG;
    if (schema.items) for (const wrong of wrongOf(schema.items)) yield [wrong];
    for (const form of schema.anyOf ?? []) yield* wrongOf(form);
    const names = Object.keys(schema.properties ?? {});
    for (const name of names) {
      for (const wrong of wrongOf(schema.properties?.[name] ?? {}))
        for (const beside of [{}, { nonsense: 1 }, Object.fromEntries(names.map((each) => [each, "x"]))])
          yield { ...beside, [name]: wrong };
    }
    if (schema.additionalProperties instanceof Object)
      for (const wrong of WRONG) yield { [LONG]: wrong, "": wrong, a: wrong };
  }

  const inputs = ENDPOINTS.flatMap((endpoint) => {
    const name = `${endpoint.method} ${endpoint.path}`;
    const body = endpoint.body?.(usd) ?? z.strictObject({});
    return [
      [`the body of ${name}`, body] as const,
      [`the query of ${name}`, endpoint.query ?? z.strictObject({})] as const,
    ];
  });
  test.each(inputs)("%s", (_name, schema) => {
    const messages = new Set<string>();
    const collect = (input: unknown) => {
      try {
        validate(schema, input);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        const fields: FieldError[] = error.options.fields ?? [];
        expect(fields.length).toBeGreaterThan(0);
        for (const { message } of fields) messages.add(message);
      }
    };
    for (const input of wrongOf(schemaJson(schema, "input") as JsonSchema)) collect(input);
    expect(messages.size).toBeGreaterThan(0);
    expect(
      [...messages].filter(
        (each) => ITS_WORDS.test(each) || !/^(the body )?(must|is|are|has|cannot|as a name)\b/.test(each),
      ),
    ).toEqual([]);
  });
});
