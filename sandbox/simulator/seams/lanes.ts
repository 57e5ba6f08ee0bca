import { currentTask } from "../scheduler";

/** The lanes of `lib/ledger/lanes.ts` as many processes have them: who waits in a lane waits for his own process only. */
class LanesPerTask extends Map<string, unknown> {
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

const lanes = new LanesPerTask();

/** Before the product is loaded, which keeps the lanes it finds. */
export function installLanes(): void {
  Object.assign(globalThis, { evenkeelLanes: lanes });
}

/** What processes that were killed had open is gone with their run. */
export const forgetLanes = (): void => lanes.clear();
