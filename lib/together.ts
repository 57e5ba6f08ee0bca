/** In the place of a result: this one was left out. */
export const ALONE = Symbol("alone");

type Waiting<T, R> = { item: T; resolve: (result: R) => void; reject: (error: unknown) => void };
type Work<T, R> = {
  /** Does all of them or, when it throws, none; what it leaves out and says so is done alone. */
  all: (items: T[]) => Promise<(R | typeof ALONE)[]>;
  one: (item: T) => Promise<R>;
  /** Whether an error says that none of them was done, so that each may be tried alone. */
  nothingDone: (error: unknown) => boolean;
  /** So many groups are under way at once; two unless said otherwise. Fewer make larger groups. */
  atOnce?: number;
};

const MOST_GROUPS = 2;
/** A group is of at most so many. */
const LARGEST_GROUP = 64;

type Queue = { waiting: Waiting<unknown, unknown>[]; underWay: number };

// Next loads modules once per bundle; the queues are shared through globalThis so that the process has one of each kind.
const shared = globalThis as typeof globalThis & { evenkeelQueues?: Map<string, Queue> };
shared.evenkeelQueues ??= new Map();
const queues = shared.evenkeelQueues;

async function go<T, R>(queue: Queue, work: Work<T, R>): Promise<void> {
  queue.underWay += 1;
  while (queue.waiting.length > 0) {
    const group = queue.waiting.splice(0, LARGEST_GROUP) as Waiting<T, R>[];
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
 * Does things of the same kind in groups when there are more of them than can be under way: who comes while few are, goes at once;
 * who would wait anyway goes with all others that wait. What a group cannot do is done one by one, outside of the groups, so that one
 * who has to wait for long holds nobody up.
 * @param kind one queue for each
 */
export function doTogether<T, R>(kind: string, item: T, work: Work<T, R>): Promise<R> {
  const queue = queues.get(kind) ?? { waiting: [], underWay: 0 };
  queues.set(kind, queue);
  return new Promise<R>((resolve, reject) => {
    queue.waiting.push({ item, resolve, reject } as Waiting<unknown, unknown>);
    if (queue.underWay < (work.atOnce ?? MOST_GROUPS)) void go(queue, work);
  });
}
