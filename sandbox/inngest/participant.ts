import { now } from "@/lib/clock";
import type { Engine } from "./engine";
import type { Pump } from "./pump";
import type { Move, Moving } from "./time/move";

export interface DueReport {
  /** ISO; the earliest thing scheduled, in the past when it is due now. */
  nextDueAt: string | null;
  busy: boolean;
}

/** Longest wait for everything due to be done, e.g. while the app restarts. Real time. */
const PATIENCE_MS = 60_000;
const LOOK_AGAIN_MS = 2;

/** The executor's part in moving time: what falls due next, and doing what is due. */
export class Participant {
  constructor(
    private readonly engine: Engine,
    private readonly pump: Pump,
    private readonly move: Move,
  ) {}

  /** @param moving the move that asks; null when time is not being moved */
  due(moving: Moving | null): DueReport {
    if (moving !== null) this.move.seen(moving);
    return this.#report(moving !== null);
  }

  /** Runs everything due at the current clock, and what that sets off, until nothing is due and nothing runs. */
  async runDue(moving: Moving | null): Promise<DueReport> {
    const giveUpAt = performance.now() + PATIENCE_MS;
    for (;;) {
      if (moving !== null) this.move.seen(moving);
      this.pump.turn(true);
      if (!this.pump.busy && !this.#isDue(moving !== null)) break;
      if (performance.now() > giveUpAt) break;
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
    return this.#report(moving !== null);
  }

  #isDue(moving: boolean): boolean {
    const next = this.#next(moving);
    return next !== null && next <= now().getTime();
  }

  #next(moving: boolean): number | null {
    const times = [
      this.engine.queue.nextDueAt(),
      this.engine.crons.nextDueAt(moving ? { until: this.move.until } : null),
    ].filter((at) => at !== null);
    return times.length ? Math.min(...times) : null;
  }

  #report(moving: boolean): DueReport {
    const next = this.#next(moving);
    if (moving) this.move.answered();
    return { nextDueAt: next === null ? null : new Date(next).toISOString(), busy: this.pump.busy };
  }
}
