import fc from "fast-check";
import type { Random } from "../simulator/random";
import type { Schema } from "./description";
import type { Known } from "./known";
import { DATES, oddString, sample } from "./odd";

/** What values are drawn from. */
export type Source = { random: Random; known: Known; nowMs: number };

const AMOUNTS = [
  "0.01",
  "1.00",
  "19.99",
  "50.00",
  "250",
  "1",
  "7",
  "1000.00",
  "0.001",
  5,
  12.5,
  0.1,
  100,
  "1000000.00",
  0,
];
const DAY_MS = 86_400_000;

const isDecimal = (example: unknown) => typeof example === "string" && /^\d+\.\d+$/.test(example);
const fits = (schema: Schema, value: unknown) => {
  const types = [schema.type ?? []].flat();
  const type = typeof value === "number" && Number.isInteger(value) ? ["integer", "number"] : [typeof value];
  return types.some((each) => type.includes(each));
};

function date({ random, nowMs }: Source): string {
  if (random.chance(0.1)) return random.pick(DATES);
  return new Date(nowMs + random.between(-60 * DAY_MS, 60 * DAY_MS)).toISOString();
}

function text(schema: Schema, source: Source): string {
  const { random } = source;
  if (schema.format === "date-time") return date(source);
  if (schema.format === "date") return date(source).slice(0, 10);
  if (schema.format === "uuid") return source.known.anyId(random) ?? sample(random, fc.uuid());
  const { minLength = 0, maxLength = 200, pattern } = schema;
  const fitting = pattern === undefined ? null : new RegExp(pattern, "u");
  const isSimple = pattern !== undefined && !pattern.includes("\\P");
  if (isSimple && random.chance(0.9)) return sample(random, fc.stringMatching(new RegExp(pattern)));
  const length = random.chance(0.05) ? maxLength : random.between(minLength, Math.min(maxLength, 30));
  const kind = random.weighted({ ascii: 70, grapheme: 15, odd: 15 });
  if (kind === "odd") {
    const odd = oddString(random);
    if (odd.length >= minLength && odd.length <= maxLength && (fitting?.test(odd) ?? true)) return odd;
  }
  const unit = kind === "grapheme" ? "grapheme" : "grapheme-ascii";
  return sample(random, fc.string({ unit, minLength: length, maxLength: length }));
}

const LARGEST = 2 ** 31 - 1;
const integerOf = ({ minimum = -LARGEST, maximum = LARGEST }: Schema) =>
  fc.integer({ min: Math.max(minimum, -LARGEST), max: Math.min(maximum, LARGEST) });

function list(schema: Schema, source: Source): unknown[] {
  if (schema.prefixItems) return schema.prefixItems.map((each) => valueFor(each, source));
  const { minItems = 0, maxItems = 10, items = {} } = schema;
  const many = source.random.chance(0.02) && maxItems > 100;
  const length = many ? source.random.between(50, maxItems) : source.random.between(minItems, Math.min(maxItems, 3));
  return Array.from({ length }, () => valueFor(items, source));
}

function object(schema: Schema, source: Source): Record<string, unknown> {
  const { properties = {}, required = [], additionalProperties } = schema;
  const made: Record<string, unknown> = {};
  for (const [name, property] of Object.entries(properties))
    if (required.includes(name) || source.random.chance(0.4)) made[name] = valueFor(property, source, name);
  if (additionalProperties && typeof additionalProperties === "object") {
    for (let more = source.random.between(0, 2); more > 0; more--)
      made[text(schema.propertyNames ?? {}, source)] = valueFor(additionalProperties, source);
  }
  return made;
}

/**
 * A value that a schema allows, as far as the schema says; often one that was seen in an answer.
 * @param name of the field that it is for
 */
export function valueFor(schema: Schema, source: Source, name?: string): unknown {
  const { random, known } = source;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return random.pick(schema.enum);
  if (schema.anyOf) return valueFor(random.pick(schema.anyOf), source, name);
  if (schema.default !== undefined && random.chance(0.1)) return schema.default;
  const seen = name !== undefined && random.chance(0.5) ? known.field(random, name) : undefined;
  if (seen !== undefined && fits(schema, seen)) return seen;
  if (schema.examples?.some(isDecimal)) return random.pick([...schema.examples, ...AMOUNTS]);
  if (schema.examples?.length && random.chance(0.5)) return random.pick(schema.examples);
  const type = random.pick([schema.type ?? "null"].flat());
  if (type === "string") return text(schema, source);
  if (type === "integer") return sample(random, integerOf(schema));
  if (type === "number") return sample(random, fc.double({ noNaN: true, min: schema.minimum, max: schema.maximum }));
  if (type === "boolean") return random.chance(0.5);
  if (type === "array") return list(schema, source);
  if (type === "object") return object(schema, source);
  return null;
}
