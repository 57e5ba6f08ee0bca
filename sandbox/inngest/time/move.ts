/** After this silence the mover is taken to be gone, and time to run as usual. Real time. */
const LEASE_MS = 5000;
/** Without an id of its own, a move that pauses this long is taken for a new one. Real time. */
const PAUSE_MS = 250;

/** What a request of the clock's coordinator says about the move it belongs to. */
export interface Moving {
  /** The move's name, or `true` when it has none. */
  id: string | true;
  /** Where the move ends (milliseconds since the epoch), if it says so. */
  until: number | null;
  /** How often in this move another part of the sandbox has had something to do. */
  stirred: number;
}

/** Knows whether time is being moved by the clock's coordinator right now. */
export class Move {
  #id: string | null = null;
  #stirred = 0;
  #until: number | null = null;
  #lastAt = Number.NEGATIVE_INFINITY;

  /** @param onNews called when another move begins, or when another part has done something: nothing foreseen holds then */
  constructor(private readonly onNews: () => void) {}

  get active(): boolean {
    return performance.now() - this.#lastAt < LEASE_MS;
  }

  /** Where the present move ends; null when none is under way or it does not say. */
  get until(): number | null {
    return this.active ? this.#until : null;
  }

  /** Notes a request of the coordinator. */
  seen({ id, until, stirred }: Moving): void {
    const unnamed = id === true && (this.#id !== "" || performance.now() - this.#lastAt > PAUSE_MS);
    if (unnamed || (id !== true && id !== this.#id) || stirred !== this.#stirred) this.onNews();
    this.#id = id === true ? "" : id;
    this.#stirred = stirred;
    this.#until = until;
    this.#lastAt = performance.now();
  }

  /** The answer has gone out: the pause before the next request begins. */
  answered(): void {
    this.#lastAt = performance.now();
  }
}
