/** A complete configuration for measuring a part of the app alone: nothing outside is asked. */
export const environment: Record<string, string> = {
  NODE_ENV: "production",
  NEXTAUTH_SECRET: "a-secret-for-measuring-only-0123456789abcdef",
  STRIPE_SECRET_KEY: "sk_test_bench",
  STRIPE_PUBLISHABLE_KEY: "pk_test_bench",
  STRIPE_WEBHOOK_SECRET: "whsec_bench",
  INNGEST_DEV: "1",
  SMTP_URL: "smtp://127.0.0.1:1",
  LOG_LEVEL: "silent",
};
