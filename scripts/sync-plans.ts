import { closePools } from "@/db/client";
import { env } from "@/lib/env";
import { currenciesInUse, syncCatalogue } from "@/lib/plans/sync";

// Makes products and prices at Stripe equal to the catalogue, in every currency that somebody pays in. Safe to repeat.
env();
try {
  const currencies = await currenciesInUse();
  const { kept, ...changed } = await syncCatalogue(currencies);
  const named = Object.entries(changed);
  for (const [what, lookupKeys] of named) for (const lookupKey of lookupKeys) console.log(`${what} ${lookupKey}`);
  const counts = named.map(([what, lookupKeys]) => `${lookupKeys.length} ${what}`);
  console.log(`Prices in ${currencies.join(", ")}: ${counts.join(", ")}, ${kept.length} left as they were.`);
} catch (error) {
  console.error(`The plans could not be brought to Stripe: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
} finally {
  await closePools();
}
