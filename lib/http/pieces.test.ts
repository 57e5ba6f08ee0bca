import { describe, expect, test } from "vitest";
import { z } from "zod";
import { toCurrency } from "@/lib/money/currency";
import { readJson } from "./body";
import { canonicalJson, requestHash } from "./canonical";
import { instant, until } from "./fields";
import { moneyIn } from "./money";
import { requireSameOrigin } from "./origin";
import { requestIdOf } from "./request-id";
import { seal, unseal } from "./sealed";
import { queryOf, validate } from "./validate";

const post = (body: string, headers: Record<string, string> = { "content-type": "application/json" }) =>
  new Request("http://localhost:3010/api", { method: "POST", body, headers });

describe("bodies", () => {
  test("JSON is read, no body is {}", async () => {
    expect(await readJson(post('{"a":1}'))).toEqual({ a: 1 });
    expect(await readJson(post('{"a":1}', { "content-type": "application/json; charset=utf-8" }))).toEqual({ a: 1 });
    expect(await readJson(new Request("http://x/", { method: "POST" }))).toEqual({});
  });

  test.each([
    ["{", "malformed_json"],
    ['{"a":NaN}', "malformed_json"],
    ['{"amount":1e3}', "invalid_request"],
    ['{"amount":-1.5E+2}', "invalid_request"],
  ])("%s → %s", async (body, code) => {
    await expect(readJson(post(body))).rejects.toMatchObject({ code });
  });

  test("an exponent inside a text is just text", async () => {
    expect(await readJson(post('{"a":"1e3 \\" 2e5"}'))).toEqual({ a: '1e3 " 2e5' });
  });

  test("a number is read once, however many digits it has", async () => {
    const since = performance.now();
    await readJson(post(`{"a":${"1".repeat(200_000)}}`));
    expect(performance.now() - since).toBeLessThan(2_000);
    const refused = readJson(post(`{"a":1,"b":{"c":${"1".repeat(200_000)}e5}}`));
    await expect(refused).rejects.toMatchObject({ code: "invalid_request", options: { fields: [{ path: "b.c" }] } });
  });

  test.each([
    ["lists", "[", "]", 33],
    ["lists", "[", "]", 400_000],
    ["objects", '{"a":', "}", 33],
    ["objects", '{"a":', "}", 150_000],
  ])("%s nested too deep are refused: %s%s × %i", async (_what, open, close, depth) => {
    const body = `${open.repeat(depth)}${open === "[" ? "" : "1"}${close.repeat(depth)}`;
    await expect(readJson(post(body))).rejects.toMatchObject({ code: "invalid_request" });
  });

  test("32 levels are read", async () => {
    await expect(readJson(post(`${"[".repeat(32)}${"]".repeat(32)}`))).resolves.toBeTruthy();
  });

  test("another content type is refused, and so is none", async () => {
    await expect(readJson(post("a=1", { "content-type": "application/x-www-form-urlencoded" }))).rejects.toMatchObject({
      code: "unsupported_media_type",
    });
    await expect(readJson(post("{}", { "content-type": "text/plain" }))).rejects.toMatchObject({
      code: "unsupported_media_type",
    });
  });

  test("more than 1 MiB is refused, whatever the length claims to be", async () => {
    const large = `{"a":"${"x".repeat(1024 * 1024)}"}`;
    await expect(readJson(post(large))).rejects.toMatchObject({ code: "payload_too_large" });
    const stream = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(large));
        controller.close();
      },
    });
    const chunked = new Request("http://x/", {
      method: "POST",
      body: stream,
      headers: { "content-type": "application/json" },
      duplex: "half",
    } as RequestInit);
    await expect(readJson(chunked)).rejects.toMatchObject({ code: "payload_too_large" });
  });
});

describe("money that comes in", () => {
  const usd = moneyIn(toCurrency("USD"));
  const read = (schema: z.ZodType, input: unknown) => {
    const result = schema.safeParse(input);
    return result.success ? result.data : result.error.issues[0]?.message;
  };

  test.each([
    ["668.85", 66_885],
    [50.0, 5_000],
    [0.1, 10],
    ["0.01", 1],
    ["1.234", "must have at most 2 decimals in USD"],
    [0.30000000000000004, "must have at most 2 decimals in USD"],
    ["-1", "must not be negative"],
    ["0", "must be greater than zero"],
    ["1e3", 'must be a decimal such as "50.00"'],
    ["NaN", 'must be a decimal such as "50.00"'],
    ["1,000.00", 'must be a decimal such as "50.00"'],
    [" 1", 'must be a decimal such as "50.00"'],
    [true, 'must be a decimal such as "50.00"'],
    [null, 'must be a decimal such as "50.00"'],
    [1e21, "must be at most 10000000000.00"],
    [0.0000001, "must have at most 2 decimals in USD"],
    ["99999999999999999", "must be at most 10000000000.00"],
  ])("%s → %s", (input, expected) => {
    expect(read(usd.positive(), input)).toBe(expected);
  });

  test("the tenant's currency decides about decimals", () => {
    expect(read(moneyIn(toCurrency("JPY")).positive(), "500")).toBe(500);
    expect(read(moneyIn(toCurrency("JPY")).positive(), "500.5")).toBe("must have at most 0 decimals in JPY");
    expect(read(moneyIn(toCurrency("KWD")).positive(), "1.234")).toBe(1_234);
  });

  test("signed amounts may be negative and not zero", () => {
    expect(read(usd.signed(), "-25.00")).toBe(-2_500);
    expect(read(usd.signed(), "0.00")).toBe("must not be zero");
    expect(read(usd.any(), "-50.00")).toBe(-5_000);
  });
});

describe("validation names the field", () => {
  const fieldsOf = (schema: z.ZodType, input: unknown) => {
    try {
      validate(schema, input);
    } catch (error) {
      return (error as { options: { fields: { path: string }[] } }).options.fields.map((f) => f.path);
    }
    return [];
  };
  const amount = moneyIn(toCurrency("USD"));
  const either = z.union([
    z.strictObject({ amount: amount.positive() }),
    z.strictObject({ debits: z.array(z.strictObject({ id: z.string(), amount: amount.positive() })).min(1) }),
  ]);

  test("unknown fields, at any depth", () => {
    expect(fieldsOf(z.strictObject({ a: z.strictObject({ b: z.string() }) }), { a: { b: "", c: 1 }, d: 2 })).toEqual([
      "a.c",
      "d",
    ]);
  });

  test("the form that was meant", () => {
    expect(fieldsOf(either, { amount: "1.234" })).toEqual(["amount"]);
    expect(fieldsOf(either, { amount: "1.00", foo: 1 })).toEqual(["foo"]);
    expect(
      fieldsOf(either, {
        debits: [
          { id: "a", amount: "1.00" },
          { id: "b", amount: "x" },
        ],
      }),
    ).toEqual(["debits.1.amount"]);
    expect(fieldsOf(either, [])).toEqual([""]);
  });

  test("a query parameter given twice", () => {
    expect(() => queryOf("http://x/?limit=1&limit=2")).toThrow(/limit/);
    expect(queryOf("http://x/?limit=1&cursor=a")).toEqual({ limit: "1", cursor: "a" });
  });

  test("a query parameter that is no text, or is named as something that every object has", () => {
    expect(() => queryOf("http://x/?q=a%00b")).toThrow(/q: has characters that are not text/);
    expect(() => queryOf("http://x/?%00=a")).toThrow(/not text/);
    expect(Object.keys(queryOf("http://x/?toString=1&__proto__=2"))).toEqual(["toString", "__proto__"]);
  });
});

describe("same origin", () => {
  const call = (headers: Record<string, string>) => () =>
    requireSameOrigin(new Request("http://localhost:3010/x", { method: "POST", headers }));
  test.each<[Record<string, string>, boolean]>([
    [{ origin: "http://localhost:3010" }, true],
    [{ origin: "http://127.0.0.1:3010", host: "127.0.0.1:3010" }, true],
    [{ "sec-fetch-site": "same-origin" }, true],
    [{}, true],
    [{ origin: "https://evil.example" }, false],
    [{ origin: "null" }, false],
    [{ "sec-fetch-site": "cross-site" }, false],
    [{ "sec-fetch-site": "same-site", origin: "http://localhost:4000" }, false],
  ])("%o → %s", (headers, allowed) => {
    if (allowed) expect(call(headers)).not.toThrow();
    else expect(call(headers)).toThrow(expect.objectContaining({ code: "cross_origin" }));
  });
});

test("the same body in another order is the same request; another path or value is not", () => {
  expect(canonicalJson({ b: [1, { d: null, c: "x" }], a: 1 })).toBe('{"a":1,"b":[1,{"c":"x","d":null}]}');
  expect(requestHash("POST", "/a", { x: 1, y: 2 })).toBe(requestHash("POST", "/a", { y: 2, x: 1 }));
  expect(requestHash("POST", "/a", { x: 1 })).not.toBe(requestHash("POST", "/a", { x: "1" }));
  expect(requestHash("POST", "/a", {})).not.toBe(requestHash("POST", "/b", {}));
});

test("what is sealed can be opened, and not when it was changed", () => {
  const sealed = seal('{"token":"eyJ…"}');
  expect(sealed).not.toContain("token");
  expect(unseal(sealed)).toBe('{"token":"eyJ…"}');
  const bytes = Buffer.from(sealed, "base64");
  bytes.writeUInt8(bytes.readUInt8(30) ^ 1, 30);
  expect(() => unseal(bytes.toString("base64"))).toThrow();
});

test("a sane request id is taken over, another is replaced", () => {
  const idOf = (id: string) => requestIdOf(new Request("http://x/", { headers: { "x-request-id": id } }));
  expect(idOf("abc-123")).toBe("abc-123");
  expect(idOf("<script>")).toMatch(/^[0-9a-f-]{36}$/);
  expect(idOf("x".repeat(200))).toMatch(/^[0-9a-f-]{36}$/);
});

describe("instants", () => {
  const accepts = (schema: typeof instant, text: string) => schema.safeParse(text).success;

  test("are of the years that the database reads", () => {
    for (const text of ["0001-01-01", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z", "9999-12-31"])
      expect({ text, isGood: accepts(instant, text) && accepts(until, text) }).toEqual({ text, isGood: true });
    for (const text of ["0000-12-31T23:59:59Z", "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "0000-01-01"])
      expect({ text, isGood: accepts(instant, text) || accepts(until, text) }).toEqual({ text, isGood: false });
  });

  test("the last day of all ends with the last instant", () => {
    expect(until.parse("9999-12-31").toISOString()).toBe("9999-12-31T23:59:59.999Z");
    expect(until.parse("2026-11-21").toISOString()).toBe("2026-11-22T00:00:00.000Z");
  });
});
