import type { Row, Table } from "../state/table";
import { invalidRequest } from "./errors";
import { readLimit } from "./pages";
import { integer, text } from "./parameters";

/** Parameters of every search. */
export const searching = { query: text, limit: integer.optional(), page: text.optional() };

/** How many rows a result stands for, counted only when `total_count` is expanded. */
const totals = new WeakMap<object, () => number>();

export function totalCountOf(result: object): number | undefined {
  return totals.get(result)?.();
}

interface Clause {
  field: string;
  metadataKey: string | null;
  operator: ":" | "~" | ">" | "<" | ">=" | "<=";
  value: string;
  negated: boolean;
}

const CLAUSE =
  /^(-?)([a-z0-9_.]+)(?:\[(["'])(.+?)\3\])?\s*(:|~|>=|<=|>|<)\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(-?\d+(?:\.\d+)?|null))\s*/;

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

/** A field of the language that is no member of its own of the row. */
type ReadMember = (row: object, field: string) => unknown;

/** A member, or a member of a member: `payment_method_details.card.last4`. */
function memberAt(row: object, field: string): unknown {
  const step = (node: unknown, name: string): unknown =>
    typeof node === "object" && node !== null ? Reflect.get(node, name) : undefined;
  return field.split(".").reduce<unknown>(step, row);
}

function holds(row: object, clause: Clause, read: ReadMember): boolean {
  const member = read(row, clause.field);
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
 * Stripe's search language as far as single clauses joined by AND or OR. Rows are found as the index knows them, which may lag
 * behind when the settings say so; what is answered is the row as it is now.
 * @see https://docs.stripe.com/search#search-query-language
 */
export function search<T extends Row>(
  table: Table<T>,
  parameters: { query: string; limit?: number | undefined; page?: string | undefined },
  url: string,
  fields: readonly string[],
  keep: (row: T) => boolean = () => true,
  read: ReadMember = memberAt,
) {
  const { clauses, any } = parse(parameters.query, fields);
  const limit = readLimit(parameters.limit);
  const matches = (row: T) => {
    const known = table.seenBySearch(row);
    if (!known || !keep(row)) return false;
    return any
      ? clauses.some((clause) => holds(known, clause, read))
      : clauses.every((clause) => holds(known, clause, read));
  };
  const found: T[] = [];
  for (const row of table.newestFirst(parameters.page)) {
    if (matches(row)) found.push(row);
    if (found.length > limit) break;
  }
  const data = found.slice(0, limit);
  const more = found.length > limit;
  const result = {
    object: "search_result" as const,
    data,
    has_more: more,
    next_page: more ? (data.at(-1)?.id ?? null) : null,
    url,
  };
  totals.set(result, () => [...table.oldestFirst()].filter(matches).length);
  return result;
}
