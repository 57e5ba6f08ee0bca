import { now } from "./clock";

/** In the place of a result: this one was left out. */
export const ALONE = Symbol("alone");

type Waiting<T, R> = { item: T; resolve: (result: R) => void; reject: (error: unknown) => void };
type Work<T, R> = {
  /** Does all of them or, when it throws, none; what it leaves out and says so is done alone. */
  all: (items: T[]) => Promise<(R | typeof ALONE)[]>;
  one: (item: T) => Promise<R>;
  /** Whether an error says that none of them was done, so that each may be tried alone. */
  nothingDone: (error: unknown) => boolean;
};

/** A group is of at most so many. */
const LARGEST_GROUP = 64;
/** A group that takes as long as this may be stuck: who comes then does not wait for it, while there are not too many of them. */
const SLOW_MS = 20;
const MOST_GROUPS = 4;

type Queue = { waiting: Waiting<unknown, unknown>[]; underWay: number; lastBegunAtMs: number };

// Next loads modules once per bundle; the queues are shared through globalThis so that the process has one of each kind.
const shared = globalThis as typeof globalThis & { evenkeelQueues?: Map<string, Queue> };
shared.evenkeelQueues ??= new Map();
const queues = shared.evenkeelQueues;

async function go<T, R>(queue: Queue, work: Work<T, R>): Promise<void> {
  queue.underWay += 1;
  while (queue.waiting.length > 0) {
    queue.lastBegunAtMs = now().getTime();
    // Who arrives in the same turn of the event loop comes along.
    await new Promise(setImmediate);
    const group = queue.waiting.splice(0, LARGEST_GROUP) as Waiting<T, R>[];
    // Another group took them in between.
    if (group.length === 0) continue;
    try {
      const results = await work.all(group.map(({ item }) => item));
      for (const [i, { item, resolve, reject }] of group.entries()) {
        const result = results[i] as R | typeof ALONE;
        if (result === ALONE) work.one(item).then(resolve, reject);
        else resolve(result);
      }
    } catch (error) {
      const again = work.nothingDone(error);
      for (const { item, resolve, reject } of group) {
        if (again) work.one(item).then(resolve, reject);
        else reject(error);
      }
    }
  }
  queue.underWay -= 1;
}

/**
 * Does things of the same kind in groups: who comes in the same turn of the event loop goes together, and so do those who come while a
 * group is under way, after it. Asking the database costs more than what is asked, so few large groups carry more than many small ones.
 * What a group cannot do is done one by one, outside of the groups, so that one who has to wait for long holds nobody up.
 * @param kind one queue for each
 */
export function doTogether<T, R>(kind: string, item: T, work: Work<T, R>): Promise<R> {
  const queue = queues.get(kind) ?? { waiting: [], underWay: 0, lastBegunAtMs: 0 };
  queues.set(kind, queue);
  return new Promise<R>((resolve, reject) => {
    queue.waiting.push({ item, resolve, reject } as Waiting<unknown, unknown>);
    const isStuck = now().getTime() - queue.lastBegunAtMs > SLOW_MS;
    if (queue.underWay === 0 || (isStuck && queue.underWay < MOST_GROUPS)) void go(queue, work);
  });
}
