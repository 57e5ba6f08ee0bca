import type { StepValue } from "../wire/types";

/** The server's own limits, so that what is too large there is too large here. */
export const LARGEST_OUTPUT_BYTES = 4 * 1024 * 1024;
export const LARGEST_STATE_BYTES = 32 * 1024 * 1024;
export const MOST_STEPS = 1000;
export const LARGEST_EVENT_BYTES = 512 * 1024;
export const MOST_EVENTS = 5000;

/** A run has outgrown what the server would keep; it fails, and is not retried. */
export class LimitExceeded extends Error {
  override name = "LimitExceeded";
}

/**
 * Size of a step's or a run's output as JSON, in bytes.
 * @throws LimitExceeded above 4 MiB
 */
export function outputBytes(value: StepValue): number {
  const bytes = Buffer.byteLength(JSON.stringify(value));
  if (bytes > LARGEST_OUTPUT_BYTES) throw new LimitExceeded("an output is larger than 4 MiB: return ids, not rows");
  return bytes;
}
