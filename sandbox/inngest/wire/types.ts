/** The public protocol between the Inngest SDK and its server, as far as this executor speaks it (SDK 4.24). */

export interface EventPayload {
  id: string;
  name: string;
  data: Record<string, unknown>;
  /** Milliseconds since the epoch, on the product's clock. */
  ts: number;
  user?: unknown;
  v?: unknown;
  meta?: unknown;
}

/** What the SDK is told about a finished step. A slept or timed-out step has `data: null`. */
export type StepValue = { data: unknown } | { error: unknown };

/** One operation reported by the SDK in a 206 answer or in a checkpoint. */
export interface Op {
  id: string;
  op: string;
  name?: string;
  displayName?: string;
  opts?: Record<string, unknown>;
  data?: unknown;
  error?: unknown;
}

export interface StepError {
  name: string;
  message: string;
  stack?: string;
}

export const INTERNAL_EVENT = {
  cron: "inngest/scheduled.timer",
  invoked: "inngest/function.invoked",
  finished: "inngest/function.finished",
  failed: "inngest/function.failed",
  cancelled: "inngest/function.cancelled",
} as const;

/** The step id that asks the SDK to run the function from the top and report what it finds. */
export const DISCOVERY = "step";

/** Ops that ride along with others and do not make a set of steps parallel. */
export const LAZY_OPS: ReadonlySet<string> = new Set(["DeferAdd", "DeferAbort"]);

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The error of anything that was thrown, in the form the SDK reads. */
export function asStepError(thrown: unknown): StepError {
  if (thrown instanceof Error) return { name: thrown.name, message: thrown.message };
  return { name: "Error", message: String(thrown) };
}
