import { COMMON, configure } from "./configuration";

// What a file that ran before in the same worker has set is gone.
const shared = globalThis as typeof globalThis & { environmentOfWorker?: NodeJS.ProcessEnv };
shared.environmentOfWorker ??= { ...process.env };
for (const name of Object.keys(process.env)) if (!(name in shared.environmentOfWorker)) delete process.env[name];
Object.assign(process.env, shared.environmentOfWorker);

// A server that the user names, for the tests that are made to run against one.
const { INNGEST_BASE_URL: server } = process.env;
if (server && server !== COMMON.INNGEST_BASE_URL) process.env.INNGEST_SERVER_URL = server;

/** A complete configuration for tests, set before any module reads one. What a test needs otherwise it passes itself. */
configure({
  DATABASE_URL: "postgres://nobody@127.0.0.1:1/not-a-database-test",
  // Enough for tests that race, small enough for many files side by side.
  DATABASE_POOL: "20",
  BILLING_PORT: "3010",
  BILLING_URL: "http://localhost:3010",
  NEXTAUTH_SECRET: "a-secret-for-tests-only-0123456789abcdef",
  STRIPE_SECRET_KEY: "sk_test_standin_tests",
  STRIPE_PUBLISHABLE_KEY: "pk_test_standin_tests",
  STRIPE_WEBHOOK_SECRET: "whsec_tests",
  MAIL_FROM: "Evenkeel <billing@evenkeel.test>",
  FEE_FIXED_MINOR: "30",
});
