/** What a part of the sandbox says about its future. */
export interface DueState {
  /** Earliest thing scheduled (ISO instant); in the past means due now. */
  nextDueAt: string | null;
  /** Something is running right now. */
  busy: boolean;
}

/** What a part is told about the move of the clock that asks. */
export interface MoveNote {
  /** Names the move, a new name for each. */
  move: string;
  /** Where the move ends (ISO instant). */
  until: string;
  /** How often in this move another part has had something to do. */
  stirred: number;
}

/** A part of the sandbox that moves with the clock. */
export interface Participant {
  name: string;
  due(note?: MoveNote): Promise<DueState>;
  /** Runs what is due at the present clock, until nothing is left. */
  runDue(note?: MoveNote): Promise<DueState>;
}

const ANSWER_WITHIN_MS = 70_000;

/** A participant in another process. @param url its base address */
export function httpParticipant(name: string, url: string): Participant {
  async function ask(path: string, init: RequestInit): Promise<DueState> {
    const response = await fetch(new URL(path, url), { ...init, signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    if (!response.ok) throw new Error(`${name} answered ${response.status}`);
    return (await response.json()) as DueState;
  }
  const fields = (note?: MoveNote) => ({
    moving: note?.move ?? "true",
    ...(note && { until: note.until, stirred: String(note.stirred) }),
  });
  return {
    name,
    due: (note) => ask(`/_sandbox/due?${new URLSearchParams(fields(note))}`, {}),
    runDue: (note) =>
      ask("/_sandbox/run-due", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(fields(note)),
      }),
  };
}
