/** The configuration of a simulated product, set before any module reads one. */
Object.assign(process.env, {
  NODE_ENV: "test",
  NEXTAUTH_SECRET: "a-secret-for-simulations-0123456789abcdef",
  STRIPE_SECRET_KEY: "sk_test_standin_simulator",
  STRIPE_PUBLISHABLE_KEY: "pk_test_standin_simulator",
  STRIPE_WEBHOOK_SECRET: "whsec_simulator",
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
});
for (const name of [
  "STRIPE_API_BASE",
  "STRIPE_JS_URL",
  "EVENKEEL_CLOCK_FILE",
  "SANDBOX_MAIL_URL",
  "SANDBOX_STRIPE_URL",
])
  delete process.env[name];
