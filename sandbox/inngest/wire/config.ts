import { v5 } from "uuid";
import { z } from "zod";
import { cronExpression, duration, expression, lasting, when } from "./fields";

const NAMESPACE = "7d3a3e53-4d6f-4b0c-9a55-4a5a4f9f6a11";
const DEFAULT_RETRIES = 4;

const trigger = z
  .strictObject({
    event: z.string().min(1).optional(),
    expression: expression.optional(),
    cron: cronExpression.optional(),
    jitter: lasting("1s", "5m").optional(),
  })
  .refine((given) => given.jitter === undefined || given.cron !== undefined, "a jitter needs a cron")
  .refine((given) => (given.event === undefined) !== (given.cron === undefined), "needs either an event or a cron");

const limit = z.strictObject({
  limit: z.number().int().min(1),
  key: expression.optional(),
  scope: z.enum(["fn", "env", "account"]).default("fn"),
});

/** Everything this executor honours. Strict: a field that is not here is refused by its name. */
const functionFields = z.strictObject({
  id: z.string().min(1),
  name: z.string().optional(),
  triggers: z.array(trigger).max(10),
  steps: z.strictObject({
    step: z.strictObject({
      id: z.string(),
      name: z.string(),
      runtime: z.strictObject({ type: z.literal("http"), url: z.url() }),
      retries: z.strictObject({ attempts: z.number().int().min(0).max(20).optional() }).optional(),
    }),
  }),
  idempotency: expression.optional(),
  concurrency: z
    .preprocess(
      (given) => (Array.isArray(given) ? given : [typeof given === "number" ? { limit: given } : given]),
      z.array(limit).min(1).max(2),
    )
    .optional(),
  throttle: z
    .strictObject({
      limit: z.number().int().min(1),
      period: duration,
      burst: z.number().int().min(1).optional(),
      key: expression.optional(),
    })
    .optional(),
  rateLimit: z
    .strictObject({ limit: z.number().int().min(1), period: lasting("1s", "24h"), key: expression.optional() })
    .optional(),
  debounce: z
    .strictObject({ period: lasting("1s", "7d"), timeout: duration.optional(), key: expression.optional() })
    .optional(),
  batchEvents: z
    .strictObject({
      maxSize: z.number().int().min(2),
      timeout: lasting("1s", "60s"),
      key: expression.optional(),
      if: expression.optional(),
    })
    .optional(),
  priority: z.strictObject({ run: expression.optional() }).optional(),
  timeouts: z.strictObject({ start: duration.optional(), finish: duration.optional() }).optional(),
  singleton: z.strictObject({ key: expression.optional(), mode: z.enum(["skip", "cancel"]) }).optional(),
  cancel: z
    .array(z.strictObject({ event: z.string(), if: expression.optional(), timeout: when.optional() }))
    .max(5)
    .optional(),
});

/** What the server does not let a function with `batchEvents` have. */
const NOT_WITH_BATCHES = ["cancel", "debounce", "singleton", "priority", "idempotency", "rateLimit"] as const;

const functionConfig = functionFields.superRefine((fn, context) => {
  for (const field of fn.batchEvents ? NOT_WITH_BATCHES : [])
    if (fn[field] !== undefined)
      context.addIssue({ code: "custom", path: [field], message: "cannot be combined with batchEvents" });
});

const registration = z.object({ appName: z.string(), functions: z.array(z.record(z.string(), z.unknown())) });

export type FunctionConfig = z.infer<typeof functionConfig>;

export interface FunctionDefinition extends FunctionConfig {
  /** The id the SDK needs in a call to checkpoint its steps. */
  uuid: string;
  /** Attempts of one step, retries and the first one. */
  maxAttempts: number;
}

/**
 * Reads the body of `POST /fn/register`.
 * @returns the functions, or one sentence that names every function and field that cannot be honoured
 */
export function readRegistration(body: unknown): { functions: FunctionDefinition[] } | { error: string } {
  const read = registration.safeParse(body);
  if (!read.success) return { error: `embedded executor: not a registration: ${describe(read.error)}` };
  const functions: FunctionDefinition[] = [];
  const refusals: string[] = [];
  for (const given of read.data.functions) {
    const config = functionConfig.safeParse(given);
    if (config.success) functions.push(define(config.data));
    else refusals.push(`${String(given.id)}: ${describe(config.error)}`);
  }
  return refusals.length ? { error: `embedded executor cannot honour ${refusals.join("; ")}` } : { functions };
}

function define(config: FunctionConfig): FunctionDefinition {
  const retries = config.steps.step.retries?.attempts ?? DEFAULT_RETRIES;
  return { ...config, uuid: v5(config.id, NAMESPACE), maxAttempts: retries + 1 };
}

function describe(error: z.ZodError): string {
  return error.issues
    .map((issue) => {
      const path = issue.path.join(".");
      if (issue.code === "unrecognized_keys")
        return issue.keys.map((key) => [path, key].filter(Boolean).join(".")).join(", ");
      return path ? `${path} (${issue.message})` : issue.message;
    })
    .join(", ");
}
