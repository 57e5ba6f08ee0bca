import { now } from "@/lib/clock";
import { AppError } from "@/lib/errors";
import type { Scheduler } from "./scheduler";

/** What the product said in the end: yes with a value, or no with its code. */
export type Answered = { said: "yes"; value: unknown } | { said: "no"; code: string };

type Call = { name: string; work: () => Promise<unknown>; hear: (answered: Answered) => void; tries: number };

/** Codes after which a caller cannot know whether it happened. */
const UNCLEAR = new Set(["internal", "stripe_unavailable"]);

/** Whether an error says for certain that nothing happened. */
export const isClear = (error: unknown): error is AppError => error instanceof AppError && !UNCLEAR.has(error.code);

/**
 * Callers of the product's API: who gets no clear answer asks again with the same id, as every client of money must.
 */
export class Calls {
  #unanswered: Call[] = [];

  constructor(private readonly scheduler: Scheduler) {}

  /** @param hear is told the clear answer, once */
  ask(name: string, work: () => Promise<unknown>, hear: (answered: Answered) => void = () => {}): void {
    this.#try({ name, work, hear, tries: 0 });
  }

  #try(call: Call): void {
    call.tries++;
    this.scheduler.spawn(call.name, call.work, (outcome) => {
      if (outcome.kind === "answered") call.hear({ said: "yes", value: outcome.value });
      else if (outcome.kind === "refused" && isClear(outcome.error))
        call.hear({ said: "no", code: outcome.error.code });
      else this.#unanswered.push(call);
    });
  }

  /** Whoever got no clear answer asks again. @returns how many */
  askAgain(): number {
    const again = this.#unanswered.splice(0);
    for (const call of again) this.#try(call);
    return again.length;
  }

  /** What is still without an answer. */
  get unanswered(): readonly string[] {
    return this.#unanswered.map(({ name, tries }) => `${name} (asked ${tries} times)`);
  }
}

/** A stretch of simulated time in which something may have taken effect; unix milliseconds. */
export class Span {
  readonly fromMs = now().getTime();
  /** When it had certainly taken effect; infinite while nobody knows. */
  certainMs = Number.POSITIVE_INFINITY;
  close(): void {
    this.certainMs = now().getTime();
  }
}
