import type { Result } from "./run";
import type { Story } from "./story/types";

/** What only reads, or only waits, is left out of the tale. */
const QUIET =
  /: (database (select|with|delete idempotency|insert job_runs)|answer |begin begin|resume )|^\S+ {3}Stripe: 200/;
const MOST_LINES = 600;

/** Prints the simplest story of a failure, what happened in it, and what was wrong in the end. */
export function tellFailure({ story, result }: { story: Story; result: Result }): void {
  const { items, tenants, ...rest } = story;
  console.log(`\nTHE STORY (seed ${story.seed}): ${JSON.stringify(rest)}`);
  for (const [index, tenant] of tenants.entries()) console.log(`  tenant ${index}: ${JSON.stringify(tenant)}`);
  for (const item of items) console.log(`  ${JSON.stringify(item)}`);
  console.log("\nWHAT HAPPENED");
  for (const line of result.trace.filter((told) => !QUIET.test(told)).slice(0, MOST_LINES)) console.log(`  ${line}`);
  console.log("\nWHAT IS WRONG");
  for (const violation of result.violations) console.log(`  ${violation}`);
  console.log(`\nThe whole run again: npm run simulate -- --seed ${story.seed}\n`);
}
