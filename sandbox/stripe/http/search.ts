import type { Row, Table } from "../state/table";
import { invalidRequest } from "./errors";
import { readLimit } from "./pages";
import { integer, text } from "./parameters";

/** Parameters of every search. */
export const searching = { query: text, limit: integer.optional(), page: text.optional() };

interface Clause {
  field: string;
  metadataKey: string | null;
  operator: ":" | "~" | ">" | "<" | ">=" | "<=";
  value: string;
  negated: boolean;
}

const CLAUSE =
  /^(-?)([a-z_.]+)(?:\[(["'])(.+?)\3\])?\s*(:|~|>=|<=|>|<)\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(-?\d+(?:\.\d+)?|null))\s*/;

function parse(query: string, fields: readonly string[]): { clauses: Clause[]; any: boolean } {
  const malformed = () =>
    invalidRequest('We were unable to parse your search query. Try using the format `metadata["key"]:"value"`.', {
      param: "query",
    });
  const clauses: Clause[] = [];
  const joiners = new Set<string>();
  let rest = query.trim();
  while (rest !== "") {
    const [whole, minus, field = "", , metadataKey = null, operator, double, single, bare] = CLAUSE.exec(rest) ?? [];
    if (!whole) throw malformed();
    if (!fields.includes(field))
      throw invalidRequest(`Field \`${field}\` is an unsupported search field for this resource.`, { param: "query" });
    const value = (double ?? single ?? bare ?? "").replace(/\\(.)/g, "$1");
    clauses.push({ field, metadataKey, operator: operator as Clause["operator"], value, negated: minus === "-" });
    rest = rest.slice(whole.length);
    const [joined, joiner] = /^(AND|OR)\s+/i.exec(rest) ?? [];
    if (joined && joiner) joiners.add(joiner.toUpperCase());
    rest = rest.slice(joined?.length ?? 0);
  }
  if (clauses.length === 0) throw malformed();
  if (joiners.size > 1) throw invalidRequest("You can't combine AND and OR in the same query.", { param: "query" });
  return { clauses, any: joiners.has("OR") };
}

function compare(actual: unknown, operator: Clause["operator"], value: string): boolean {
  if (actual === null || actual === undefined) return false;
  const text = String(actual).toLowerCase();
  if (operator === ":") return text === value.toLowerCase();
  if (operator === "~") return text.includes(value.toLowerCase());
  const difference = Number(actual) - Number(value);
  return operator === ">"
    ? difference > 0
    : operator === "<"
      ? difference < 0
      : operator === ">="
        ? difference >= 0
        : difference <= 0;
}

function holds(row: object, clause: Clause): boolean {
  const member: unknown = Reflect.get(row, clause.field);
  const actual =
    clause.metadataKey === null || typeof member !== "object" || member === null
      ? member
      : Reflect.get(member, clause.metadataKey);
  const asksForNothing = clause.operator === ":" && clause.value === "null";
  const result = asksForNothing
    ? actual === null || actual === undefined
    : compare(actual, clause.operator, clause.value);
  return result !== clause.negated;
}

/**
 * Stripe's search language as far as single clauses joined by AND or OR.
 * Unlike Stripe's index, which may lag by a minute, this one is always up to date.
 * @see https://docs.stripe.com/search#search-query-language
 */
export function search<T extends Row>(
  table: Table<T>,
  parameters: { query: string; limit?: number | undefined; page?: string | undefined },
  url: string,
  fields: readonly string[],
  keep: (row: T) => boolean = () => true,
) {
  const { clauses, any } = parse(parameters.query, fields);
  const limit = readLimit(parameters.limit);
  const found: T[] = [];
  for (const row of table.newestFirst(parameters.page)) {
    const matches = any ? clauses.some((clause) => holds(row, clause)) : clauses.every((clause) => holds(row, clause));
    if (matches && keep(row)) found.push(row);
    if (found.length > limit) break;
  }
  const data = found.slice(0, limit);
  const more = found.length > limit;
  return {
    object: "search_result" as const,
    data,
    has_more: more,
    next_page: more ? (data.at(-1)?.id ?? null) : null,
    url,
  };
}
