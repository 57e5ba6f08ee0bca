import { currentTask, type Scheduler } from "../scheduler";

type Timer = ReturnType<typeof setTimeout>;

/**
 * A task that sleeps (Stripe's SDK does before it tries again) waits on the simulated clock, and dies with its process.
 * The simulator's own timers stay real.
 */
export function installTimers(scheduler: () => Scheduler): void {
  const real = { set: globalThis.setTimeout, clear: globalThis.clearTimeout };
  const asleep = new WeakSet<object>();
  const simulated = (work: (...given: unknown[]) => void, ms = 0, ...given: unknown[]): Timer => {
    if (!currentTask()) return real.set(work, ms, ...given);
    const timer = real.set(() => {}, 0);
    asleep.add(timer);
    void scheduler()
      .turn({ kind: "timer", text: "slept" }, ms)
      .then(() => asleep.delete(timer) && work(...given));
    return timer;
  };
  const clear = (timer: Timer | undefined) => {
    if (timer && typeof timer === "object") asleep.delete(timer);
    real.clear(timer);
  };
  Object.assign(globalThis, { setTimeout: Object.assign(simulated, real.set), clearTimeout: clear });
}
