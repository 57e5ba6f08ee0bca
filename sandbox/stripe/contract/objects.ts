import { kindOf } from "./schema/kinds";

/** Members that hold keys of the user's own choice. */
const FREE = new Set(["metadata"]);

interface ApiObject {
  object: string;
}

/** Every object of the API in a value, the value itself included. */
export function* objectsIn(value: unknown): Generator<{ kind: string; object: ApiObject }> {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) {
    const kind = kindOf(value);
    if (kind !== null) yield { kind, object: value as ApiObject };
  }
  for (const [name, member] of Object.entries(value)) if (!FREE.has(name)) yield* objectsIn(member);
}
