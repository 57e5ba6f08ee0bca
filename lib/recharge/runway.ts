import { withTenant } from "@/db/client";
import type { TenantScope } from "@/lib/auth/scope";
import { now } from "@/lib/clock";
import { readSpend } from "@/lib/ledger/spend";
import { subtract } from "@/lib/money/minor";
import { forecast } from "./forecast";
import { readSetup } from "./setup";
import type { Runway } from "./types";

const WEEK_MS = 7 * 86_400_000;

/** How long the balance lasts at this week's pace, how often it will be refilled and for what fees. */
export async function getRunway(scope: TenantScope): Promise<Runway> {
  const at = now();
  return withTenant(scope, async (tx) => {
    const { situation: s, account } = await readSetup(tx, scope.tenantId, "sweep");
    const spend = await readSpend(tx, scope.tenantId, new Date(at.getTime() - WEEK_MS));
    return forecast({
      ...s,
      now: at,
      // What is held is spoken for.
      balanceMinor: subtract(s.balanceMinor, account.heldMinor),
      spentMinor: spend.spentMinor,
      firstSpendAt: spend.firstAt,
      method: s.primary?.subject ?? null,
    });
  });
}
