import { now } from "@/lib/clock";
import { readObject, readOptionalMember } from "./resources/lookup";
import { Store } from "./state/store";
import { openTables, type Tables } from "./state/tables";

export interface AccountKeys {
  secretKey: string;
  publishableKey: string;
}

/** The one Stripe account that the stand-in plays: its keys, its objects and the request being worked on. */
export class Account {
  readonly store: Store;
  readonly tables: Tables;
  /** The API request under way, as its events name it; null for what time brings about. */
  request: { id: string; idempotency_key: string | null } | null = null;
  /** Deliveries that are not done yet, so that nobody has to search for them. May name some that were rolled back. */
  readonly outbox = new Set<string>();
  /** The stand-in's own address, known once it listens. */
  publicUrl = "";

  /** @param journalFile where the state is kept; null for memory only */
  constructor(
    readonly keys: AccountKeys,
    journalFile: string | null,
  ) {
    for (const key of Object.values(keys)) {
      if (!/^(sk|pk)_test_\w+$/.test(key))
        throw new Error("the Stripe stand-in takes test keys only (sk_test_…, pk_test_…)");
    }
    this.store = new Store(journalFile);
    this.tables = openTables(this.store);
    this.store.load();
    for (const delivery of this.tables.deliveries.oldestFirst())
      if (delivery.state === "pending") this.outbox.add(delivery.id);
  }

  nowMs(): number {
    return now().getTime();
  }

  /** Seconds since 1970, as every `created` in the API. */
  nowUnix(): number {
    return Math.floor(this.nowMs() / 1000);
  }

  /** Any object by its id, as it is answered now. */
  find(id: string): object | null {
    return readObject(this, id);
  }

  /** A member that Stripe answers only when it is asked to expand it; undefined when the object has no such member. */
  optionalMember(object: Record<string, unknown>, field: string): unknown {
    return readOptionalMember(this, object, field);
  }
}
