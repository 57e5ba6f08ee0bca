/** After this silence the mover is taken to be gone, and time to run as usual. Real time. */
const LEASE_MS = 5000;
/** Without an id of its own, a move that pauses this long is taken for a new one. Real time. */
const PAUSE_MS = 250;

/** Knows whether time is being moved by the clock's coordinator right now. */
export class Move {
  #id: string | null = null;
  #lastAt = Number.NEGATIVE_INFINITY;

  /** @param onNew called when another move begins */
  constructor(private readonly onNew: () => void) {}

  get active(): boolean {
    return performance.now() - this.#lastAt < LEASE_MS;
  }

  /** Notes a request of the coordinator. @param id names the move, or `true` when it has no name */
  seen(id: string | true): void {
    const unnamed = id === true && (this.#id !== "" || performance.now() - this.#lastAt > PAUSE_MS);
    if (unnamed || (id !== true && id !== this.#id)) this.onNew();
    this.#id = id === true ? "" : id;
    this.#lastAt = performance.now();
  }

  /** The answer has gone out: the pause before the next request begins. */
  answered(): void {
    this.#lastAt = performance.now();
  }
}
