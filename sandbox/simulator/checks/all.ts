import { paymentsOf } from "./at-stripe";
import { checkBalances } from "./balance-model";
import { checkBooks } from "./books";
import { checkEndings } from "./endings";
import type { Evidence } from "./evidence";
import { checkLedger } from "./ledger";
import { checkNotices } from "./notices";
import { checkPauses } from "./pauses";
import { checkRules } from "./rules";

/** Looks at a run from outside, after the dust has settled. @returns how many payments were made */
export async function checkAll(world: Evidence): Promise<number> {
  await checkEndings(world);
  await checkLedger(world);
  await checkBooks(world);
  await checkBalances(world);
  await checkRules(world);
  await checkPauses(world);
  await checkNotices(world);
  return world.tenants.reduce((sum, tenant) => sum + paymentsOf(world, tenant).length, 0);
}
