import { defineConfig } from "@playwright/test";
import { ensureBrowser } from "./scripts/find-browser";

// Workers read this file again: the browser that was found is handed to them.
process.env.CHROMIUM_PATH ??= ensureBrowser();
// Against Stripe's own test mode everything takes longer, and Stripe counts the requests of an account (docs/stripe-test-mode.md).
const isFar = Boolean(process.env.STRIPE_SECRET_KEY);
const asRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  globalSetup: "./e2e/support/start-demo.ts",
  fullyParallel: false,
  workers: isFar ? 1 : 2,
  forbidOnly: true,
  // A browser on a machine of two cores may be late once. What fails twice is broken.
  retries: 1,
  timeout: isFar ? 240_000 : 90_000,
  globalTimeout: (isFar ? 45 : 25) * 60_000,
  expect: { timeout: isFar ? 30_000 : 10_000 },
  use: {
    browserName: "chromium",
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH,
      // Pages are drawn by the processor either way, and sooner without pretending to be a graphics card.
      args: ["--disable-dev-shm-usage", "--disable-gpu", ...(asRoot ? ["--no-sandbox"] : [])],
    },
    locale: "en-US",
    timezoneId: "America/New_York",
    // Only of a second try: recording takes a third of the time.
    trace: "on-first-retry",
    screenshot: "only-on-failure",
  },
  projects: [
    // The longest come first, one after the other on a demo of their own, beside all others.
    { name: "alone", testMatch: "alone/**", workers: 1 },
    { name: "side by side", testIgnore: "alone/**" },
  ],
});
