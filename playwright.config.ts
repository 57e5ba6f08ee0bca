import { defineConfig } from "@playwright/test";
import { ensureBrowser } from "./scripts/find-browser";

// Workers read this file again: the browser that was found is handed to them.
process.env.CHROMIUM_PATH ??= ensureBrowser();
const asRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  globalSetup: "./e2e/support/start-demo.ts",
  fullyParallel: false,
  workers: 2,
  forbidOnly: true,
  // A browser on a machine of two cores may be late once. What fails twice is broken.
  retries: 1,
  timeout: 90_000,
  globalTimeout: 18 * 60_000,
  expect: { timeout: 10_000 },
  use: {
    browserName: "chromium",
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH,
      args: ["--disable-dev-shm-usage", ...(asRoot ? ["--no-sandbox"] : [])],
    },
    locale: "en-US",
    timezoneId: "America/New_York",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
  },
  projects: [
    { name: "side by side", testIgnore: "alone/**" },
    // These move the clock, pull brakes for everybody or kill processes: each needs the demo to itself.
    { name: "alone", testMatch: "alone/**", workers: 1, dependencies: ["side by side"] },
  ],
});
