import type { Address } from "./package/generate";
import type { JsonSchema } from "./schema/json-schema";
import { isBilling } from "./scope";

/** Names of parameters, each with those inside of it; null where there are none. */
export interface Names {
  [name: string]: Names | null;
}

/** The names that a schema of parameters allows, lists and alternatives taken together. */
export function namesIn(schema: JsonSchema | false): Names | null {
  if (!schema) return null;
  if (schema.items) return namesIn(schema.items);
  const inside = (schema.anyOf ?? []).map(namesIn).filter((names) => names !== null);
  const own = Object.entries(schema.properties ?? {}).map(([name, member]) => [name, namesIn(member)] as const);
  const names = Object.assign({}, ...inside, Object.fromEntries(own)) as Names;
  return Object.keys(names).length > 0 ? names : null;
}

/** One line of JSON per address: what Stripe takes there. The stand-in reads it where the types are not at hand. */
export function listParameters(addresses: readonly Address[], schema: (name: string) => JsonSchema | null): string {
  const lines = addresses.flatMap(({ method, path, params }) => {
    const found = params && isBilling(path) ? schema(params) : null;
    return found ? [JSON.stringify([`${method} ${path.replace(/:\w+/g, ":id")}`, namesIn(found) ?? {}])] : [];
  });
  return `${lines.sort().join("\n")}\n`;
}
