import { z } from "zod";
import { now } from "@/lib/clock";
import { type Advanced, advanceClock } from "../../clock/advance";
import type { Participant } from "../../clock/participant";
import { parseDuration } from "../time/duration";
import { ControlError } from "./control-error";

const body = z.union([
  z.strictObject({ advance: z.string() }),
  z.strictObject({ to: z.iso.datetime({ offset: true }) }),
]);

function targetOf(given: unknown): Date {
  const parsed = body.safeParse(given);
  if (!parsed.success)
    throw new ControlError('send {"advance": "3d" | "90m" | "2h" | "30s" | "1w"} or {"to": "2030-01-31T12:00:00Z"}');
  if ("to" in parsed.data) return new Date(parsed.data.to);
  const durationMs = parseDuration(parsed.data.advance);
  if (durationMs === null) throw new ControlError(`not a duration: ${parsed.data.advance}`);
  return new Date(now().getTime() + durationMs);
}

/** Moves the clock of the whole sandbox, one move after the other. */
export class ClockControl {
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly participants: readonly Participant[]) {}

  read(): { now: string } {
    return { now: now().toISOString() };
  }

  /** @throws ControlError for a body it does not understand or a time that is over */
  async move(given: unknown): Promise<Advanced> {
    const run = async () => {
      try {
        return await advanceClock(targetOf(given), this.participants);
      } catch (error) {
        throw error instanceof RangeError ? new ControlError(error.message) : error;
      }
    };
    const result = this.last.then(run, run);
    this.last = result.catch(() => undefined);
    return result;
  }
}
