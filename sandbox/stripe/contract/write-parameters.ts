import { writeFileSync } from "node:fs";
import { PARAMETER_LIST } from "../http/stripe-parameters";
import { ContractCache } from "./cache";
import { listParameters } from "./parameter-names";

// After an update of the `stripe` package: npx tsx sandbox/stripe/contract/write-parameters.ts
const cache = await ContractCache.open();
writeFileSync(
  PARAMETER_LIST,
  listParameters(cache.addresses(), (name) => cache.schema(name)),
);
