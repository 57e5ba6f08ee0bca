import { expect, test } from "vitest";
import { Heap } from "./heap";

test("whatever goes in, in whatever order, comes out sorted", () => {
  let seed = 7;
  const random = () => (seed = (seed * 48_271) % 2_147_483_647);
  for (let size = 0; size < 200; size++) {
    const numbers = Array.from({ length: size }, () => random() % 50);
    const heap = new Heap<number>((a, b) => a < b);
    for (const number of numbers) heap.push(number);
    const out: number[] = [];
    for (let least = heap.pop(); least !== undefined; least = heap.pop()) out.push(least);
    expect(out).toEqual(numbers.toSorted((a, b) => a - b));
  }
});
