import { z } from "zod";

export interface Count {
  passed: number;
  failed: number;
}

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

/** Counts vitest's JSON report. A file that could not even be loaded counts as one failure, and so does a skipped test. */
export function vitestCount(report: unknown): Count {
  const found = vitestReport.parse(report);
  const notLoaded = found.testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  ).length;
  return {
    passed: found.numPassedTests,
    failed: found.numFailedTests + found.numPendingTests + found.numTodoTests + notLoaded,
  };
}

/** Counts the simulator's runs; see sandbox/simulator. */
export const simulatedCount = (report: unknown): Count => cliReport.parse(report);

const cliReport = z.object({ passed: z.number(), failed: z.number() });

/** Counts what the CLI's triggers ended with. Where the CLI could not be had, nothing passed and nothing failed. */
export function cliCount(report: unknown): Count {
  return cliReport.parse(report);
}

const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(z.unknown()),
});

/** Counts Playwright's JSON report. Skipped counts as failed; errors outside a test count as one each. */
export function playwrightCount(report: unknown): Count {
  const { stats, errors } = playwrightReport.parse(report);
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + stats.skipped + errors.length };
}
