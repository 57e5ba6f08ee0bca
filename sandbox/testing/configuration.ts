/** What every test and simulation is configured with. */
export const COMMON = {
  NODE_ENV: "test",
  INNGEST_DEV: "1",
  INNGEST_BASE_URL: "http://127.0.0.1:1",
  SMTP_URL: "smtp://127.0.0.1:1",
  CURRENCY: "USD",
  FEE_POLICY: "percent",
  FEE_BPS: "290",
  FEE_OFF_FOR: "",
  // Nobody waits: tests are not about the pace unless they say so.
  STRIPE_WRITES_PER_SECOND: "1000000",
  LOG_LEVEL: "silent",
  TZ: "UTC",
} as const;

/** Where a demo has its stand-ins: no business of a test that was started beside one. */
const OF_A_DEMO = ["STRIPE_API_BASE", "STRIPE_JS_URL", "EVENKEEL_CLOCK_FILE", "SANDBOX_MAIL_URL", "SANDBOX_STRIPE_URL"];

/** Sets the process's environment. @param own comes beside what all have in common, or instead of it */
export function configure(own: Record<string, string>): void {
  for (const name of OF_A_DEMO) delete process.env[name];
  Object.assign(process.env, COMMON, own);
}
