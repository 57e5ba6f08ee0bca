/** What a part of the sandbox says about its future. */
export interface DueState {
  /** Earliest thing scheduled (ISO instant); in the past means due now. */
  nextDueAt: string | null;
  /** Something is running right now. */
  busy: boolean;
}

/** A part of the sandbox that moves with the clock. */
export interface Participant {
  name: string;
  /** @param move names the move of the clock that asks, a new name for each */
  due(move?: string): Promise<DueState>;
  /** Runs what is due at the present clock, until nothing is left. */
  runDue(move?: string): Promise<DueState>;
}

const ANSWER_WITHIN_MS = 70_000;

/** A participant in another process. @param url its base address */
export function httpParticipant(name: string, url: string): Participant {
  async function ask(path: string, init: RequestInit): Promise<DueState> {
    const response = await fetch(new URL(path, url), { ...init, signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    if (!response.ok) throw new Error(`${name} answered ${response.status}`);
    return (await response.json()) as DueState;
  }
  return {
    name,
    due: (move) => ask(`/_sandbox/due?moving=${move ?? true}`, {}),
    runDue: (move) =>
      ask("/_sandbox/run-due", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ moving: move ?? true }),
      }),
  };
}
