import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { readBacklog } from "./health/backlog";

type Metrics = { registry: Registry; httpDuration: Histogram<"method" | "path" | "status"> };

// Next loads modules once per bundle; numbers are counted once per process.
const shared = globalThis as typeof globalThis & { evenkeelMetrics?: Metrics };

function open(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: "evenkeel_" });
  const httpDuration = new Histogram({
    name: "evenkeel_http_request_duration_seconds",
    help: "Time to answer a call of the HTTP API",
    labelNames: ["method", "path", "status"] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [registry],
  });
  const backlog = new Gauge({ name: "evenkeel_backlog", help: "What waits to be done, by kind", labelNames: ["kind"] as const, registers: [registry] });
  const age = new Gauge({ name: "evenkeel_job_age_seconds", help: "Seconds since a recurring job last finished", labelNames: ["job"] as const, registers: [registry] });
  const attempts = new Gauge({
    name: "evenkeel_recharge_attempts",
    help: "Recharge attempts of the last 24 hours, by state",
    labelNames: ["state"] as const,
    registers: [registry],
    // The other gauges are filled here as well: one reading of the database per scrape.
    collect: async () => {
      const now = await readBacklog();
      for (const gauge of [backlog, age, attempts]) gauge.reset();
      backlog.set({ kind: "stripe_events" }, now.unhandledEvents);
      backlog.set({ kind: "notices" }, now.unsentNotices);
      backlog.set({ kind: "low_balances" }, now.dueBalances);
      backlog.set({ kind: "unknown_attempts" }, now.unknownAttempts);
      for (const job of now.jobs) if (job.ageSeconds !== null) age.set({ job: job.job }, job.ageSeconds);
      for (const { state, count } of now.attemptsLastDay) attempts.set({ state }, count);
    },
  });
  return { registry, httpDuration };
}

function metrics(): Metrics {
  shared.evenkeelMetrics ??= open();
  return shared.evenkeelMetrics;
}

/** How long calls of the API take. */
export const httpDuration = () => metrics().httpDuration;

/** Everything in Prometheus' text format, with the database read now. */
export async function metricsText(): Promise<{ contentType: string; text: string }> {
  const { registry } = metrics();
  return { contentType: registry.contentType, text: await registry.metrics() };
}
