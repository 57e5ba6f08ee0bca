import { AsyncLocalStorage } from "node:async_hooks";
import { createHash, type Hash } from "node:crypto";
import { now, setClockForTests } from "@/lib/clock";
import { type Disturbance, Faults, type Point } from "./faults";
import type { Random } from "./random";
import { Running } from "./running";

/** How long one thing may take in real time before the run is given up: something waits that the scheduler does not know of. */
const PATIENCE_MS = 20_000;
/** A pause of a process, as a full collection of garbage or a suspended machine makes it: longer than any lease. */
const STALL_MS = 7 * 60_000;

export type Outcome = { kind: "answered"; value: unknown } | { kind: "refused"; error: unknown } | { kind: "killed" };

/** One process of the product: a request it serves, or a step of a job. Everything it awaits outside itself passes the scheduler. */
export class Task {
  outcome: Outcome | null = null;
  /** It was paused beyond its leases: others may have taken over its work. */
  stalled = false;
  /** Undo what a dead process leaves open: its transactions. */
  readonly onKill = new Set<() => void>();
  constructor(
    readonly id: number,
    readonly name: string,
    readonly startedMs: number,
    readonly then: (outcome: Outcome) => void,
  ) {}
}

type Waiting = {
  task: Task;
  point: Point;
  notBeforeMs: number;
  /** It was refused a lock: it goes on when more transactions than these have ended. */
  endings: number;
  go: (what: Disturbance | "deadlock" | null) => void;
};
/** Something that may begin: a job, a delivery, a request that arrives late. */
export type Pending = { text: string; notBeforeMs: number; begin: () => void };

const context = new AsyncLocalStorage<Task>();
export const currentTask = (): Task | undefined => context.getStore();
/** Runs what belongs to the simulator although a task led to it. */
export const outsideTasks = <T>(work: () => T): T => context.exit(work);

/**
 * Lets one thing happen at a time, in an order that the seed decides. A task runs until it waits at a boundary (a statement, a
 * commit, a request, an answer, a timer); then the next one is chosen. Time moves a little with every step, and further only when
 * everybody waits for it.
 */
export class Scheduler {
  readonly running = new Running();
  readonly faults = new Faults();
  readonly pending: Pending[] = [];
  /** What happened, for the story that is told of a failure. */
  readonly trace: string[] = [];
  /** Hears of every error that a task ended with. */
  onRefused: (task: Task, error: unknown) => void = () => {};
  steps = 0;
  /** Circles of locks that were met. */
  deadlocks = 0;
  #waiting: Waiting[] = [];
  #tasks = new Set<Task>();
  #lastId = 0;
  readonly #hash: Hash = createHash("sha256");

  constructor(
    private readonly random: Random,
    /** No choices: whoever waits longest goes first. For the simplest story of a failure. */
    private readonly calm = false,
  ) {}

  note(line: string): void {
    const text = `${now().toISOString()} ${line}`;
    this.#hash.update(text).update("\n");
    this.trace.push(text);
  }

  /** A digest of everything that happened, in its order. */
  digest(): string {
    return this.#hash.copy().digest("hex");
  }

  get idle(): boolean {
    return this.#tasks.size === 0 && this.pending.length === 0;
  }

  /** Names of the tasks that are alive. */
  get alive(): readonly Task[] {
    return [...this.#tasks];
  }

  advance(ms: number): void {
    setClockForTests(new Date(now().getTime() + ms));
  }

  /** Starts a process. @param then hears how it ended */
  spawn(name: string, work: () => Promise<unknown>, then: (outcome: Outcome) => void = () => {}): Task {
    const task = new Task(++this.#lastId, name, now().getTime(), then);
    this.#tasks.add(task);
    this.note(`#${task.id} ${name}: begins`);
    const over = (outcome: Outcome) => {
      if (task.outcome) return;
      this.note(`#${task.id} ${name}: ${describeOutcome(outcome)}`);
      if (outcome.kind === "refused") this.onRefused(task, outcome.error);
      this.#end(task, outcome);
    };
    context.run(task, () =>
      (async () => work())().then(
        (value) => over({ kind: "answered", value }),
        (error: unknown) => over({ kind: "refused", error }),
      ),
    );
    return task;
  }

  #end(task: Task, outcome: Outcome): void {
    task.outcome = outcome;
    this.#tasks.delete(task);
    this.#waiting = this.#waiting.filter((waiting) => waiting.task !== task);
    task.then(outcome);
  }

  /** The process never goes on: what it had open is undone by its absence. */
  kill(task: Task): void {
    this.note(`#${task.id} ${task.name}: is killed`);
    for (const undo of task.onKill) undo();
    this.#end(task, { kind: "killed" });
  }

  /**
   * Waits for its turn. Outside a task nothing waits: that is the simulator itself, arranging and looking.
   * @param afterMs not before so much time has passed
   * @returns what goes wrong here, or null; never, when the process is killed
   */
  turn(point: Point, afterMs = 0): Promise<Disturbance | null> {
    return this.#wait(point, afterMs, -1) as Promise<Disturbance | null>;
  }

  /** As {@link turn}, for whoever was refused a lock: until a transaction has ended, or everybody waits for everybody. */
  turnAfterEnding(text: string): Promise<Disturbance | "deadlock" | null> {
    return this.#wait({ kind: "resume", text }, 0, this.running.endings);
  }

  #wait(point: Point, afterMs: number, endings: number): Promise<Disturbance | "deadlock" | null> {
    const task = currentTask();
    if (!task) return Promise.resolve(null);
    if (task.outcome) return new Promise(() => {});
    const notBeforeMs = now().getTime() + afterMs;
    // Whose statement ended first when a lock was given up, the machine decides; in which order they stand here, it must not.
    const after = this.#waiting.findIndex((other) => other.task.id > task.id);
    return new Promise((go) =>
      this.#waiting.splice(after < 0 ? this.#waiting.length : after, 0, { task, point, notBeforeMs, endings, go }),
    );
  }

  /** One step. @returns false when nothing can happen any more before `untilMs` */
  async step(untilMs: number): Promise<boolean> {
    await this.#settled();
    const at = now().getTime();
    const mayGo = this.#waiting.filter(({ endings }) => endings < this.running.endings);
    const ready = [...mayGo, ...this.pending].filter(({ notBeforeMs }) => notBeforeMs <= at);
    if (ready.length === 0) return this.#letTimePass(untilMs);
    const next = this.calm ? ready[0] : this.random.pick(ready);
    this.steps++;
    this.advance(this.calm ? 1 : this.random.between(1, 20));
    if (next && "begin" in next) {
      this.pending.splice(this.pending.indexOf(next), 1);
      this.note(`begins: ${next.text}`);
      next.begin();
    } else if (next) this.#release(next);
    await this.#settled();
    return true;
  }

  /** Everybody waits: the clock goes to the first of them, or part of the way. */
  #letTimePass(untilMs: number): boolean {
    const at = now().getTime();
    const mayGo = this.#waiting.filter(({ endings }) => endings < this.running.endings);
    const next = Math.min(...[...mayGo, ...this.pending].map(({ notBeforeMs }) => notBeforeMs));
    if (!Number.isFinite(next) || next > untilMs) return this.#breakDeadlock();
    const whole = next - at;
    this.advance(this.calm || this.random.chance(0.5) ? whole : this.random.between(1, whole));
    return true;
  }

  /** Nobody can go on but by another's end: one of them is refused, as the server would refuse it. */
  #breakDeadlock(): boolean {
    const victim = this.#waiting.find(({ endings }) => endings >= this.running.endings);
    const others = this.#waiting.some(({ endings }) => endings < this.running.endings);
    if (!victim || others) return false;
    this.#waiting.splice(this.#waiting.indexOf(victim), 1);
    this.note(`#${victim.task.id} ${victim.task.name}: DEADLOCK`);
    this.deadlocks++;
    victim.go("deadlock");
    return true;
  }

  #release(next: Waiting): void {
    this.#waiting.splice(this.#waiting.indexOf(next), 1);
    const { task, point } = next;
    const what = this.faults.at(point, now().getTime());
    this.note(`#${task.id} ${task.name}: ${point.kind} ${point.text}${what ? ` [${what}]` : ""}`);
    if (what === "kill" && !this.running.isBlocked(task)) {
      this.kill(task);
      return;
    }
    if (what === "stall") {
      task.stalled = true;
      next.notBeforeMs = now().getTime() + STALL_MS;
      this.#waiting.push(next);
      this.#waiting.sort((a, b) => a.task.id - b.task.id);
      return;
    }
    next.go(what);
  }

  /** Until every task waits at a boundary, waits for another's lock, or is over. */
  async #settled(): Promise<void> {
    const since = performance.now();
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      await this.running.settled();
      const astray = [...this.#tasks].find(
        (task) => !this.#waiting.some((waiting) => waiting.task === task) && !this.running.isBlocked(task),
      );
      if (!astray) return;
      if (performance.now() - since > PATIENCE_MS)
        throw new Error(`#${astray.id} ${astray.name} waits for something outside the simulation`);
    }
  }
}

export function describeOutcome(outcome: Outcome): string {
  if (outcome.kind !== "refused") return outcome.kind;
  const { error } = outcome;
  const code = typeof error === "object" && error !== null && "code" in error ? ` (${String(error.code)})` : "";
  return `refused: ${error instanceof Error ? error.message.split("\n")[0] : String(error)}${code}`;
}
