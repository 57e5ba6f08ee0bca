import { type Contract, openContract, type Violation } from "../contract/contract";
import { summary } from "../contract/violations";

const found: Violation[] = [];
let opened: Promise<Contract> | null = null;

/** The check of a test's stand-ins against Stripe's types. What it finds is told by {@link expectNoViolations}. */
export function contractCheck(): Promise<Contract> {
  opened ??= openContract((violation) => found.push(violation));
  return opened;
}

/** @throws Error that lists what the stand-ins said, since the last call, that Stripe would not have said */
export function expectNoViolations(): void {
  const violations = found.splice(0);
  if (violations.length > 0) throw new Error(summary(violations));
}
