import type postgres from "postgres";
import type { Account } from "../../stripe/account";
import type { SimulatedTenant } from "../tenant";

/**
 * When an attempt's row was written, and since when whoever wrote it was at work; unix milliseconds.
 * @property seenUntilMs what was written until then may have been seen, where instants are not exact; left out: `atMs`
 * @property versions of the prepaid account, when the rule was locked and when the row was written, where that is known: a process that
 *   was paused writes entries with instants of before
 */
export type Reserved = {
  atMs: number;
  taskStartedMs: number;
  seenUntilMs?: number;
  versions?: { from: number; to: number };
};

/** What is looked at from outside: a world of the simulator's, or one that really ran. */
export interface Evidence {
  readonly sql: postgres.Sql;
  readonly stripe: { readonly account: Account };
  readonly tenants: SimulatedTenant[];
  /** Attempts by their ids. */
  readonly reserved: ReadonlyMap<string, Reserved>;
  readonly brakes: { readonly stopAll: boolean; readonly dryRun: boolean };
  /** Charges that a customer tried in person, at the stand-in. */
  readonly inPerson: ReadonlySet<string>;
  readonly calls: { readonly unanswered: readonly string[] };
  readonly scheduler: { readonly deadlocks: number };
  violate(text: string): void;
  tenantOf(tenantId: string): SimulatedTenant | undefined;
}
