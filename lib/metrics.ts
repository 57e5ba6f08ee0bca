import { constants, PerformanceObserver } from "node:perf_hooks";
import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { readBacklog } from "./health/backlog";

const PREFIX = "evenkeel_";

/** What is left after garbage was collected everywhere: what grows here is kept by somebody. */
function watchLiveHeap(registry: Registry): void {
  const live = new Gauge({
    name: `${PREFIX}nodejs_heap_live_bytes`,
    help: "Heap in use after the last full collection of garbage; 0 before the first",
    registers: [registry],
  });
  new PerformanceObserver((list) => {
    const kinds = list.getEntries().map((each) => (each as { detail?: { kind?: number } }).detail?.kind);
    if (kinds.includes(constants.NODE_PERFORMANCE_GC_MAJOR)) live.set(process.memoryUsage().heapUsed);
  }).observe({ entryTypes: ["gc"] });
}

function open() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: PREFIX });
  watchLiveHeap(registry);
  const gauge = (name: string, help: string, label: string) =>
    new Gauge({ name: PREFIX + name, help, labelNames: [label], registers: [registry] });
  return {
    registry,
    httpDuration: new Histogram({
      name: `${PREFIX}http_request_duration_seconds`,
      help: "Time to answer a call of the HTTP API",
      labelNames: ["method", "path", "status"] as const,
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers: [registry],
    }),
    backlog: gauge("backlog", "What waits to be done, by kind", "kind"),
    jobAge: gauge("job_age_seconds", "Seconds since a recurring job last finished", "job"),
    attempts: gauge("recharge_attempts", "Recharge attempts of the last 24 hours, by state", "state"),
  };
}

type Metrics = ReturnType<typeof open>;

// Next loads modules once per bundle; numbers are counted once per process.
const shared = globalThis as typeof globalThis & { evenkeelMetrics?: Metrics };

function metrics(): Metrics {
  shared.evenkeelMetrics ??= open();
  return shared.evenkeelMetrics;
}

/** How long calls of the API take. */
export const httpDuration = () => metrics().httpDuration;

async function readGauges({ backlog, jobAge, attempts }: Metrics): Promise<void> {
  const now = await readBacklog();
  for (const gauge of [backlog, jobAge, attempts]) gauge.reset();
  backlog.set({ kind: "stripe_events" }, now.unhandledEvents);
  backlog.set({ kind: "notices" }, now.unsentNotices);
  backlog.set({ kind: "low_balances" }, now.dueBalances);
  backlog.set({ kind: "unknown_attempts" }, now.unknownAttempts);
  for (const { job, ageSeconds } of now.jobs) if (ageSeconds !== null) jobAge.set({ job }, ageSeconds);
  for (const { state, count } of now.attemptsLastDay) attempts.set({ state }, count);
}

/** Everything in Prometheus' text format, with the database read now. */
export async function metricsText(): Promise<{ contentType: string; text: string }> {
  const all = metrics();
  await readGauges(all);
  return { contentType: all.registry.contentType, text: await all.registry.metrics() };
}
