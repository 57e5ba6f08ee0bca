import fc from "fast-check";
import { expect, test } from "vitest";
import { DueQueue, type QueueItem } from "./due-queue";

const item = (id: string, dueAt: number, priority = 0): QueueItem => ({
  id,
  runId: id,
  fnId: "f",
  stepId: "step",
  kind: "call",
  attempt: 0,
  breaks: 0,
  dueAt,
  slots: [],
  cron: false,
  priority,
});

test("what is due comes oldest first, and what has a priority by that many seconds sooner", () => {
  const queue = new DueQueue();
  for (const [id, dueAt, priority] of [
    ["b", 2_000, 0],
    ["a", 1_000, 0],
    ["later", 90_000, 0],
    ["c", 3_000, 0],
  ] as const)
    queue.add(item(id, dueAt, priority));
  expect(queue.due(5_000).map(({ id }) => id)).toEqual(["a", "b", "c"]);
  queue.add(item("urgent", 5_000, 3));
  queue.add(item("d", 5_000));
  expect(queue.due(5_000).map(({ id }) => id)).toEqual(["a", "b", "urgent", "c", "d"]);
  expect(queue.nextLaterAt()).toBe(90_000);
});

test("in whatever order things fall due and are taken, the order is kept", () => {
  const change = fc.record({
    dueAt: fc.integer({ min: 0, max: 100 }),
    priority: fc.constantFrom(0, 0, 0, 0.02, 0.05),
    takes: fc.integer({ min: 0, max: 2 }),
  });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
      const queue = new DueQueue();
      changes.forEach(({ dueAt, priority, takes }, now) => {
        queue.add(item(String(now), dueAt, priority));
        const due = queue.due(now * 3);
        const ranks = due.map((each) => each.dueAt - each.priority * 1000);
        expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
        for (const { id } of due.slice(0, takes)) queue.remove(id);
      });
    }),
  );
});
