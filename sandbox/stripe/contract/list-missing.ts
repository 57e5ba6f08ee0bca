import { ROUTES } from "../routes";
import { ContractCache } from "./cache";
import { compareNames, unserved } from "./coverage";

// What of Stripe's billing the stand-in does not have: npx tsx sandbox/stripe/contract/list-missing.ts
const cache = await ContractCache.open();
const missing = unserved(ROUTES, cache);
console.log(`${missing.length} of Stripe's billing addresses are not served (501 standin_unsupported):`);
for (const { method, path, name } of missing) console.log(`  ${method.padEnd(6)} ${path}  ${name}`);

const routes = compareNames(ROUTES, cache);
console.log("\nParameters that are refused, where the address is served:");
for (const { address, refused } of routes) if (refused.length > 0) console.log(`  ${address}: ${refused.join(", ")}`);

console.log("\nParameters that Stripe does not have:");
for (const { address, madeUp } of routes) if (madeUp.length > 0) console.log(`  ${address}: ${madeUp.join(", ")}`);
