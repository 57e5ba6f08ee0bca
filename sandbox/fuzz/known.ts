import type { Random } from "../simulator/random";

/** Of a path such as `/invoices/{id}/credit-notes` the collections that its answers may be of. */
const partsOf = (path: string) => path.split("/").filter((part) => part !== "" && !part.startsWith("{"));

const LONGEST = 60;

/** What answers have taught: ids by collection and tenant, cursors, and the values that fields had. */
export class Known {
  #ids = new Map<string, Map<string, string[]>>();
  #fields = new Map<string, unknown[]>();
  #collections: Set<string>;

  /** @param paths those of the description: what stands before `{id}` is a collection */
  constructor(paths: Iterable<string>) {
    this.#collections = new Set([...paths].flatMap((path) => /([\w-]+)\/\{id\}/.exec(path)?.[1] ?? []));
  }

  /** The collection that an id in this path is of, or that its answers are of. */
  #collectionOf(path: string): string | undefined {
    return partsOf(path).findLast((part) => this.#collections.has(part));
  }

  #add(list: unknown[], value: unknown): void {
    if (list.includes(value)) return;
    list.push(value);
    if (list.length > LONGEST) list.splice(list.length >> 1, 1);
  }

  /** @param tenant whose answer it was */
  learn(path: string, tenant: string, answer: unknown): void {
    const collection = this.#collectionOf(path);
    const visit = (value: unknown, depth: number): void => {
      if (!value || typeof value !== "object" || depth > 6) return;
      for (const [name, part] of Object.entries(value)) {
        if (name === "id" && typeof part === "string" && collection && depth <= 2) {
          const ofTenant = this.#ids.get(collection) ?? new Map<string, string[]>();
          this.#ids.set(collection, ofTenant);
          const list = ofTenant.get(tenant) ?? [];
          ofTenant.set(tenant, list);
          this.#add(list, part);
        }
        if (part !== null && typeof part !== "object") this.learnField(name, part);
        visit(part, Array.isArray(value) ? depth : depth + 1);
      }
    };
    visit(answer, 0);
  }

  learnField(name: string, value: unknown): void {
    const list = this.#fields.get(name) ?? [];
    this.#fields.set(name, list);
    this.#add(list, value);
  }

  /** A value that a field of this name had; undefined: none is known. */
  field(random: Random, name: string): unknown {
    const list = this.#fields.get(name === "cursor" ? "nextCursor" : name);
    return list?.length ? random.pick(list) : undefined;
  }

  /** The id of something of the tenant's own, or of somebody else's; undefined: none is known. */
  id(random: Random, path: string, tenant: string, own: boolean): string | undefined {
    const ofTenant = this.#ids.get(this.#collectionOf(path.slice(0, path.indexOf("{"))) ?? "");
    const lists = [...(ofTenant ?? [])].filter(([each]) => (each === tenant) === own).map(([, list]) => list);
    return lists.length ? random.pick(random.pick(lists)) : undefined;
  }

  /** Any id of a tenant, of whatever kind. */
  anyId(random: Random): string | undefined {
    const lists = [...this.#ids.values()].flatMap((ofTenant) => [...ofTenant.values()]);
    return lists.length ? random.pick(random.pick(lists)) : undefined;
  }
}
