import { expect, it } from "vitest";
import { itemFor } from "./menu-keys";

const names = ["English", "简体中文", "Light", "Sign out", "System"];

it("moves by arrows and stops at the ends", () => {
  expect(itemFor("ArrowDown", -1, names)).toBe(0);
  expect(itemFor("ArrowDown", 4, names)).toBe(4);
  expect(itemFor("ArrowUp", -1, names)).toBe(4);
  expect(itemFor("ArrowUp", 0, names)).toBe(0);
  expect(itemFor("Home", 3, names)).toBe(0);
  expect(itemFor("End", 0, names)).toBe(4);
});

it("finds the next item that begins with the letter, round the end", () => {
  expect(itemFor("s", -1, names)).toBe(3);
  expect(itemFor("S", 3, names)).toBe(4);
  expect(itemFor("s", 4, names)).toBe(3);
  expect(itemFor("简", 0, names)).toBe(1);
  expect(itemFor("x", 0, names)).toBeNull();
});

it("leaves other keys to the browser", () => {
  for (const key of ["Enter", " ", "Escape", "Tab", "F8"]) expect(itemFor(key, 0, names)).toBeNull();
  expect(itemFor("ArrowDown", -1, [])).toBeNull();
});
