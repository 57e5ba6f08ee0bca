/** Which parts are stand-ins and which are real, decided by the environment the demo is started in. */
export interface Choice {
  databaseUrl: string | null;
  stripe: { secretKey: string; publishableKey: string; webhookSecret: string; apiBase: string | null } | null;
  inngestUrl: string | null;
  smtpUrl: string | null;
}

/**
 * Reads which parts are replaced by real ones.
 * @throws Error when a live Stripe key is given: a demo never touches real money
 */
export function readChoice(env: Record<string, string | undefined>): Choice {
  const secretKey = env.STRIPE_SECRET_KEY || null;
  for (const name of ["STRIPE_SECRET_KEY", "STRIPE_PUBLISHABLE_KEY"]) {
    if (/_live_/.test(env[name] ?? ""))
      throw new Error(`${name} is a live key. The demo takes test keys only (sk_test_…).`);
  }
  return {
    databaseUrl: env.DATABASE_URL || null,
    stripe:
      secretKey === null
        ? null
        : {
            secretKey,
            publishableKey: needed(env, "STRIPE_PUBLISHABLE_KEY"),
            webhookSecret: needed(env, "STRIPE_WEBHOOK_SECRET"),
            apiBase: env.STRIPE_API_BASE || null,
          },
    inngestUrl: env.INNGEST_BASE_URL || null,
    smtpUrl: env.SMTP_URL || null,
  };
}

function needed(env: Record<string, string | undefined>, name: string): string {
  const value = env[name];
  if (!value) throw new Error(`With STRIPE_SECRET_KEY set, ${name} is needed too.`);
  return value;
}
