import type { JsonSchema, TypeName } from "./schema/json-schema";

/** One thing that is not as Stripe's types say. */
export interface Complaint {
  /** `lines.data[0].amount`; empty for the whole. */
  at: string;
  /** `must be integer` */
  wrong: string;
  /** The value found there, as far as it can be shown; empty where nothing is. */
  value: string;
}

const SHOWN_CHARACTERS = 120;
const SHOWN_CHOICES = 12;
const patterns = new Map<string, RegExp>();

/**
 * Everything in a value that a schema does not allow, in words. It walks through the schema, because a compiler (Ajv, which a test
 * compares it with) takes longer to load what it compiled for one test file than the file's checks take here.
 * @param partial nothing need be there
 */
export function complaints(schema: JsonSchema, value: unknown, partial = false): Complaint[] {
  const found: Complaint[] = [];
  check(schema, value, { path: [], found, partial });
  return found;
}

type Step = string | number;

interface Walk {
  /** Where it is at the moment. */
  path: Step[];
  found: Complaint[];
  partial: boolean;
}

function checkAt(step: Step, schema: JsonSchema, value: unknown, walk: Walk): void {
  walk.path.push(step);
  check(schema, value, walk);
  walk.path.pop();
}

function check(schema: JsonSchema, value: unknown, walk: Walk): void {
  const wrong = wrongWithTheWhole(schema, value);
  if (wrong !== null) complain(wrong, value, walk);
  else if (schema.anyOf) checkChoices(schema.anyOf, value, walk);
  else if (Array.isArray(value)) checkElements(schema, value, walk);
  else if (typeof value === "object" && value !== null) checkMembers(schema, value, walk);
}

function checkElements({ items }: JsonSchema, values: unknown[], walk: Walk): void {
  if (items) for (const [index, element] of values.entries()) checkAt(index, items, element, walk);
}

function checkMembers(schema: JsonSchema, value: object, walk: Walk): void {
  const { properties = {}, required = [], additionalProperties: others = true } = schema;
  for (const name of required)
    if (!walk.partial && !Object.hasOwn(value, name)) complain("is missing", undefined, walk, name);
  for (const [name, member] of Object.entries(value)) {
    const own = Object.hasOwn(properties, name) ? properties[name] : others;
    if (own === true || own === undefined) continue;
    if (own) checkAt(name, own, member, walk);
    else
      complain(Object.hasOwn(properties, name) ? "must not be here" : "Stripe has no such member", member, walk, name);
  }
}

/** A value that fits none of several choices is complained about as the one it was meant to be: the first that has its type. */
function checkChoices(choices: readonly JsonSchema[], value: unknown, walk: Walk): void {
  const meant = choices.filter((choice) => wrongWithTheWhole(choice, value) === null);
  const tried = meant.map((choice) => {
    const found: Complaint[] = [];
    check(choice, value, { ...walk, found });
    return found;
  });
  if (tried.some((found) => found.length === 0)) return;
  const [first] = tried;
  if (first) walk.found.push(...first);
  else complain(choices.map((choice) => wrongWithTheWhole(choice, value)).join(", or "), value, walk);
}

/** What is wrong with a value whatever is inside of it. */
function wrongWithTheWhole({ type, enum: choices, pattern }: JsonSchema, value: unknown): string | null {
  if (typeof type === "string" && !isOf(type, value)) return `must be ${type}`;
  if (typeof type === "object" && !type.some((name) => isOf(name, value))) return `must be ${type.join(" or ")}`;
  if (choices && !choices.some((choice) => choice === value)) return `must be ${listed(choices)}`;
  if (pattern !== undefined && typeof value === "string" && !compiled(pattern).test(value))
    return `must be text like ${pattern}`;
  return null;
}

function isOf(type: TypeName, value: unknown): boolean {
  if (type === "null") return value === null;
  if (type === "array") return Array.isArray(value);
  if (type === "integer") return Number.isInteger(value);
  if (type === "object") return typeof value === "object" && value !== null && !Array.isArray(value);
  return typeof value === type;
}

function compiled(pattern: string): RegExp {
  const known = patterns.get(pattern) ?? new RegExp(pattern, "u");
  patterns.set(pattern, known);
  return known;
}

/** @param inside name of a member, where it is the member that is wrong */
function complain(wrong: string, value: unknown, { path, found }: Walk, inside?: string): void {
  found.push({ at: pathText(inside === undefined ? path : [...path, inside]), wrong, value: shown(value) });
}

function listed(choices: readonly unknown[]): string {
  const texts = choices.slice(0, SHOWN_CHOICES).map((choice) => JSON.stringify(choice));
  const more = choices.length - texts.length;
  return more > 0 ? `${texts.join(", ")} … (${more} more)` : texts.join(", ");
}

function pathText(path: readonly Step[]): string {
  return path.map((step, at) => (typeof step === "number" ? `[${step}]` : at === 0 ? step : `.${step}`)).join("");
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "";
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}
