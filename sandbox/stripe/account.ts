import { now } from "@/lib/clock";
import { readSettings, type Settings } from "./control/settings";
import type { Inspector } from "./http/inspector";
import { readObject, readOptionalMember } from "./resources/lookup";
import { SearchLag } from "./state/search-lag";
import { Store } from "./state/store";
import { openTables, type Tables } from "./state/tables";
import { Agenda } from "./time/agenda";
import { Outbox } from "./webhooks/outbox";

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
  /** What is to happen later. */
  readonly agenda: Agenda;
  /** The test clock in whose time something happens right now, and that time. */
  private present: { clock: string; ms: number } | null = null;
  private thisMoment: number | null = null;
  /** Deliveries that wait for their next attempt. */
  readonly outbox: Outbox;
  /** Looks at every answer and event; null unless something is to be checked. */
  inspector: Inspector | null = null;
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
    this.store.searchLag = new SearchLag({
      lagMs: () => this.settings.searchLagMs,
      nowMs: () => this.worldMs(),
    });
    this.agenda = new Agenda(this.tables.work);
    this.outbox = new Outbox(this.tables.deliveries);
  }

  /** What the stand-in was asked to be inconvenient with. */
  get settings(): Settings {
    return readSettings(this);
  }

  /** The time it is for whoever is served: that of a customer's test clock, otherwise the moved clock. */
  nowMs(): number {
    return this.present?.ms ?? this.worldMs();
  }

  /** The moved clock, which webhooks and idempotency keys follow whatever a test clock says. */
  worldMs(): number {
    // The clock is a file. What is done without a pause is done at one time, so it is read once.
    if (this.thisMoment === null) {
      this.thisMoment = now().getTime();
      queueMicrotask(() => {
        this.thisMoment = null;
      });
    }
    return this.thisMoment;
  }

  /** The test clock in whose time something happens right now. */
  get clock(): string | null {
    return this.present?.clock ?? null;
  }

  /** Does something in the time of a test clock, or in the account's own for null. */
  at<R>(present: { clock: string; ms: number } | null, work: () => R): R {
    const before = this.present;
    this.present = present;
    try {
      return work();
    } finally {
      this.present = before;
    }
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
