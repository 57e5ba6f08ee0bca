import fc from "fast-check";
import type { Operation, Parameter } from "./description";
import { oddString, sample } from "./odd";
import { type Source, valueFor } from "./values";

const BASE = "/api/v1/billing";
// Escaped, one character may become six; of longer addresses Node's own parser refuses to know.
const LONGEST = 900;
const escaped = (text: string) => encodeURIComponent(text.toWellFormed());

const BROKEN = ["%", "%zz", "%ff", "%c0%80", "a%2", "%00", "%2e%2e", "%2f", "a/b", "..", "%252e", ";x=1", "%ed%a0%80"];

function idFor(operation: Operation, { random, known }: Source, tenant: string): string {
  const whose = random.weighted({ own: 76, other: 12, none: 6, odd: 6 });
  if (whose === "odd") return oddString(random).slice(0, LONGEST);
  const id = whose === "none" ? undefined : known.id(random, operation.path, tenant, whose === "own");
  return id ?? sample(random, fc.uuid());
}

/** The path of an operation with its parameters filled in. `isBroken`: it may be the path of something else, or of nothing. */
export function pathOf(operation: Operation, source: Source, tenant: string): { target: string; isBroken: boolean } {
  const { random } = source;
  let isBroken = false;
  const target = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const parameter = operation.parameters.find((each) => each.in === "path" && each.name === name);
    const value =
      parameter?.schema.enum && random.chance(0.85)
        ? String(random.pick(parameter.schema.enum))
        : idFor(operation, source, tenant);
    if (value === "" || value === "." || value === ".." || random.chance(0.02)) {
      isBroken = true;
      return random.pick(BROKEN);
    }
    return escaped(value);
  });
  if (random.chance(0.01)) {
    isBroken = true;
    return { target: BASE + target + random.pick(["/", "/x", "//", "%20", "/%00", "/../balance"]), isBroken };
  }
  return { target: BASE + target, isBroken };
}

const STRANGE = ["nonsense", "", "__proto__", "toString", "limit[]", "limit%20", "Limit", "constructor"];

function oneValue(parameter: Parameter, source: Source): string {
  const { random } = source;
  if (random.chance(0.2)) return oddString(random).slice(0, LONGEST);
  // Filters are often lists of words that only their description tells.
  const words = [...(parameter.schema.examples ?? []), ...wordsOf(parameter)];
  if (words.length > 0 && random.chance(0.7)) return String(random.pick(words));
  return String(valueFor(parameter.schema, source, parameter.name));
}

function wordsOf(parameter: Parameter & { description?: string }): string[] {
  const list = /^One or more of ([\w, ]+), with/.exec(parameter.description ?? "")?.[1];
  return list ? [...list.split(", "), list.replaceAll(" ", "")] : [];
}

/** A query string with its question mark, or nothing. `wrong`: why it must be refused. */
export function queryOf(operation: Operation, source: Source): { text: string; wrong: string | null } {
  const { random } = source;
  const pairs: string[] = [];
  let wrong: string | null = null;
  for (const parameter of operation.parameters) {
    if (parameter.in !== "query" || !(parameter.required || random.chance(0.35))) continue;
    const pair = `${escaped(parameter.name)}=${escaped(oneValue(parameter, source))}`;
    pairs.push(pair);
    if (!random.chance(0.03)) continue;
    pairs.push(pair);
    wrong = "a query parameter is given twice";
  }
  const isGated = operation.parameters.some((each) => each.in === "header");
  if (random.chance(0.04)) {
    pairs.push(`${random.pick(STRANGE)}=${escaped(oddString(random).slice(0, 200))}`);
    if (isGated) wrong = "a query parameter is not described";
  }
  if (random.chance(0.02)) pairs.push(random.pick(["%", "%zz=1", "&&", "=", "a=%ff", "?", "#x"]));
  return { text: pairs.length > 0 ? `?${pairs.join("&")}` : "", wrong };
}
