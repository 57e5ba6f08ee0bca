import { currentTask } from "../scheduler";

/** Who waits in a process, as many processes have it: he waits for his own process only. */
class PerTask extends Map<string, unknown> {
  readonly #own = (key: string) => `${currentTask()?.id} ${key}`;
  override get(key: string): unknown {
    return super.get(this.#own(key));
  }
  override set(key: string, lane: unknown): this {
    return super.set(this.#own(key), lane);
  }
  override delete(key: string): boolean {
    return super.delete(this.#own(key));
  }
}

/** Of `lib/ledger/lanes.ts` and `lib/together.ts`. */
const lanes = new PerTask();
const queues = new PerTask();

/** Before the product is loaded, which keeps those it finds. */
export function installLanes(): void {
  Object.assign(globalThis, { evenkeelLanes: lanes, evenkeelQueues: queues });
}

/** What processes that were killed had open is gone with their run. */
export function forgetLanes(): void {
  lanes.clear();
  queues.clear();
}
