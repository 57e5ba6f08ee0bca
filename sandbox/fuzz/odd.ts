import fc from "fast-check";
import type { Random } from "../simulator/random";

/** One value of fast-check's, which likes the edges. */
export function sample<T>(random: Random, arbitrary: fc.Arbitrary<T>): T {
  return fc.sample(arbitrary, { seed: random.between(0, 2 ** 31 - 1), numRuns: 1 })[0] as T;
}

const STRINGS = [
  "",
  " ",
  "\t\n",
  "\u0000",
  "a\u0000b",
  "\ud800",
  "x\udfffy",
  "\u{1f4b8}\u{1f9d1}\u200d\u{1f680}",
  "\u202eevil\u202c",
  "\u0645\u0631\u062d\u0628\u0627",
  "\ufeffbom",
  "e\u0301".repeat(20),
  "null",
  "undefined",
  "NaN",
  "-0",
  "Infinity",
  "1e3",
  "0x10",
  "1_000",
  "1,000.00",
  "\u0661\u0662",
  "+5",
  " 5 ",
  "5.",
  ".5",
  "00.01",
  "-0.01",
  "99999999999999999999.99",
  "0.000000000000000001",
  "' or 1=1 --",
  "%27%00",
  "{{7*7}}",
  "<script>alert(1)</script>",
  "../../etc/passwd",
  "..\\..\\x",
  "__proto__",
  "constructor",
  "00000000-0000-0000-0000-000000000000",
  "ffffffff-ffff-ffff-ffff-ffffffffffff",
  "pm_card_visa",
  "pm_card_chargeDeclined",
  "pm_none",
  "USD",
  "EUR",
  "jpy",
  "XXX",
];
export const DATES = [
  "0000-01-01T00:00:00Z",
  "0001-01-01T00:00:00Z",
  "0000-02-29",
  "0099-12-31",
  "1969-12-31T23:59:59.999Z",
  "1970-01-01",
  "2026-02-29",
  "2026-11-02T12:00:00+23:59",
  "2026-11-02T12:00:00-23:59",
  "2026-11-02T12:00:00.123456789123Z",
  "2026-12-31T23:59:60Z",
  "2038-01-19T03:14:08Z",
  "9999-12-31",
  "9999-12-31T23:59:59.999Z",
  "9999-12-31T23:59:59-23:59",
  "0000-01-01T00:00:00+23:59",
  "+275760-09-13T00:00:00Z",
  "-000001-01-01T00:00:00Z",
];
const NUMBERS = [
  0,
  -0,
  1,
  -1,
  0.1,
  0.001,
  1.005,
  -0.01,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32,
  2 ** 53 - 1,
  2 ** 53,
  -(2 ** 53),
  2 ** 63,
  2 ** 53 + 2,
  99_999_999_999.99,
];

/** Text that programs trip over. */
export function oddString(random: Random): string {
  const kind = random.weighted({ known: 60, date: 12, binary: 12, words: 8, long: 8 });
  if (kind === "known") return random.pick(STRINGS);
  if (kind === "date") return random.pick(DATES);
  if (kind === "binary") return sample(random, fc.string({ unit: "binary", maxLength: 40 }));
  if (kind === "words") return sample(random, fc.string({ unit: "grapheme", maxLength: 40 }));
  return random.pick(["x", "9", "\u{1f4b8}", "\u05d0"]).repeat(random.pick([256, 501, 4_000, 70_000]));
}

export const oddNumber = (random: Random): number =>
  random.chance(0.7) ? random.pick(NUMBERS) : sample(random, fc.double({ noNaN: true, noDefaultInfinity: true }));

/** Anything that JSON can say. */
export function oddValue(random: Random): unknown {
  const kind = random.weighted({ string: 40, number: 25, json: 15, list: 5, object: 5, nothing: 10 });
  if (kind === "string") return oddString(random);
  if (kind === "number") return oddNumber(random);
  if (kind === "json") return sample(random, fc.jsonValue({ maxDepth: 3 }));
  if (kind === "list") return random.pick([[], [null], [[]], [1, "2"]]);
  if (kind === "object")
    return random.pick<unknown>([{}, { a: 1 }, { toString: 1 }, JSON.parse('{"__proto__":{"a":1}}')]);
  return random.pick([null, true, false]);
}
