import { expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { type Minor, toMinor } from "@/lib/money/minor";
import { postInLane } from "./lanes";
import type { Posted, Posting } from "./types";

const debit = (sourceId: string, value: number): Posting => ({
  kind: "debit",
  sourceId,
  legs: [
    { account: "prepaid", amountMinor: toMinor(-value) },
    { account: "usage_revenue", amountMinor: toMinor(value) },
  ],
});

/** An account that keeps the rules of the real one, writes when it is told to, and remembers what came together. */
class Account {
  readonly key = newId();
  readonly groups: string[][] = [];
  balance = 0;
  floor = Number.NEGATIVE_INFINITY;
  readonly #posted = new Set<string>();
  #next: (() => void)[] = [];
  post = async (postings: Posting[]): Promise<Posted> => {
    await new Promise<void>((go) => this.#next.push(go));
    this.groups.push(postings.map(({ sourceId }) => sourceId));
    const replayed = postings.flatMap(({ sourceId }, i) => (this.#posted.has(sourceId) ? [i] : []));
    const fresh = postings.filter((_, i) => !replayed.includes(i));
    const after = fresh.reduce((balance, { legs }) => balance + (legs[0]?.amountMinor ?? 0), this.balance);
    if (after < this.floor) throw new AppError("insufficient_balance");
    for (const { sourceId } of fresh) this.#posted.add(sourceId);
    this.balance = after;
    const ids = postings.map(({ sourceId }) => `id of ${sourceId}`);
    return { balanceMinor: after as Minor, heldMinor: 0 as Minor, needsRecharge: after < 0, replayed, ids };
  };
  take = (sourceId: string, value: number) => postInLane(this.key, [debit(sourceId, value)], (all) => this.post(all));
  /** Lets everything that is to be written be written. */
  async flow(): Promise<void> {
    for (let i = 0; i < 20; i++) {
      for (const go of this.#next.splice(0)) go();
      await new Promise((done) => setImmediate(done));
    }
  }
}

test("who comes first goes at once, who waits goes together", async () => {
  const account = new Account();
  const taken = ["a", "b", "c", "d"].map((source) => account.take(source, 10));
  await account.flow();
  expect(account.groups).toEqual([["a"], ["b", "c", "d"]]);
  expect(await Promise.all(taken)).toMatchObject(
    // Each is told the balance after its own, and one of a group tells that it is low.
    [
      { balanceMinor: -10, needsRecharge: true },
      { balanceMinor: -20, needsRecharge: false, ids: ["id of b"] },
      { balanceMinor: -30, needsRecharge: false },
      { balanceMinor: -40, needsRecharge: true },
    ],
  );
});

test("another account does not wait", async () => {
  const [one, other] = [new Account(), new Account()];
  void one.take("a", 1);
  void other.take("a", 1);
  await Promise.all([one.flow(), other.flow()]);
  expect([one.groups, other.groups]).toEqual([[["a"]], [["a"]]]);
});

test("the refusal of one is not that of the others", async () => {
  const account = new Account();
  account.floor = -25;
  const taken = Promise.allSettled(["a", "b", "c", "d"].map((source, i) => account.take(source, i === 2 ? 20 : 5)));
  await account.flow();
  expect((await taken).map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled"]);
  expect(account.balance).toBe(-15);
});

test("the same source twice is posted once and replayed once, each to its caller", async () => {
  const account = new Account();
  const taken = ["a", "b", "b", "c", "a"].map((source) => account.take(source, 10));
  await account.flow();
  expect(account.groups).toEqual([["a"], ["b"], ["b", "c", "a"]]);
  expect((await Promise.all(taken)).map(({ replayed, balanceMinor }) => [replayed, balanceMinor])).toEqual([
    [[], -10],
    [[], -20],
    [[0], -20],
    [[], -30],
    [[0], -30],
  ]);
});

test("a failure of the database is everybody's, and the lane goes on", async () => {
  const account = new Account();
  const post = account.post;
  account.post = () => Promise.reject(new Error("connection lost"));
  const lost = ["a", "b"].map((source) => account.take(source, 1));
  expect((await Promise.allSettled(lost)).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  account.post = post;
  const taken = account.take("a", 1);
  await account.flow();
  expect(await taken).toMatchObject({ balanceMinor: -1 });
});

test("a group is no larger than a batch may be", async () => {
  const account = new Account();
  const batch = (n: number) => Array.from({ length: n }, () => debit(newId(), 1));
  const taken = [1, 600, 400, 1].map((n) => postInLane(account.key, batch(n), account.post));
  await account.flow();
  await Promise.all(taken);
  expect(account.groups.map((group) => group.length)).toEqual([1, 1_000, 1]);
});
