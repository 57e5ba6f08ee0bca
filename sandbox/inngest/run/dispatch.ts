import { now } from "@/lib/clock";
import type { Engine } from "../engine";
import { holds } from "../expressions";
import { dropTimer } from "../state/queue";
import { findRun, findRunning } from "../state/runs";
import type { Tx } from "../state/writer";
import { dueAtMs } from "../time/durations";
import type { FunctionDefinition } from "../wire/config";
import { type EventPayload, INTERNAL_EVENT, isRecord } from "../wire/types";
import { finishRun } from "./finish";
import { type Candidate, startRuns } from "./start";
import { saveStep } from "./steps";

/** Everything an event sets off: runs, waits that it answers, runs that it cancels. @returns the events that functions are there for */
export async function dispatch(engine: Engine, tx: Tx, events: EventPayload[]): Promise<Set<EventPayload>> {
  const invoked = events.filter((event) => event.name === INTERNAL_EVENT.invoked);
  const others = events.filter((event) => event.name !== INTERNAL_EVENT.invoked);
  const candidates: Candidate[] = [];
  for (const event of invoked) {
    const fn = engine.registry.find(invokedFunction(event));
    if (fn) candidates.push({ fn, event, cron: false });
  }
  for (const event of others) {
    for (const fn of engine.registry.functions) if (isTriggered(fn, event)) candidates.push({ fn, event, cron: false });
  }
  await startRuns(engine, tx, candidates);
  await answerWaits(engine, tx, others);
  for (const event of others) await cancelRuns(engine, tx, event);
  return new Set(candidates.map(({ event }) => event));
}

export function invokedFunction(event: EventPayload): string {
  return isRecord(event.data._inngest) ? String(event.data._inngest.fn_id) : "";
}

function isTriggered(fn: FunctionDefinition, event: EventPayload): boolean {
  return fn.triggers.some((trigger) => {
    if (!trigger.event) return false;
    const named = trigger.event.endsWith("*")
      ? event.name.startsWith(trigger.event.slice(0, -1))
      : event.name === trigger.event;
    return named && holds(trigger.expression, { event });
  });
}

async function answerWaits(engine: Engine, tx: Tx, events: EventPayload[]): Promise<void> {
  const names = [...new Set(events.map((event) => event.name))];
  const waits = await tx.sql<{ runId: string; stepId: string; event: string; condition: string | null }[]>`
    select run_id as "runId", step_id as "stepId", event, condition from waits where kind = 'event' and event = any(${names})`;
  for (const wait of waits) {
    // Read anew for each wait: an earlier one of the same run may just have been answered.
    const run = await findRun(tx.sql, wait.runId);
    if (run?.status !== "running") continue;
    const answer = events.find(
      (event) => event.name === wait.event && holds(wait.condition, { event: run.events[0], async: event }),
    );
    if (!answer) continue;
    await tx.sql`delete from waits where run_id = ${wait.runId} and step_id = ${wait.stepId}`;
    const name = await dropTimer(tx, engine.queue, wait.runId, wait.stepId);
    await saveStep(engine, tx, run, wait.stepId, { data: answer }, name);
  }
}

async function cancelRuns(engine: Engine, tx: Tx, event: EventPayload): Promise<void> {
  const cancellable = engine.registry.functions.filter((fn) => fn.cancel?.some((rule) => rule.event === event.name));
  if (cancellable.length === 0) return;
  const runs = await findRunning(
    tx,
    cancellable.map((fn) => fn.id),
  );
  for (const run of runs) {
    const trigger = run.events[0];
    if (trigger?.id === event.id) continue;
    const cancelled = engine.registry
      .find(run.fnId)
      ?.cancel?.some(
        (rule) =>
          rule.event === event.name &&
          (!rule.timeout || now().getTime() <= dueAtMs(rule.timeout, run.startedAt.getTime())) &&
          holds(rule.if, { event: trigger, async: event }),
      );
    if (!cancelled) continue;
    await finishRun(engine, tx, run, "cancelled", {
      error: { name: "Cancelled", message: `cancelled by ${event.name}` },
    });
  }
}
