import { z } from "zod";
import { METRICS } from "@/lib/plans/types";

const flag = z.enum(["0", "1", "true", "false"]).transform((v) => v === "1" || v === "true");
const optional = <T extends z.ZodType>(schema: T) => z.preprocess((v) => (v === "" ? undefined : v), schema.optional());
const withDefault = <T extends z.ZodType>(schema: T, value: string) =>
  z.preprocess((v) => (v === "" || v === undefined ? value : v), schema);

const int = (min: number, max: number) => z.coerce.number().int().min(min).max(max);

const schema = z
  .object({
    NODE_ENV: withDefault(z.enum(["development", "production", "test"]), "development"),
    DATABASE_URL: z
      .string({ error: "is missing: postgres://user:password@host:5432/name" })
      .regex(/^postgres(ql)?:\/\//, "must begin with postgres://"),
    DATABASE_POOL: withDefault(int(1, 200), "10"),
    BILLING_PORT: withDefault(int(1, 65_535), "3010"),
    BILLING_URL: withDefault(z.url(), "http://localhost:3010"),
    NEXTAUTH_SECRET: z
      .string({ error: "is missing: 32 random characters or more" })
      .min(32, "must have at least 32 characters"),
    STRIPE_SECRET_KEY: z
      .string({ error: "is missing" })
      .regex(/^(sk|rk)_(test|live)_/, "must begin with sk_test_, sk_live_, rk_test_ or rk_live_"),
    STRIPE_PUBLISHABLE_KEY: z
      .string({ error: "is missing" })
      .regex(/^pk_(test|live)_/, "must begin with pk_test_ or pk_live_"),
    STRIPE_WEBHOOK_SECRET: z.string({ error: "is missing" }).regex(/^whsec_/, "must begin with whsec_"),
    STRIPE_API_BASE: optional(z.url()),
    STRIPE_JS_URL: optional(z.url()),
    INNGEST_DEV: optional(z.string()),
    INNGEST_BASE_URL: optional(z.url()),
    INNGEST_EVENT_KEY: optional(z.string()),
    INNGEST_SIGNING_KEY: optional(z.string()),
    GOOGLE_CLIENT_ID: optional(z.string()),
    GOOGLE_CLIENT_SECRET: optional(z.string()),
    GITHUB_CLIENT_ID: optional(z.string()),
    GITHUB_CLIENT_SECRET: optional(z.string()),
    SMTP_URL: z
      .string({ error: "is missing: smtp://user:password@host:587" })
      .regex(/^smtps?:\/\//, "must begin with smtp:// or smtps://"),
    MAIL_FROM: withDefault(z.string(), "Evenkeel <billing@evenkeel.test>"),
    SELLER_NAME: withDefault(z.string(), "Evenkeel"),
    SELLER_ADDRESS: optional(z.string()),
    SELLER_TAX_ID: optional(z.string()),
    SANDBOX_MAIL_URL: optional(z.url()),
    SANDBOX_STRIPE_URL: optional(z.url()),
    EVENKEEL_CLOCK_FILE: optional(z.string()),
    CURRENCY: withDefault(z.string().regex(/^[A-Z]{3}$/, "must be an ISO 4217 code such as USD"), "USD"),
    FEE_POLICY: withDefault(z.enum(["percent", "gross_up", "none"]), "percent"),
    FEE_BPS: withDefault(int(0, 9_999), "290"),
    FEE_FIXED_MINOR: withDefault(int(0, 100_000), "30"),
    FEE_OFF_FOR: withDefault(
      z
        .string()
        .transform((list) =>
          list
            .split(",")
            .map((s) => s.trim())
            .filter(Boolean),
        )
        .pipe(
          z.array(
            z
              .string()
              .regex(
                /^(funding|country|type):[\w-]+$/,
                "each part must read funding:debit, country:DE or type:us_bank_account",
              ),
          ),
        ),
      "",
    ),
    STRIPE_METER_EVENTS: withDefault(
      z
        .string()
        .regex(/^(\w+:[\w.-]+(,\w+:[\w.-]+)*)?$/, "must read messages:NAME,api_calls:NAME")
        .transform((list) =>
          Object.fromEntries([...list.matchAll(/(\w+):([\w.-]+)/g)].map(([, metric, name]) => [metric, name])),
        )
        .pipe(z.partialRecord(z.enum(METRICS), z.string())),
      "",
    ),
    TAX_RATE: withDefault(z.string().regex(/^\d{1,2}(\.\d{1,4})?$/, "must be a percentage such as 8.25"), "0"),
    TRIAL_DAYS: withDefault(int(0, 90), "14"),
    REMIND_TRIAL_DAYS: withDefault(int(0, 30), "3"),
    REMIND_MONTHLY_DAYS: withDefault(int(0, 27), "3"),
    REMIND_YEARLY_DAYS: withDefault(int(0, 90), "7"),
    GRACE_PERIOD_DAYS: withDefault(int(0, 90), "7"),
    DUNNING_STRATEGY: withDefault(z.enum(["fixed", "smart"]), "fixed"),
    DUNNING_ATTEMPTS: withDefault(int(1, 8), "3"),
    DUNNING_INTERVAL_DAYS: withDefault(int(1, 14), "3"),
    STRIPE_WRITES_PER_SECOND: withDefault(int(1, 1_000_000), "25"),
    API_RATE_PER_10S: withDefault(int(1, 1_000_000), "1000"),
    LOG_LEVEL: withDefault(z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]), "info"),
    METRICS_TOKEN: optional(z.string().min(16, "must have at least 16 characters")),
    FORCE_HTTPS: optional(flag),
  })
  .superRefine((env, ctx) => {
    const issue = (path: string, message: string) => ctx.addIssue({ code: "custom", path: [path], message });
    const live = /_live_/.test(env.STRIPE_SECRET_KEY) || /_live_/.test(env.STRIPE_PUBLISHABLE_KEY);
    const standIns = [
      "STRIPE_API_BASE",
      "STRIPE_JS_URL",
      "EVENKEEL_CLOCK_FILE",
      "SANDBOX_MAIL_URL",
      "SANDBOX_STRIPE_URL",
    ] as const;
    if (live)
      for (const name of standIns)
        if (env[name]) issue(name, "is a stand-in's setting and refused together with a live Stripe key");
    if (live && env.INNGEST_DEV && env.INNGEST_DEV !== "0")
      issue("INNGEST_DEV", "must not be set together with a live Stripe key");
    if (/_live_/.test(env.STRIPE_SECRET_KEY) !== /_live_/.test(env.STRIPE_PUBLISHABLE_KEY))
      issue("STRIPE_PUBLISHABLE_KEY", "must be of the same mode (test or live) as STRIPE_SECRET_KEY");
    for (const name of ["GOOGLE", "GITHUB"] as const) {
      const [id, secret] = [`${name}_CLIENT_ID`, `${name}_CLIENT_SECRET`] as const;
      if (env[id] && !env[secret]) issue(secret, `is missing: ${id} is set`);
      if (env[secret] && !env[id]) issue(id, `is missing: ${secret} is set`);
    }
    const jobsLocal = env.INNGEST_DEV !== undefined && env.INNGEST_DEV !== "0";
    if (!jobsLocal && !env.INNGEST_EVENT_KEY)
      issue("INNGEST_EVENT_KEY", "is missing (or set INNGEST_DEV=1 with a development server)");
    if (!jobsLocal && !env.INNGEST_SIGNING_KEY)
      issue("INNGEST_SIGNING_KEY", "is missing (or set INNGEST_DEV=1 with a development server)");
  });

export type Env = z.infer<typeof schema>;

export class EnvError extends Error {}

/**
 * Reads and checks the whole configuration.
 * @throws EnvError whose message lists everything that is wrong, one line each
 */
export function readEnv(source: Record<string, string | undefined>): Env {
  const result = schema.safeParse(source);
  if (result.success) return result.data;
  const lines = result.error.issues.map((i) => `  ${i.path.join(".")} ${i.message}`);
  throw new EnvError(
    `Evenkeel cannot start: ${lines.length === 1 ? "a setting is" : `${lines.length} settings are`} wrong\n${lines.join("\n")}\nSee "Configuration" in the README.`,
  );
}

let cached: Env | undefined;

/** The checked configuration of this process. @throws EnvError */
export function env(): Env {
  cached ??= readEnv(process.env);
  return cached;
}

/** Forgets what was read, so that a test can set another configuration. */
export function resetEnvForTests(): void {
  cached = undefined;
}

/** Whether any stand-in is in use; decides about sandbox-only links, never about behaviour. */
export function isSandbox(): boolean {
  return Boolean(env().EVENKEEL_CLOCK_FILE);
}

/** next-auth learns its own address from the environment only: it is the product's. */
export function tellNextAuthItsAddress(): void {
  process.env.NEXTAUTH_URL = env().BILLING_URL;
}
