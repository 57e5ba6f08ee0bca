import { functions } from "@/inngest";
import type { AppEvent } from "@/inngest/events";
import { now } from "@/lib/clock";
import type { Random } from "../random";
import type { Outcome, Scheduler, Task } from "../scheduler";

type Step = {
  run(id: string, work: () => unknown): Promise<unknown>;
  sendEvent(id: string, events: AppEvent | AppEvent[]): Promise<void>;
};
type Trigger = { event: string } | { cron: string };
type Job = {
  id: string;
  retries: number;
  triggers: readonly Trigger[];
  work: (context: { event: unknown; step: Step }) => Promise<unknown>;
};
type Event = { name: string; data: unknown; id?: string; ts?: number };
type Run = { job: Job; event: Event; attempt: number; done: Map<string, unknown> };

/** How the executor behaves in a run; probabilities. */
export type ExecutorMood = {
  /** An event's job is run by two at once. */
  twice: number;
  /** The answer of a step is lost, so that it is run again. */
  again: number;
  /** Most that an event waits before its job begins, milliseconds. */
  delayMs: number;
};

/** The handlers of the real functions, taken out of the SDK's objects. */
const JOBS: readonly Job[] = functions.map((made) => {
  const { opts, fn } = made as unknown as {
    opts: { id: string; retries?: number; triggers: readonly Trigger[] };
    fn: Job["work"];
  };
  return { id: opts.id, retries: opts.retries ?? 4, triggers: opts.triggers, work: fn };
});

/**
 * Runs the product's Inngest functions as an executor does: each step once, its result kept; again after an error, with a wait
 * that grows; again after a death, from the steps that are done. Limits of concurrency are not kept: the product must not need them.
 */
export class Jobs {
  /** Jobs of which nothing is heard in this run. */
  readonly ignored = new Set<string>();
  readonly #seen = new Set<string>();
  mood: ExecutorMood = { twice: 0, again: 0, delayMs: 0 };

  constructor(
    private readonly scheduler: Scheduler,
    private readonly random: Random,
  ) {}

  /** An event arrived. One with an id that was seen is the same one. */
  take(event: Event): void {
    if (event.id !== undefined && this.#seen.has(event.id)) return;
    if (event.id !== undefined) this.#seen.add(event.id);
    const stamped = { ...event, ts: now().getTime() };
    for (const job of JOBS.filter((one) => answersTo(one, event.name) && !this.ignored.has(one.id)))
      this.#later({ job, event: stamped, attempt: 0, done: new Map() }, this.random.between(0, this.mood.delayMs));
  }

  /** Begins a recurring job now. */
  ring(id: string): void {
    const job = JOBS.find((one) => one.id === id);
    if (!job) throw new Error(`no job ${id}`);
    this.#begin({
      job,
      event: { name: "inngest/scheduled.timer", data: {}, ts: now().getTime() },
      attempt: 0,
      done: new Map(),
    });
  }

  #later(run: Run, waitMs: number): void {
    const begin = () => {
      this.#begin(run);
      if (this.random.chance(this.mood.twice)) this.#begin({ ...run, done: new Map(run.done) });
    };
    this.scheduler.pending.push({ text: `job ${run.job.id}`, notBeforeMs: now().getTime() + waitMs, begin });
  }

  #begin(run: Run): Task {
    const { job, event } = run;
    return this.scheduler.spawn(
      `job ${job.id}`,
      () => job.work({ event, step: this.#stepOf(run) }),
      (outcome) => this.#after(run, outcome),
    );
  }

  #after(run: Run, outcome: Outcome): void {
    if (outcome.kind === "answered") return;
    if (outcome.kind === "killed") this.#later(run, 60_000);
    else if (run.attempt < run.job.retries)
      this.#later({ ...run, attempt: run.attempt + 1 }, 10_000 * 2 ** run.attempt);
  }

  #stepOf({ done }: Run): Step {
    const once = async (id: string, work: () => unknown) => {
      if (done.has(id)) return done.get(id);
      let result = await work();
      if (this.random.chance(this.mood.again)) {
        this.scheduler.note(`  the answer of step ${id} is lost`);
        result = await work();
      }
      const kept: unknown = result === undefined ? undefined : JSON.parse(JSON.stringify(result));
      done.set(id, kept);
      return kept;
    };
    return {
      run: once,
      sendEvent: async (id, given) => {
        await once(id, () => {
          for (const event of Array.isArray(given) ? given : [given]) this.take(event);
        });
      },
    };
  }
}

const answersTo = (job: Job, name: string) =>
  job.triggers.some((trigger) => "event" in trigger && trigger.event === name);
