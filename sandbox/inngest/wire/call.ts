import { randomUUID } from "node:crypto";
import canonicalize from "canonicalize";
import type { RunState } from "../state/runs";
import type { FunctionDefinition } from "./config";
import { CallTimeout, type HttpAnswer, neverArrived, send } from "./http-post";
import { signBody } from "./signature";
import { asStepError, isRecord, type Op, type StepError } from "./types";

/** Above this the steps stay here and the SDK fetches them (`use_api`), as with the server. */
const LARGEST_BODY = 4 * 1024 * 1024 - 1024;

export interface CallOptions {
  appUrl: string;
  signingKey: string | null;
  checkpointing: boolean;
  /** Real time. */
  callTimeoutMs: number;
}

/** What became of one call to the app. */
export type Answer =
  | { kind: "refused"; error: StepError }
  | { kind: "broken"; error: StepError }
  | { kind: "returned"; value: unknown; version: number | null }
  | { kind: "ops"; ops: Op[]; version: number | null; noRetry: boolean; retryAfter: string | null }
  | { kind: "failed"; error: unknown; noRetry: boolean; retryAfter: string | null };

export interface Call {
  run: RunState;
  fn: FunctionDefinition;
  stepId: string;
  attempt: number;
  /** Names this call alone; a checkpoint with another one is stale. */
  lease: string;
}

/** Asks the app to run one step, or to discover the next ones, and reads the answer. Never throws. */
export async function callApp(call: Call, options: CallOptions): Promise<Answer> {
  const url = new URL(options.appUrl);
  url.searchParams.set("fnId", call.fn.id);
  url.searchParams.set("stepId", call.stepId);
  const body = encode(call, options.checkpointing);
  try {
    return read(await send("POST", url, body, headersFor(call, body, options.signingKey), options.callTimeoutMs));
  } catch (error) {
    if (neverArrived(error)) return { kind: "refused", error: asStepError(error) };
    if (error instanceof CallTimeout)
      return { kind: "failed", error: asStepError(error), noRetry: false, retryAfter: null };
    return { kind: "broken", error: asStepError(error) };
  }
}

function encode(call: Call, checkpointing: boolean): string {
  const { run, fn } = call;
  const stack = run.steps.map((step) => step.id);
  const context = {
    run_id: run.id,
    env: "",
    step_id: "step",
    attempt: call.attempt,
    max_attempts: fn.maxAttempts,
    disable_immediate_execution: run.planning,
    stack: { stack, current: stack.length },
    ...(checkpointing ? { fn_id: fn.uuid, qi_id: call.lease } : {}),
  };
  const envelope = { event: run.events[0], defers: {}, version: run.version };
  const steps = Object.fromEntries(run.steps.map((step) => [step.id, step.value]));
  const whole = canonical({
    ...envelope,
    events: run.events,
    steps,
    use_api: false,
    ctx: { ...context, use_api: false },
  });
  if (Buffer.byteLength(whole) <= LARGEST_BODY) return whole;
  return canonical({ ...envelope, events: [], steps: {}, use_api: true, ctx: { ...context, use_api: true } });
}

/** The app checks the signature over the canonical form of what it parsed, so that is what is sent. */
function canonical(value: unknown): string {
  return canonicalize(value) ?? "null";
}

function headersFor(call: Call, body: string, signingKey: string | null): Record<string, string> {
  return {
    "x-run-id": call.run.id,
    "x-inngest-server-kind": signingKey ? "cloud" : "dev",
    "x-inngest-req-version": String(call.run.version),
    "x-inngest-generation-id": "1",
    "x-inngest-job-id": call.lease,
    "x-request-id": randomUUID(),
    ...(signingKey ? { "x-inngest-signature": signBody(body, signingKey) } : {}),
  };
}

function read(answer: HttpAnswer): Answer {
  const noRetry = answer.header("x-inngest-no-retry") === "true";
  const retryAfter = answer.header("retry-after");
  if (!answer.header("x-inngest-sdk")) {
    const message = `the answer did not come from an Inngest SDK (${answer.status}): ${answer.text.slice(0, 200)}`;
    return { kind: "failed", error: { name: "Error", message }, noRetry: false, retryAfter };
  }
  const body: unknown = answer.text ? JSON.parse(answer.text) : null;
  const stated = answer.header("x-inngest-req-version");
  const version = stated ? Number(stated) : null;
  if (answer.status === 200) return { kind: "returned", value: body, version };
  if (answer.status === 206)
    return { kind: "ops", ops: (Array.isArray(body) ? body : [body]).filter(isOp), version, noRetry, retryAfter };
  return { kind: "failed", error: body, noRetry, retryAfter };
}

export function isOp(value: unknown): value is Op {
  return isRecord(value) && typeof value.id === "string" && typeof value.op === "string";
}
