/** What says which object of the API something is: its `object`, whether it is a deleted one, and an event's type. */
export interface Marks {
  object?: unknown;
  deleted?: unknown;
  type?: unknown;
}

/** `customer`, `customer deleted`, `event charge.succeeded`; null for what is no object of the API, and for lists of them. */
export function kindOf({ object, deleted, type }: Marks): string | null {
  if (typeof object !== "string" || object === "list" || object === "search_result") return null;
  if (object === "event") return `event ${type}`;
  return deleted === true ? `${object} deleted` : object;
}
