import { Cron } from "croner";
import { v5 } from "uuid";
import { z } from "zod";
import { checkExpression } from "../expressions";
import { durationMs } from "../time/durations";

const NAMESPACE = "7d3a3e53-4d6f-4b0c-9a55-4a5a4f9f6a11";
const DEFAULT_RETRIES = 4;

const expression = z.string().superRefine((text, context) => {
  try {
    checkExpression(text);
  } catch (error) {
    context.addIssue({ code: "custom", message: `is not valid CEL: ${String(error)}` });
  }
});

const duration = z.string().superRefine((text, context) => {
  try {
    durationMs(text);
  } catch (error) {
    context.addIssue({ code: "custom", message: String(error) });
  }
});

const cronExpression = z.string().superRefine((text, context) => {
  const { pattern, timeZone } = readCron(text);
  if (pattern.split(/\s+/).length !== 5) {
    context.addIssue({ code: "custom", message: `'${text}' is not a five-field cron, which is all the server takes` });
    return;
  }
  try {
    new Cron(pattern, { timezone: timeZone, paused: true }).nextRun();
  } catch (error) {
    context.addIssue({ code: "custom", message: `'${text}': ${String(error)}` });
  }
});

const trigger = z
  .strictObject({
    event: z.string().min(1).optional(),
    expression: expression.optional(),
    cron: cronExpression.optional(),
  })
  .refine((given) => (given.event === undefined) !== (given.cron === undefined), "needs either an event or a cron");

const limit = z.strictObject({
  limit: z.number().int().min(1),
  key: expression.optional(),
  scope: z.enum(["fn", "env", "account"]).default("fn"),
});

/** Everything this executor honours. Strict: a field that is not here is refused by its name. */
const functionConfig = z.strictObject({
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
  singleton: z.strictObject({ key: expression.optional(), mode: z.enum(["skip", "cancel"]) }).optional(),
  cancel: z
    .array(z.strictObject({ event: z.string(), if: expression.optional(), timeout: z.string().optional() }))
    .max(5)
    .optional(),
});

const registration = z.object({ appName: z.string(), functions: z.array(z.record(z.string(), z.unknown())) });

export type FunctionConfig = z.infer<typeof functionConfig>;

export interface FunctionDefinition extends FunctionConfig {
  /** The id the SDK needs in a call to checkpoint its steps. */
  uuid: string;
  /** Attempts of one step, retries and the first one. */
  maxAttempts: number;
}

/** Splits `TZ=Area/City 0 3 * * *` into its parts; without a zone it is UTC. */
export function readCron(text: string): { pattern: string; timeZone: string } {
  const match = text.trim().match(/^(?:TZ=(\S+)\s+)?(.*)$/);
  return { pattern: match?.[2]?.trim() ?? "", timeZone: match?.[1] ?? "UTC" };
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
