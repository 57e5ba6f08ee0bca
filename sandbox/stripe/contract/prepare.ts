import { ContractCache } from "./cache";

/** Vitest's global set-up: schemas are made once for all workers, before a test's time runs. */
export default async function prepare(): Promise<void> {
  await ContractCache.open();
}
