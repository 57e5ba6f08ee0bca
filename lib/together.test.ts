import { afterEach, expect, test } from "vitest";
import { advanceClockForTests, setClockForTests } from "@/lib/clock";
import { newId } from "@/lib/ids";
import { ALONE, doTogether } from "./together";

const refused = new Error("refused");
const lost = new Error("connection lost");

afterEach(() => setClockForTests(null));

/** Work that is done when it is told to, and remembers what came together. */
class Works {
  readonly kind = newId();
  readonly groups: number[][] = [];
  readonly alone: number[] = [];
  #next: (() => void)[] = [];
  /** Who holds everybody up, and what is wrong with whom. */
  stuck: number[] = [];
  wrong = new Map<number, Error>();
  readonly #work = {
    all: async (items: number[]) => {
      this.groups.push(items);
      await new Promise<void>((go) => this.#next.push(go));
      for (const item of items) if (this.wrong.has(item)) throw this.wrong.get(item);
      return items.map((item) => (this.stuck.includes(item) ? ALONE : item * 10));
    },
    one: async (item: number) => {
      this.alone.push(item);
      if (this.stuck.includes(item)) await new Promise(() => {});
      if (this.wrong.has(item)) throw this.wrong.get(item);
      return item * 10;
    },
    nothingDone: (error: unknown) => error === refused,
  };
  do = (item: number) => doTogether(this.kind, item, this.#work);
  /** Lets all begin that can. */
  async begin(): Promise<void> {
    for (let i = 0; i < 3; i++) await new Promise((done) => setImmediate(done));
  }
  async flow(): Promise<void> {
    for (let i = 0; i < 20; i++) {
      for (const go of this.#next.splice(0)) go();
      await this.begin();
    }
  }
}

test("who comes at once goes together; who comes meanwhile goes together after them", async () => {
  setClockForTests("2026-11-01T00:00:00Z");
  const works = new Works();
  const done = [1, 2, 3].map(works.do);
  await works.begin();
  expect(works.groups).toEqual([[1, 2, 3]]);
  done.push(...[4, 5].map(works.do));
  await works.begin();
  done.push(works.do(6));
  await works.begin();
  expect(works.groups).toEqual([[1, 2, 3]]);
  await works.flow();
  expect(works.groups).toEqual([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  expect(await Promise.all(done)).toEqual([10, 20, 30, 40, 50, 60]);
  expect(works.alone).toEqual([]);
});

test("nobody waits for a group that takes long, but there are never many groups", async () => {
  setClockForTests("2026-11-01T00:00:00Z");
  const works = new Works();
  for (const item of [1, 2, 3, 4, 5, 6]) {
    void works.do(item);
    await works.begin();
    advanceClockForTests(item === 1 ? 20 : 21);
  }
  expect(works.groups).toEqual([[1], [2, 3], [4], [5]]);
});

test("nothing is asked for nobody: a group ends just as another one takes what came", async () => {
  setClockForTests("2026-11-01T00:00:00Z");
  const works = new Works();
  const done = [works.do(1)];
  await works.begin();
  advanceClockForTests(21);
  done.push(works.do(2));
  await works.flow();
  expect(works.groups).toEqual([[1], [2]]);
  expect(await Promise.all(done)).toEqual([10, 20]);
});

test("a group is not too large", async () => {
  const works = new Works();
  const done = Array.from({ length: 200 }, (_, i) => works.do(i));
  await works.flow();
  expect(Math.max(...works.groups.map((group) => group.length))).toBe(64);
  expect(await Promise.all(done)).toHaveLength(200);
});

test("a refusal is told to the one whose it is", async () => {
  const works = new Works();
  works.wrong.set(5, refused);
  const done = [1, 2, 3, 4, 5, 6].map(works.do);
  const told = Promise.allSettled(done);
  await works.flow();
  expect(works.alone).toEqual([1, 2, 3, 4, 5, 6]);
  expect((await told).map(({ status }) => status)).toEqual([
    "fulfilled",
    "fulfilled",
    "fulfilled",
    "fulfilled",
    "rejected",
    "fulfilled",
  ]);
});

test("when it is not known whether they were done, nobody is done again", async () => {
  const works = new Works();
  works.wrong.set(5, lost);
  const told = Promise.allSettled([1, 2, 3, 4, 5, 6].map(works.do));
  await works.flow();
  expect(works.alone).toEqual([]);
  expect(await told).toEqual(Array(6).fill({ status: "rejected", reason: lost }));
});

test("however many are stuck, the others go on", async () => {
  const works = new Works();
  works.stuck = [1, 2, 3, 4, 5, 6, 7, 8];
  for (const item of works.stuck) void works.do(item);
  await works.flow();
  const other = works.do(9);
  await works.flow();
  expect(await other).toBe(90);
});
