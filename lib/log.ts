import { AsyncLocalStorage } from "node:async_hooks";
import pino from "pino";
import { now } from "./clock";
import { env } from "./env";
import { recentLogs } from "./recent-logs";

export type LogContext = { requestId?: string; tenantId?: string; job?: string };

const context = new AsyncLocalStorage<LogContext>();

const REDACT = ["authorization", "cookie", "password", "token", "clientSecret", "client_secret", "secret", "jwt"];

let instance: pino.Logger | undefined;

/** Structured JSON on standard output, with the request's and the tenant's id, without secrets. Made at first use: it needs the environment. */
export function log(): pino.Logger {
  instance ??= pino(
    {
      level: env().LOG_LEVEL,
      base: undefined,
      timestamp: () => `,"time":"${now().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      mixin: () => context.getStore() ?? {},
      redact: { paths: [...REDACT, ...REDACT.map((name) => `*.${name}`)], censor: "[redacted]" },
    },
    pino.multistream([
      { stream: process.stdout, level: "trace" },
      { stream: recentLogs.stream, level: "info" },
    ]),
  );
  return instance;
}

let ofCalls: pino.Logger | undefined;

/**
 * The log for the one line of each call, which holds our own words and numbers only: looking for secrets in it takes three times as
 * long as writing it. Never give it anything that came from outside.
 */
export function callLog(): pino.Logger {
  ofCalls ??= log().child({}, { redact: [] });
  return ofCalls;
}

/** Runs `work` with ids that every line logged inside carries. */
export function withLogContext<T>(values: LogContext, work: () => T): T {
  return context.run({ ...context.getStore(), ...values }, work);
}

/** Adds to the current context, once more is known (the tenant, after the gate). */
export function addLogContext(values: LogContext): void {
  const current = context.getStore();
  if (current) Object.assign(current, values);
}

export const currentLogContext = (): LogContext => context.getStore() ?? {};
