import { now } from "@/lib/clock";
import type { DueState, MoveNote, Participant } from "./participant";

const NOTHING: DueState = { nextDueAt: null, busy: false };

/** Everybody who moves with the clock, and what they last said, in one move. */
export class Round {
  #states: DueState[];
  /** For each part, how often another one had something to do. */
  readonly #stirred: number[];
  readonly #warnings = new Set<string>();

  /** @param move the move's name @param until where it ends */
  constructor(
    private readonly participants: readonly Participant[],
    private readonly move: string,
    private readonly until: Date,
  ) {
    this.#states = participants.map(() => NOTHING);
    this.#stirred = participants.map(() => 0);
  }

  get states(): readonly DueState[] {
    return this.#states;
  }

  get warning(): string {
    return [...this.#warnings].join("; ");
  }

  warn(text: string): void {
    this.#warnings.add(text);
  }

  /** Who has something to do at the present clock. */
  active(): Participant[] {
    return this.participants.filter((_, at) => this.#isActive(at));
  }

  /** Asks everybody what falls due next. */
  async look(): Promise<void> {
    this.#states = await Promise.all(this.participants.map((_, at) => this.#ask(at, "due")));
  }

  /** Lets those run who have something to do. */
  async run(): Promise<void> {
    const active = this.participants.map((_, at) => at).filter((at) => this.#isActive(at));
    for (const at of this.#stirred.keys())
      if (active.some((other) => other !== at)) this.#stirred[at] = (this.#stirred[at] ?? 0) + 1;
    await Promise.all(active.map((at) => this.#ask(at, "runDue")));
  }

  #isActive(at: number): boolean {
    const { busy, nextDueAt } = this.#states[at] ?? NOTHING;
    return busy || (nextDueAt !== null && Date.parse(nextDueAt) <= now().getTime());
  }

  /** Who cannot be reached has nothing to say and is named. */
  async #ask(at: number, question: "due" | "runDue"): Promise<DueState> {
    const participant = this.participants[at];
    if (!participant) return NOTHING;
    const note: MoveNote = { move: this.move, until: this.until.toISOString(), stirred: this.#stirred[at] ?? 0 };
    try {
      return await participant[question](note);
    } catch (error) {
      this.warn(`${participant.name} could not be reached: ${error instanceof Error ? error.message : String(error)}`);
      return NOTHING;
    }
  }
}
