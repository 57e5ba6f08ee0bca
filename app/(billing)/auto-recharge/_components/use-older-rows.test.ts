import { expect, test } from "vitest";
import { mergeRows } from "./use-older-rows";

const row = (id: string, state = "") => ({ id, state });

test("pages become one list, newest first, each row once and as last read", () => {
  const kept = [row("05", "charging"), row("04"), row("03"), row("02")];
  const newer = [row("07"), row("06"), row("05", "succeeded")];
  expect(mergeRows(newer, kept, ({ id }) => id)).toEqual([
    row("07"),
    row("06"),
    row("05", "succeeded"),
    row("04"),
    row("03"),
    row("02"),
  ]);
});
