import type { Addresses } from "./addresses";
import type { Choice } from "./choice";
import type { DataFiles, Secrets } from "./data-dir";

type Environment = Record<string, string | undefined>;

/** The environment of the app and the stand-ins: whatever we were started with, and the settings that join them. */
export function environmentOf(
  addresses: Addresses,
  choice: Choice,
  files: DataFiles,
  secrets: Secrets,
  dev: boolean,
): Environment {
  return {
    ...process.env,
    NODE_ENV: dev ? "development" : "production",
    NEXT_TELEMETRY_DISABLED: "1",
    DATABASE_URL: addresses.database,
    BILLING_URL: addresses.app,
    BILLING_PORT: new URL(addresses.app).port,
    NEXTAUTH_SECRET: secrets.nextAuthSecret,
    SMTP_URL: addresses.smtp,
    SANDBOX_MAIL_URL: addresses.mail ?? undefined,
    ...stripeSettings(addresses, choice, files, secrets),
    ...(choice.inngestUrl ? realInngest(choice.inngestUrl) : { INNGEST_DEV: "1", INNGEST_BASE_URL: addresses.inngest }),
  };
}

function stripeSettings(addresses: Addresses, choice: Choice, files: DataFiles, secrets: Secrets): Environment {
  if (choice.stripe) {
    return {
      STRIPE_SECRET_KEY: choice.stripe.secretKey,
      STRIPE_PUBLISHABLE_KEY: choice.stripe.publishableKey,
      STRIPE_WEBHOOK_SECRET: choice.stripe.webhookSecret ?? secrets.stripeWebhookSecret,
      STRIPE_API_BASE: choice.stripe.apiBase ?? undefined,
      STRIPE_JS_URL: process.env.STRIPE_JS_URL || undefined,
      // Stripe's own clock cannot be moved, so ours must not move either.
      SANDBOX_STRIPE_URL: undefined,
      EVENKEEL_CLOCK_FILE: undefined,
    };
  }
  return {
    STRIPE_SECRET_KEY: secrets.stripeSecretKey,
    STRIPE_PUBLISHABLE_KEY: secrets.stripePublishableKey,
    STRIPE_WEBHOOK_SECRET: secrets.stripeWebhookSecret,
    STRIPE_API_BASE: addresses.stripe,
    STRIPE_JS_URL: `${addresses.stripe}/js/endive/stripe.js`,
    SANDBOX_STRIPE_URL: addresses.stripe,
    EVENKEEL_CLOCK_FILE: files.clock,
  };
}

function realInngest(url: string): Environment {
  const signed = Boolean(process.env.INNGEST_SIGNING_KEY);
  return { INNGEST_BASE_URL: url, INNGEST_DEV: process.env.INNGEST_DEV ?? (signed ? undefined : "1") };
}
