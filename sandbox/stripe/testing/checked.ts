import { openContract, type Violation } from "../contract/contract";
import { Recorder } from "../contract/recorder";
import { summary } from "../contract/violations";
import { type RunningStripe, type StripeOptions, startStripe } from "../server";

const found: Violation[] = [];
let opened: Promise<Recorder> | null = null;
let recorder: Recorder | null = null;

/**
 * Starts a stand-in whose answers, events and accepted requests are noted. What of it is not Stripe's is told by
 * {@link expectNoViolations}, which has to be called after the test.
 */
export async function startChecked(options: StripeOptions = {}): Promise<RunningStripe> {
  opened ??= openContract((violation) => found.push(violation)).then((contract) => new Recorder(contract));
  recorder = await opened;
  return startStripe({ inspector: recorder, ...options });
}

/**
 * @returns how many answers and events were looked at, since the last call
 * @throws Error that lists what of them Stripe would not have said
 */
export function expectNoViolations(): number {
  const checked = recorder?.check() ?? 0;
  const violations = found.splice(0);
  if (violations.length > 0) throw new Error(summary(violations));
  return checked;
}
