import { expect, test } from "vitest";
import { generate } from "./generate";

test("a seed has one story", () => {
  expect(generate("7")).toEqual(generate("7"));
  expect(generate("7")).not.toEqual(generate("8"));
});

test("every kind of deed, fault and circumstance happens within a few hundred stories", () => {
  const stories = Array.from({ length: 300 }, (_, seed) => generate(String(seed)));
  const deeds = new Set(stories.flatMap(({ items }) => items.map((item) => item.do)));
  expect(deeds.size).toBe(29);
  const faults = stories.flatMap(({ items }) => items.flatMap((item) => (item.do === "fault" ? [item.arm.what] : [])));
  expect(new Set(faults).size).toBe(13);
});
