/** A complete configuration for tests, set before any module reads one. What a test needs otherwise it passes itself. */
const values: Record<string, string> = {
  NODE_ENV: "test",
  DATABASE_URL: "postgres://nobody@127.0.0.1:1/not-a-database-test",
  // Enough for tests that race, small enough for many files side by side.
  DATABASE_POOL: "20",
  BILLING_PORT: "3010",
  BILLING_URL: "http://localhost:3010",
  NEXTAUTH_SECRET: "a-secret-for-tests-only-0123456789abcdef",
  STRIPE_SECRET_KEY: "sk_test_standin_tests",
  STRIPE_PUBLISHABLE_KEY: "pk_test_standin_tests",
  STRIPE_WEBHOOK_SECRET: "whsec_tests",
  INNGEST_DEV: "1",
  INNGEST_BASE_URL: "http://127.0.0.1:1",
  SMTP_URL: "smtp://127.0.0.1:1",
  MAIL_FROM: "Evenkeel <billing@evenkeel.test>",
  CURRENCY: "USD",
  FEE_POLICY: "percent",
  FEE_BPS: "290",
  FEE_FIXED_MINOR: "30",
  FEE_OFF_FOR: "",
  // Nobody waits: tests are not about the pace unless they say so.
  STRIPE_WRITES_PER_SECOND: "1000000",
  LOG_LEVEL: "silent",
  TZ: "UTC",
};

// What a file that ran before in the same worker has set is gone.
const shared = globalThis as typeof globalThis & { environmentOfWorker?: NodeJS.ProcessEnv };
shared.environmentOfWorker ??= { ...process.env };
for (const name of Object.keys(process.env)) if (!(name in shared.environmentOfWorker)) delete process.env[name];
Object.assign(process.env, shared.environmentOfWorker);

// A server that the user names, for the tests that are made to run against one.
const { INNGEST_BASE_URL: server } = process.env;
if (server && server !== values.INNGEST_BASE_URL) process.env.INNGEST_SERVER_URL = server;

for (const name of [
  "STRIPE_API_BASE",
  "STRIPE_JS_URL",
  "EVENKEEL_CLOCK_FILE",
  "SANDBOX_MAIL_URL",
  "SANDBOX_STRIPE_URL",
]) {
  delete process.env[name];
}
Object.assign(process.env, values);
