import type { StripeWish } from "./options";

type Environment = Record<string, string | undefined>;

/** Stripe itself, in test mode. */
export interface RealStripe {
  secretKey: string;
  publishableKey: string;
  /** Of the endpoint, or of `stripe listen`, that brings events to the app; null: they are fetched and brought by a part of the demo. */
  webhookSecret: string | null;
  /** Another address than api.stripe.com, such as a proxy. */
  apiBase: string | null;
}

/** Which parts are stand-ins and which are real, decided by the environment the demo is started in. */
export interface Choice {
  databaseUrl: string | null;
  stripe: RealStripe | null;
  inngestUrl: string | null;
  smtpUrl: string | null;
}

/**
 * Reads which parts are replaced by real ones.
 * @param stripe `auto`: Stripe itself when its key is set
 * @throws Error when a live Stripe key is given: a demo never touches real money; when a key is missing or not one
 */
export function readChoice(env: Environment, stripe: StripeWish = "auto"): Choice {
  for (const name of ["STRIPE_SECRET_KEY", "STRIPE_PUBLISHABLE_KEY"]) {
    if (/_live_/.test(env[name] ?? ""))
      throw new Error(`${name} is a live key. The demo takes test keys only (sk_test_…).`);
  }
  return {
    databaseUrl: env.DATABASE_URL || null,
    stripe: stripe === "stand-in" || (stripe === "auto" && !env.STRIPE_SECRET_KEY) ? null : realStripe(env),
    inngestUrl: env.INNGEST_BASE_URL || null,
    smtpUrl: env.SMTP_URL || null,
  };
}

function realStripe(env: Environment): RealStripe {
  return {
    secretKey: key(env, "STRIPE_SECRET_KEY", /^(sk|rk)_test_\w+$/, "sk_test_… or rk_test_…"),
    publishableKey: key(env, "STRIPE_PUBLISHABLE_KEY", /^pk_test_\w+$/, "pk_test_…"),
    webhookSecret: env.STRIPE_WEBHOOK_SECRET ? key(env, "STRIPE_WEBHOOK_SECRET", /^whsec_\w+$/, "whsec_…") : null,
    apiBase: env.STRIPE_API_BASE || null,
  };
}

function key(env: Environment, name: string, form: RegExp, example: string): string {
  const value = env[name];
  if (!value) throw new Error(`To use Stripe itself, ${name} is needed (${example}).`);
  if (!form.test(value)) throw new Error(`${name} does not read ${example}.`);
  return value;
}
