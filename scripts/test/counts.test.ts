import { expect, test } from "vitest";
import { cliCount, playwrightCount, vitestCount } from "./counts";

const vitest = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] };
const playwright = { stats: { expected: 4, unexpected: 0, flaky: 0, skipped: 0 }, errors: [] };

test("a clean run has no failures", () => {
  expect(vitestCount(vitest)).toEqual({ passed: 5, failed: 0 });
  expect(playwrightCount(playwright)).toEqual({ passed: 4, failed: 0 });
});

test("skipped tests, files that do not load and errors outside tests are failures", () => {
  expect(
    vitestCount({ ...vitest, numPendingTests: 1, testResults: [{ status: "failed", assertionResults: [] }] }).failed,
  ).toBe(2);
  expect(
    playwrightCount({ stats: { ...playwright.stats, skipped: 1 }, errors: [{ message: "no tests found" }] }).failed,
  ).toBe(2);
});

test("a report of another shape is not taken for success", () => {
  expect(() => vitestCount({})).toThrow();
  expect(() => playwrightCount({ stats: {} })).toThrow();
  expect(() => cliCount({ failed: 0 })).toThrow();
});
