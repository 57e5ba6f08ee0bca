type Json = Record<string, unknown>;

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSame(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/**
 * What differs, with its old values: `previous_attributes` of an `…updated` event. Of an object inside only the changed
 * members are told (a key that is new was null); a list is told whole, and so is an object in whose place another one came.
 */
export function changedMembers(before: object, after: object): object {
  const old: Json = {};
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const was: unknown = Reflect.get(before, name);
    const is: unknown = Reflect.get(after, name);
    if (isSame(was, is)) continue;
    const inPart = isObject(was) && isObject(is) && was.id === is.id;
    old[name] = inPart ? changedMembers(was, is) : (was ?? null);
  }
  return old;
}
