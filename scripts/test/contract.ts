import { readReport } from "../../sandbox/stripe/contract/report";
import { summary } from "../../sandbox/stripe/contract/violations";
import type { Count } from "./counts";

/**
 * What the stand-ins that ran as processes said, held to Stripe's types. That nothing at all was checked is a failure too.
 * @param file where they reported to
 */
export function contractCount(file: string): Count {
  const { checked, violations } = readReport(file);
  console.log(`\n▸ Stripe's types: ${checked} answers and events of the stand-in process were held to them`);
  if (violations.length > 0) console.error(summary(violations));
  const failed = violations.length > 0 || checked === 0 ? 1 : 0;
  return { passed: 1 - failed, failed };
}
