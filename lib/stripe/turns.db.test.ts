import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { systemSql } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { advanceClockForTests, now, setClockForTests } from "@/lib/clock";
import { pushBack, takeTurns, turnAt, waitForTurn } from "./turns";

const PER_SECOND = 25;
vi.stubEnv("STRIPE_WRITES_PER_SECOND", String(PER_SECOND));
useTestDatabase();

beforeEach(async () => {
  setClockForTests("2026-11-02T12:00:00Z");
  await systemSql()`truncate stripe_budget`;
});
afterEach(() => setClockForTests(null));

it("two that take side by side never get more than the limit in any second", async () => {
  const times: number[] = [];
  const taker = async (counts: number[]) => {
    for (const count of counts) {
      const turns = await takeTurns("charges", count);
      for (let index = 0; index < count; index++) times.push(turnAt(turns, index));
      advanceClockForTests(20);
    }
  };
  await Promise.all([taker([1, 40, 3, 1, 1, 17, 2]), taker([5, 1, 1, 60, 1, 9, 30]), taker(Array(40).fill(1))]);
  times.sort((a, b) => a - b);
  expect(times).toHaveLength(65 + 107 + 40);
  for (const [index, first] of times.entries()) {
    const over = times[index + PER_SECOND];
    if (over !== undefined) expect(over - first).toBeGreaterThanOrEqual(1_000);
  }
  // Nor are they wasted: all are within what the limit needs for them, and a little.
  expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeLessThan((times.length / PER_SECOND) * 1_000 * 1.1);
});

it("a budget that rested gives a turn at once, and saves up nothing", async () => {
  await takeTurns("charges", 10);
  advanceClockForTests(60_000);
  expect((await takeTurns("charges", 1)).fromMs).toBe(now().getTime());
  expect((await takeTurns("charges", 1)).fromMs).toBeGreaterThan(now().getTime() + 40);
  expect((await takeTurns("sweep", 1)).fromMs).toBe(now().getTime());
});

it("who is waited for by a person takes a turn from the others and does not wait", async () => {
  await takeTurns("charges", 100);
  const startedAt = performance.now();
  await waitForTurn("charges", { isUrgent: true });
  expect(performance.now() - startedAt).toBeLessThan(1_000);
  expect((await takeTurns("charges", 1)).fromMs - now().getTime()).toBeGreaterThan((101 / PER_SECOND) * 1_000);
});

it("waits for its turn", async () => {
  await takeTurns("charges", 5);
  const startedAt = performance.now();
  await waitForTurn("charges", { isUrgent: false });
  expect(performance.now() - startedAt).toBeGreaterThan(180);
});

it("what Stripe calls too much holds everybody back for a second", async () => {
  await pushBack("charges");
  expect((await takeTurns("charges", 1)).fromMs).toBe(now().getTime() + 1_000);
});

it("a clock that was hours ahead does not block charges for hours", async () => {
  setClockForTests("2026-11-02T18:00:00Z");
  await takeTurns("charges", 1);
  setClockForTests("2026-11-02T12:00:00Z");
  expect((await takeTurns("charges", 1)).fromMs).toBe(now().getTime());
});
