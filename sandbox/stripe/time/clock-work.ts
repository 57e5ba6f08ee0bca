import type Stripe from "stripe";
import type { Account } from "../account";
import { arrive } from "../resources/test-clocks/advance";
import { perform } from "./perform";
import { isPrompt, type Work } from "./work";

/** How much is done before others get their turn, so that a clock on its way keeps nobody waiting. */
const AT_ONCE = 20;
/** What a bank does within seconds happens although the clock stands still. */
const PROMPT_MS = 10_000;

/** Brings test clocks to where they are going: what is scheduled by them happens in order, each thing at its own time. */
export class ClockWork {
  private pending: NodeJS.Immediate | null = null;
  private waiters: (() => void)[] = [];

  constructor(private readonly account: Account) {
    account.store.onCommit(() => this.kick());
  }

  /** Some clock is on its way. */
  get busy(): boolean {
    return this.pending !== null;
  }

  /** Goes on soon, if there is anything to do. */
  kick(): void {
    if (this.pending || !this.hasWork()) return;
    this.pending = setImmediate(() => {
      this.pending = null;
      for (let n = 0; n < AT_ONCE && this.step(); n++);
      this.kick();
      if (!this.pending) for (const wake of this.waiters.splice(0)) wake();
    });
  }

  /** Resolves when every clock stands. */
  idle(): Promise<void> {
    return this.busy ? new Promise((resolve) => this.waiters.push(resolve)) : Promise.resolve();
  }

  stop(): void {
    if (this.pending) clearImmediate(this.pending);
    this.pending = null;
    for (const wake of this.waiters.splice(0)) wake();
  }

  private hasWork(): boolean {
    for (const clock of this.account.tables.testClocks.oldestFirst()) {
      if (clock.status === "advancing" || this.nextOf(clock)) return true;
    }
    return false;
  }

  private nextOf(clock: Stripe.TestHelpers.TestClock): Work | null {
    const work = this.account.agenda.next(clock.id);
    if (!work) return null;
    const target = clock.status_details.advancing?.target_frozen_time;
    if (target !== undefined) return work.dueAtMs <= target * 1000 ? work : null;
    return isPrompt(work) && work.dueAtMs <= clock.frozen_time * 1000 + PROMPT_MS ? work : null;
  }

  /** One thing of the first clock that has any; without one it has arrived. @returns whether there was anything to do */
  private step(): boolean {
    for (const clock of this.account.tables.testClocks.oldestFirst()) {
      const work = this.nextOf(clock);
      if (work) perform(this.account, work);
      else if (clock.status === "advancing") this.account.store.transaction(() => arrive(this.account, clock));
      else continue;
      return true;
    }
    return false;
  }
}
