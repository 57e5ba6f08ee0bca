/** The configuration of a product that is fuzzed, set before any module reads one. */
Object.assign(process.env, {
  NODE_ENV: "test",
  BILLING_URL: "http://localhost:3010",
  NEXTAUTH_SECRET: "a-secret-for-the-fuzzer-0123456789abcdef",
  STRIPE_SECRET_KEY: "sk_test_standin_fuzz",
  STRIPE_PUBLISHABLE_KEY: "pk_test_standin_fuzz",
  STRIPE_WEBHOOK_SECRET: "whsec_fuzz",
  INNGEST_DEV: "1",
  SMTP_URL: "smtp://127.0.0.1:1",
  CURRENCY: "USD",
  FEE_POLICY: "percent",
  FEE_BPS: "290",
  FEE_OFF_FOR: "",
  // Whoever asks ten thousand times in a row must be answered ten thousand times.
  API_RATE_PER_10S: "1000000",
  LOG_LEVEL: "silent",
  TZ: "UTC",
});
for (const name of ["STRIPE_JS_URL", "EVENKEEL_CLOCK_FILE", "SANDBOX_MAIL_URL", "SANDBOX_STRIPE_URL"])
  delete process.env[name];
