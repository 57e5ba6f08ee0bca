import type { Result } from "./run";
import type { Story } from "./story/types";

const LAST_LINES = 400;

/** Prints the simplest story of a failure, what happened in it, and what was wrong in the end. */
export function tellFailure({ story, result }: { story: Story; result: Result }): void {
  const { items, tenants, ...rest } = story;
  console.log(`\nTHE STORY (seed ${story.seed}): ${JSON.stringify(rest)}`);
  for (const [index, tenant] of tenants.entries()) console.log(`  tenant ${index}: ${JSON.stringify(tenant)}`);
  for (const item of items) console.log(`  ${JSON.stringify(item)}`);
  console.log("\nWHAT HAPPENED");
  for (const line of result.trace.slice(-LAST_LINES)) console.log(`  ${line}`);
  console.log("\nWHAT IS WRONG");
  for (const violation of result.violations) console.log(`  ${violation}`);
  console.log(`\nThe whole run again: npm run simulate -- --seed ${story.seed}\n`);
}
