import { expect, test } from "vitest";
import { callbackPath } from "./callback-path";

test("a path of ours is kept, with its query", () => {
  expect(callbackPath("/auto-recharge?tab=why")).toBe("/auto-recharge?tab=why");
});

test.each([
  "https://evil.test/",
  "//evil.test",
  "/\\evil.test",
  "javascript:alert(1)",
  "/sign-in?callbackUrl=/",
  "",
  undefined,
  ["/a"],
])("%j leads to the dashboard", (wanted) => {
  expect(callbackPath(wanted)).toBe("/");
});
