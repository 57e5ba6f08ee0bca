import { randomUUID } from "node:crypto";
import { now } from "@/lib/clock";
import type { Engine } from "./engine";
import { startTick } from "./run/events";
import { finishRun } from "./run/finish";
import { recordAnswer } from "./run/outcome";
import { noteBegun, recordTimer } from "./run/timers";
import { settleItem } from "./state/queue";
import { findRun, loadRun } from "./state/runs";
import { isConnectionLoss } from "./state/writer";
import type { QueueItem } from "./time/due-queue";
import type { Move } from "./time/move";
import { callApp } from "./wire/call";
import { asStepError } from "./wire/types";

/** How often the clock is looked at when nothing else wakes us: it may be moved at any moment. Real time. */
const CLOCK_POLL_MS = 250;
/** Real wait after an error of our own (a database that is away) before an item is taken up again. */
const TROUBLE_MS = 1000;
/** As many calls at once as the server's own queue workers. */
const MOST_CALLS = 100;

/** Takes up what is due and calls the app, within the concurrency limits. */
export class Pump {
  #working = new Map<string, QueueItem>();
  #taken = new Map<string, number>();
  #poll: NodeJS.Timeout | undefined;
  #wake: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(
    private readonly engine: Engine,
    private readonly move: Move,
    private readonly onCall: (call: CallRecord) => void,
  ) {}

  start(): void {
    this.#poll = setInterval(() => this.turn(), CLOCK_POLL_MS);
    this.turn();
  }

  /** Stops taking up work. Calls that are open stay owed, as after a crash. */
  stop(): void {
    this.#stopped = true;
    clearInterval(this.#poll);
    clearTimeout(this.#wake);
  }

  /** The app answers again: what was put off because nothing listened is due now. */
  release(): void {
    for (const item of this.engine.queue.due(now().getTime())) if (item.refusals) item.heldUntil = 0;
    this.turn();
  }

  isWorkingOn(itemId: string): boolean {
    return this.#working.has(itemId);
  }

  /** Whether anything is running, or due and only held up. */
  get busy(): boolean {
    return this.#working.size > 0 || this.engine.writer.busy || this.engine.queue.hasDue;
  }

  /** Starts everything that can be started now. While time is being moved, ticks wait for the coordinator's word. */
  turn(byCoordinator = false): void {
    if (this.#stopped) return;
    const nowMs = now().getTime();
    if (byCoordinator || !this.move.active) {
      for (const tick of this.engine.crons.takeDue(nowMs, byCoordinator && this.move.active ? this.move : null)) {
        startTick(this.engine, tick).then(
          () => this.turn(),
          (error) => this.engine.log(`tick of ${tick.fnId} was not started: ${String(error)}`),
        );
      }
    }
    const realNow = performance.now();
    for (const item of this.engine.queue.due(nowMs)) {
      if (this.#working.size >= MOST_CALLS) break;
      if ((item.heldUntil ?? 0) <= realNow && this.#isFree(item)) this.#take(item);
    }
    this.#arm(nowMs, realNow);
  }

  #isFree(item: QueueItem): boolean {
    return item.slots.every((slot) => (this.#taken.get(slot.key) ?? 0) < slot.limit);
  }

  #take(item: QueueItem): void {
    const { queue, crons, log } = this.engine;
    queue.remove(item.id);
    this.#working.set(item.id, item);
    this.#count(item, 1);
    this.#carryOut(item)
      .catch(async (error) => {
        if (this.#stopped) return;
        log(`${item.fnId}: ${String(error)}`);
        const later = () => queue.add({ ...item, heldUntil: performance.now() + TROUBLE_MS });
        if (isConnectionLoss(error)) later();
        else await this.#giveUp(item, error).catch(later);
      })
      .finally(() => {
        this.#working.delete(item.id);
        this.#count(item, -1);
        const isIdle = this.engine.idleRuns.delete(item.runId);
        if (!item.cron && !isIdle) crons.noteActivity();
        this.turn();
      });
  }

  #count(item: QueueItem, by: 1 | -1): void {
    for (const { key } of item.slots) {
      const taken = (this.#taken.get(key) ?? 0) + by;
      if (taken > 0) this.#taken.set(key, taken);
      else this.#taken.delete(key);
    }
  }

  async #carryOut(item: QueueItem): Promise<void> {
    const { engine } = this;
    if (item.kind !== "call") return engine.writer.run((tx) => recordTimer(engine, tx, item));
    const run = await loadRun(engine.sql, item.runId);
    const fn = engine.registry.find(item.fnId);
    if (run?.status !== "running") {
      await engine.writer.run((tx) => settleItem(tx, item));
      return;
    }
    if (!fn) throw new Error("the app no longer registers this function");
    if (fn.timeouts && !run.begunAt) await engine.writer.run((tx) => noteBegun(engine, tx, run, fn));
    const lease = randomUUID();
    engine.leases.set(lease, run.id);
    const startedAt = performance.now();
    const answer = await callApp({ run, fn, stepId: item.stepId, attempt: item.attempt, lease }, engine.options);
    engine.leases.delete(lease);
    this.onCall({
      item,
      answer: answer.kind,
      ops: answer.kind === "ops" ? answer.ops.map((op) => op.op) : [],
      ms: performance.now() - startedAt,
    });
    if (this.#stopped) return;
    await engine.writer.run((tx) => recordAnswer(engine, tx, item, answer, fn.maxAttempts));
  }

  /** Something here, not in the app, went wrong with this run: it fails visibly rather than hanging. */
  async #giveUp(item: QueueItem, error: unknown): Promise<void> {
    const { engine } = this;
    await engine.writer.run(async (tx) => {
      const run = await findRun(tx.sql, item.runId);
      if (run?.status === "running") await finishRun(engine, tx, run, "failed", { error: asStepError(error) });
    });
  }

  #arm(nowMs: number, realNow: number): void {
    clearTimeout(this.#wake);
    const next = [this.engine.queue.nextLaterAt(), this.engine.crons.nextDueAt(null)].flatMap((at) =>
      at === null ? [] : at - nowMs,
    );
    const held = this.engine.queue
      .due(nowMs)
      .flatMap((item) => (item.heldUntil && item.heldUntil > realNow ? item.heldUntil - realNow : []));
    const waitMs = Math.min(...next.filter((ms) => ms > 0), ...held);
    if (waitMs < CLOCK_POLL_MS) this.#wake = setTimeout(() => this.turn(), Math.max(1, Math.ceil(waitMs)));
  }
}

/** One call, as the page and the tests show it. */
export interface CallRecord {
  item: QueueItem;
  answer: string;
  ops: string[];
  /** Real time. */
  ms: number;
}
