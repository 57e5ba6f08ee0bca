import { openContract, type Violation } from "../contract/contract";
import { Recorder } from "../contract/recorder";
import { summary } from "../contract/violations";

const found: Violation[] = [];
let opened: Promise<Recorder> | null = null;
let recorder: Recorder | null = null;

/** Notes what a test's stand-ins say. What of it Stripe would not say is told by {@link expectNoViolations}. */
export async function contractCheck(): Promise<Recorder> {
  opened ??= openContract((violation) => found.push(violation)).then((contract) => new Recorder(contract));
  recorder = await opened;
  return recorder;
}

/** @throws Error that lists what the stand-ins said, since the last call, that Stripe would not have said */
export function expectNoViolations(): void {
  recorder?.check();
  const violations = found.splice(0);
  if (violations.length > 0) throw new Error(summary(violations));
}
