import type { Account } from "../account";
import { invalidRequest, type StripeFailure } from "./errors";
import members from "./expandable/members.json";
import { totalCountOf } from "./search";

const MAX_LEVELS = 4;

/** By the type of an object the paths inside it that hold an id, or appear only when they are asked for. */
const EXPANDABLE: Record<string, readonly string[]> = members;

type Json = Record<string, unknown>;

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Where a path has come to: the object it is in, and the way from there. */
interface Place {
  owner: string;
  inside: string;
}

class Expansion {
  constructor(
    private readonly account: Account,
    private readonly whole: string,
  ) {}

  private refused(): StripeFailure {
    return invalidRequest(
      `This property cannot be expanded (${this.whole}). You may want to try expanding 'data.${this.whole}' for lists.`,
      { param: "expand" },
    );
  }

  private found(held: unknown): unknown {
    if (Array.isArray(held)) return held.map((item) => this.found(item));
    return typeof held === "string" ? (this.account.find(held) ?? held) : held;
  }

  /** The value with what the path leads to in place of its id. */
  follow(value: unknown, path: readonly string[], from: Place): unknown {
    const [field, ...rest] = path;
    if (field === undefined || value === null || value === undefined) return value;
    if (Array.isArray(value)) return value.map((item) => this.follow(item, path, from));
    if (!isObject(value)) throw this.refused();
    if (value.object === "list" || value.object === "search_result") return this.intoList(value, field, rest);
    const named = typeof value.object === "string" ? { owner: value.object, inside: "" } : from;
    const here = { owner: named.owner, inside: named.inside ? `${named.inside}.${field}` : field };
    const known = EXPANDABLE[here.owner] ?? [];
    const optional = typeof value.object === "string" ? this.account.optionalMember(value, field) : undefined;
    const held = optional === undefined ? value[field] : optional;
    if (optional !== undefined || known.includes(here.inside))
      return held === undefined ? value : { ...value, [field]: this.follow(this.found(held), rest, here) };
    const leadsOn = rest.length > 0 && (known.some((path) => path.startsWith(`${here.inside}.`)) || isObject(held));
    if (!leadsOn && !(isObject(held) && held.object === "list")) throw this.refused();
    return { ...value, [field]: this.follow(held, rest, here) };
  }

  private intoList(list: Json, field: string, rest: string[]): Json {
    if (field === "total_count" && list.object === "search_result") return { ...list, total_count: totalCountOf(list) };
    if (field !== "data") throw this.refused();
    return { ...list, data: this.follow(list.data, rest, { owner: "", inside: "" }) };
  }
}

/**
 * Answers ids as whole objects, to four levels, of which `data` of a list is one. The given object is not changed.
 * @throws StripeFailure 400 for a path that leads nowhere or too deep
 * @see https://docs.stripe.com/api/expanding_objects
 */
export function expand(account: Account, value: object, paths: readonly string[]): object {
  let result: unknown = value;
  // The count belongs to the result as it was found, so it comes first.
  for (const path of [...paths].sort((a, b) => Number(b === "total_count") - Number(a === "total_count"))) {
    const levels = path.split(".");
    if (levels.length > MAX_LEVELS) {
      throw invalidRequest(`You cannot expand more than 4 levels of a property. Property: ${path}`, {
        param: "expand",
      });
    }
    result = new Expansion(account, path).follow(result, levels, { owner: "", inside: "" });
  }
  return result as object;
}
