"use server";

import { z } from "zod";
import { answer } from "@/app/answer";
import { typedMinor } from "@/components/money/typed-amount";
import { requireOperator } from "@/lib/auth/gate";
import { adjust } from "@/lib/balance/commands";
import { AppError, invalid } from "@/lib/errors";
import type { TenantId } from "@/lib/ids";
import { setBrakes, stopTenant } from "@/lib/recharge/brakes";
import { findTenant } from "@/lib/tenants/queries";
import { operatorScope } from "./operator-scope";

const tenantId = z.uuid().transform((id) => id as TenantId);
const adjustment = z.strictObject({
  tenantId,
  typed: z.string().max(40),
  reason: z.string().trim().min(1).max(200),
  requestKey: z.uuid(),
});

/** Stops charging for every tenant, or lets it decide and record only. */
export async function setBrakeAction(brake: string, on: boolean) {
  return answer(async () => {
    const operator = await requireOperator();
    const name = z.enum(["stopAll", "dryRun"]).parse(brake);
    await setBrakes({ ...operator, userId: operator.user.userId }, { [name]: z.boolean().parse(on) });
    return null;
  });
}

export async function stopTenantAction(id: string, stopped: boolean) {
  return answer(async () => {
    const operator = await requireOperator();
    const tenant = tenantId.parse(id);
    await stopTenant(operatorScope(operator, tenant), tenant, z.boolean().parse(stopped));
    return null;
  });
}

/** Posts a correction on a tenant's balance. */
export async function adjustAction(input: unknown) {
  return answer(async () => {
    const operator = await requireOperator();
    const { tenantId: id, typed, reason, requestKey } = adjustment.parse(input);
    const tenant = await findTenant(id);
    if (!tenant) throw new AppError("not_found");
    const amountMinor = typedMinor(typed, tenant.currency, { signed: true });
    if (!amountMinor) throw invalid("amount", "must be an amount other than zero");
    await adjust(operatorScope(operator, id), {
      tenantId: id,
      amountMinor,
      reason,
      sourceId: `operator:${requestKey}`,
    });
    return null;
  });
}
