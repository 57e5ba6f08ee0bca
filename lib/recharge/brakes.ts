import { eq } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { rechargeBrakes, rechargeRules } from "@/db/schema";
import { send } from "@/inngest/client";
import type { TenantScope } from "@/lib/auth/scope";
import { now } from "@/lib/clock";
import { AppError } from "@/lib/errors";
import type { TenantId } from "@/lib/ids";
import { checkAllLowAgain, setRechargeCheckAt } from "@/lib/ledger/accounts";
import { log } from "@/lib/log";

export type Brakes = { stopAll: boolean; dryRun: boolean };

export async function getBrakes(): Promise<Brakes> {
  const [row] = await systemDb().select().from(rechargeBrakes).where(eq(rechargeBrakes.id, 1));
  return { stopAll: row?.stopAll ?? false, dryRun: row?.dryRun ?? false };
}

function operatorOnly(scope: Pick<TenantScope, "role">): void {
  if (scope.role !== "operator") throw new AppError("forbidden");
}

/**
 * Stops all automatic and manual charges (`stopAll`), or lets everything be decided and recorded without charging (`dryRun`).
 * What is at Stripe already goes on. Once let go, the next sweep goes on with every low balance. @throws AppError forbidden
 */
export async function setBrakes(
  scope: Pick<TenantScope, "role" | "userId" | "actor">,
  change: Partial<Brakes>,
): Promise<Brakes> {
  operatorOnly(scope);
  await systemDb().transaction(async (tx) => {
    await tx
      .update(rechargeBrakes)
      .set({ ...change, updatedBy: scope.userId, updatedAt: now() })
      .where(eq(rechargeBrakes.id, 1));
    await checkAllLowAgain(tx, now());
  });
  log().warn({ actor: scope.actor, ...change }, "recharge brakes changed");
  return getBrakes();
}

/** Stops or releases one tenant; a release looks at its balance at once. @throws AppError forbidden · not_found */
export async function stopTenant(scope: TenantScope, tenantId: TenantId, stopped: boolean): Promise<void> {
  operatorOnly(scope);
  const rows = await systemDb().transaction(async (tx) => {
    const updated = await tx
      .update(rechargeRules)
      .set({ stoppedAt: stopped ? now() : null })
      .where(eq(rechargeRules.tenantId, tenantId))
      .returning({ enabled: rechargeRules.enabled });
    if (!stopped) await setRechargeCheckAt(tx, tenantId, now());
    return updated;
  });
  if (rows.length === 0) throw new AppError("not_found");
  log().warn({ actor: scope.actor, tenantId, stopped }, "recharge brake of a tenant changed");
  if (!stopped && rows[0]?.enabled) await send([{ name: "balance/low", data: { tenantId, trigger: "sweep" } }]);
}
